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
import dev.ridgeline.regularizer.Orthogonal.Mode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrthogonalTest {
    /** Keras's formula, pair by pair. */
    private static double formula(Orthogonal penalty, int rows, int columns, double[] w) {
        boolean byRows = penalty.mode() == Mode.ROWS;
        int n = byRows ? rows : columns;
        int length = byRows ? columns : rows;
        int vector = byRows ? columns : 1;
        int element = byRows ? 1 : columns;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double product = 0;
                double first = 0;
                double second = 0;
                for (int k = 0; k < length; k++) {
                    double a = w[i * vector + k * element];
                    double b = w[j * vector + k * element];
                    product += a * b;
                    first += a * a;
                    second += b * b;
                }
                sum += Math.abs(product / Math.sqrt(Math.max(first, 1e-14)) / Math.sqrt(Math.max(second, 1e-14)));
            }
        }
        return penalty.factor() * sum / (n * (n - 1) / 2.0);
    }

    private static float[] added(Orthogonal penalty, int rows, int columns, float strength, float[] w, int threads) {
        float[] g = new float[w.length];
        try (Team team = new Team(threads)) {
            TensorRegularizer.Gradient gradient = penalty.gradient(rows, columns);
            gradient.add(team, strength, w, g);
            float[] again = new float[w.length];
            gradient.add(team, strength, w, again);
            assertSameBits(g, again, "the second use of the workspace");
        }
        return g;
    }

    static Stream<Arguments> shapes() {
        return Stream.of(new int[][] {{2, 2}, {2, 9}, {9, 2}, {13, 17}, {33, 7}, {5, 37}})
                .flatMap(shape -> Stream.of(Mode.values()).map(mode -> Arguments.of(shape[0], shape[1], mode)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void valueAndGradientFollowTheFormula(int rows, int columns, Mode mode) {
        Orthogonal penalty = new Orthogonal(0.7f, mode);
        float[] w = random(3, rows * columns, 1);
        double[] wide = doubles(w, w.length);
        double value = formula(penalty, rows, columns, wide);
        assertEquals(value, penalty.value(rows, columns, w), 1e-6 * value);
        double[] expected = gradient(wide, () -> 0.5 * formula(penalty, rows, columns, wide));
        assertClose(expected, added(penalty, rows, columns, 0.5f, w, 1), 1e-5, "gradient");
    }

    @Test
    void rowsAreTheDefault() {
        assertEquals(new Orthogonal(0.1f, Mode.ROWS), new Orthogonal(0.1f));
    }

    @Test
    void orthogonalVectorsAreFreeAndParallelOnesCostTheFactor() {
        float[] turned = {0, -4, 3, 0};
        float[] parallel = {1, 2, -2, -4};
        for (Mode mode : Mode.values()) {
            assertEquals(0, new Orthogonal(0.5f, mode).value(2, 2, turned));
            assertEquals(0.5, new Orthogonal(0.5f, mode).value(2, 2, parallel), 1e-6);
            assertSameBits(new float[4], added(new Orthogonal(0.5f, mode), 2, 2, 1, turned, 1), mode + " gradient");
        }
    }

    /** Below 10⁻⁷ a vector is scaled by a constant, as in Keras; zeros make no angle. */
    @ParameterizedTest
    @EnumSource
    void shortVectorsFollowTheFormulaToo(Mode mode) {
        Orthogonal penalty = new Orthogonal(1e-3f, mode);
        float[] w = random(9, 25, 1);
        for (int k = 0; k < 5; k++) {
            w[mode == Mode.ROWS ? 5 + k : 5 * k + 1] *= 1e-9f;
            w[mode == Mode.ROWS ? 10 + k : 5 * k + 2] = 0;
        }
        double[] wide = doubles(w, w.length);
        assertEquals(formula(penalty, 5, 5, wide), penalty.value(5, 5, w), 1e-9);
        float[] actual = added(penalty, 5, 5, 1, w, 1);
        for (int i = 0; i < 25; i++) {
            double at = wide[i];
            double step = Math.abs(at) < 1e-8 ? 1e-12 : 1e-6;
            wide[i] = at + step;
            double above = formula(penalty, 5, 5, wide);
            wide[i] = at - step;
            double below = formula(penalty, 5, 5, wide);
            wide[i] = at;
            // at zero the magnitude has a corner: the central difference is the subgradient 0
            double expected = (above - below) / (2 * step);
            assertEquals(expected, actual[i], 1e-5 * Math.max(Math.abs(expected), 1), "element " + i);
        }
    }

    @Test
    void isAddedToTheGradientOfTheLoss() {
        float[] w = random(4, 6, 1);
        float[] alone = added(new Orthogonal(1), 2, 3, 1, w, 1);
        float[] g = {1, 1, 1, 1, 1, 1};
        try (Team team = new Team(1)) {
            new Orthogonal(1).gradient(2, 3).add(team, 1, w, g);
        }
        for (int i = 0; i < 6; i++) {
            assertEquals(1 + alone[i], g[i]);
        }
    }

    /** Large enough that both passes are cut. */
    @Tag("bits")
    @Tag("jit")
    @ParameterizedTest
    @EnumSource
    void threadsDoNotChangeABit(Mode mode) {
        int rows = mode == Mode.ROWS ? 70 : 800;
        int columns = mode == Mode.ROWS ? 800 : 70;
        float[] w = random(5, rows * columns, 1);
        float[] one = added(new Orthogonal(0.1f, mode), rows, columns, 1, w, 1);
        for (int threads : new int[] {2, 3}) {
            assertSameBits(one, added(new Orthogonal(0.1f, mode), rows, columns, 1, w, threads), threads + " threads");
        }
    }

    @Test
    void aSingleVectorIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Orthogonal(1).gradient(1, 5))
                .getMessage();
        for (String part : new String[] {"Orthogonal[factor=1.0, mode=ROWS]", "1 x 5", "use the other mode"}) {
            assertTrue(message.contains(part), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new Orthogonal(1, Mode.COLUMNS).gradient(5, 1));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, Float.NaN, Float.POSITIVE_INFINITY})
    void aFactorBelowZeroIsRefused(float bad) {
        assertEquals(
                "Orthogonal: factor is " + bad + "; it must be a finite number of at least 0",
                assertThrows(IllegalArgumentException.class, () -> new Orthogonal(bad))
                        .getMessage());
    }
}
