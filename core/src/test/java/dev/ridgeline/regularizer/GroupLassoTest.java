package dev.ridgeline.regularizer;

import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupLassoTest {
    private static double formula(float lambda, int rows, int columns, double[] w) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            double square = 0;
            for (int r = 0; r < rows; r++) {
                square += w[r * columns + j] * w[r * columns + j];
            }
            sum += Math.sqrt(square);
        }
        return lambda * Math.sqrt(rows) * sum;
    }

    private static float[] added(
            TensorRegularizer penalty, int rows, int columns, float strength, float[] w, int threads) {
        float[] g = new float[w.length];
        try (Team team = new Team(threads)) {
            penalty.gradient(rows, columns).add(team, strength, w, g);
        }
        return g;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "5, 17", "13, 33", "64, 31"})
    void valueAndGradientFollowTheFormula(int rows, int columns) {
        GroupLasso penalty = new GroupLasso(0.3f);
        float[] w = random(1, rows * columns, 1);
        double[] wide = doubles(w, w.length);
        double value = formula(0.3f, rows, columns, wide);
        assertEquals(value, penalty.value(rows, columns, w), 1e-12 * value);
        double[] expected = gradient(wide, () -> 0.5 * formula(0.3f, rows, columns, wide));
        assertClose(expected, added(penalty, rows, columns, 0.5f, w, 1), 1e-6, "gradient");
    }

    @Test
    void isAddedToTheGradientOfTheLoss() {
        float[] g = {1, 2};
        try (Team team = new Team(1)) {
            new GroupLasso(0.5f).gradient(1, 2).add(team, 1, new float[] {-3, 0.25f}, g);
        }
        assertSameBits(new float[] {0.5f, 2.5f}, g, "g");
    }

    @Test
    void aUnitOfZerosIsLeftAlone() {
        float[] w = {0, 3, -0f, 4};
        float[] g = added(new GroupLasso((float) Math.sqrt(0.5)), 2, 2, 1, w, 1);
        assertClose(new double[] {0, 0.6, 0, 0.8}, g, 1e-6, "g");
        assertEquals(0, g[0]);
        assertEquals(0, g[2]);
        assertEquals(0, new GroupLasso(1).value(2, 1, new float[2]));
    }

    /** The squares of these are no floats. */
    @Test
    void tinyAndHugeUnitsKeepTheirDirection() {
        float lambda = (float) Math.sqrt(0.5);
        float[] w = {3e-30f, 3e30f, 4e-30f, -4e30f};
        assertClose(new double[] {0.6, 0.6, 0.8, -0.8}, added(new GroupLasso(lambda), 2, 2, 1, w, 1), 1e-6, "g");
        float[] subnormal = {Float.MIN_VALUE, 0};
        assertEquals(1, added(new GroupLasso(lambda), 2, 1, 1, subnormal, 1)[0], 1e-6f);
    }

    @Test
    void aNaNIsNotHidden() {
        assertTrue(Float.isNaN(added(new GroupLasso(1), 2, 1, 1, new float[] {Float.NaN, 1}, 1)[1]));
    }

    @Tag("bits")
    @Test
    void threadsDoNotChangeABit() {
        int rows = 307;
        int columns = 219;
        float[] w = random(5, rows * columns, 1);
        float[] one = added(new GroupLasso(0.1f), rows, columns, 1, w, 1);
        for (int threads : new int[] {2, 3}) {
            assertSameBits(one, added(new GroupLasso(0.1f), rows, columns, 1, w, threads), threads + " threads");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, Float.NaN, Float.POSITIVE_INFINITY})
    void aLambdaBelowZeroIsRefused(float bad) {
        assertEquals(
                "GroupLasso: lambda is " + bad + "; it must be a finite number of at least 0",
                assertThrows(IllegalArgumentException.class, () -> new GroupLasso(bad))
                        .getMessage());
    }
}
