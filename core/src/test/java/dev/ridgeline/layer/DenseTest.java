package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dense;
import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.regularizer.L2;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static Dense built(int inputs, int units) {
        Dense dense = new Dense(units);
        dense.build("dense1", Shape.of(inputs), 7);
        dense.parameters().get(0).set(random(1, inputs * units, 1));
        dense.parameters().get(1).set(random(2, units, 1));
        return dense;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 2", "23, 7, 19", "13, 37, 3", "8, 16, 16", "2, 65, 33"})
    void backwardIsTheDerivativeOfForward(int rows, int inputs, int units) {
        Dense dense = built(inputs, units);
        check(dense, rows, inputs, units);
    }

    @Test
    void aSmallerBatchAfterALargerOne() {
        Dense dense = built(7, 5);
        check(dense, 11, 7, 5);
        check(dense, 3, 7, 5);
        check(dense, 12, 7, 5);
    }

    private void check(Dense dense, int rows, int inputs, int units) {
        float[] x = random(3, rows * inputs, 1);
        float[] dy = random(4, rows * units, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] w = doubles(dense.parameters().get(0).value(), inputs * units);
        double[] b = doubles(dense.parameters().get(1).value(), units);
        assertClose(dense(rows, inputs, units, wideX, w, b), dense.forward(pass, rows, x), 1e-5, "y");
        DoubleSupplier loss = () -> dot(dense(rows, inputs, units, wideX, w, b), wideDy);
        float[] dx = dense.backward(pass, rows, x, dy, true);
        assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
        assertClose(gradient(w, loss), dense.parameters().get(0).gradient(), 1e-5, "kernel");
        assertClose(gradient(b, loss), dense.parameters().get(1).gradient(), 1e-5, "bias");
    }

    @Test
    void noInputGradientUnlessWanted() {
        Dense dense = built(3, 2);
        float[] x = random(3, 6, 1);
        dense.forward(pass, 2, x);
        assertNull(dense.backward(pass, 2, x, random(4, 4, 1), false));
        assertNotEquals(0f, dense.parameters().get(0).gradient()[0]);
    }

    @Test
    void aTwinSharesTheWeightsAndNothingElse() {
        Dense dense = built(3, 2);
        Dense twin = dense.share();
        float[] x = random(3, 3, 1);
        float[] y = dense.forward(pass, 1, x).clone();
        float[] other = twin.forward(pass, 1, random(5, 3, 1));
        assertNotEquals(y[0], other[0]);
        assertEquals(y[0], dense.activation()[0]);
        dense.parameters().get(1).set(new float[] {100, 100});
        assertTrue(twin.forward(pass, 1, x)[0] > 90);
        assertEquals(dense.name(), twin.name());
    }

    @Test
    void startsWithinTheInitializersLimits() {
        for (Initializer initializer : Initializer.values()) {
            Dense dense = new Dense(300).initializer(initializer);
            dense.build("d", Shape.of(200), 1);
            double limit = switch (initializer) {
                case GLOROT_UNIFORM -> Math.sqrt(6.0 / 500);
                case HE_UNIFORM -> Math.sqrt(6.0 / 200);
                case LECUN_UNIFORM -> Math.sqrt(3.0 / 200);
            };
            double sum = 0;
            double square = 0;
            double largest = 0;
            float[] w = dense.parameters().get(0).value();
            for (float v : w) {
                sum += v;
                square += (double) v * v;
                largest = Math.max(largest, Math.abs(v));
            }
            assertTrue(largest <= limit * (1 + 1e-6) && largest > limit * 0.999, initializer + " " + largest);
            // five standard errors of the mean and of the variance limit²/3 of 60,000 numbers
            assertEquals(0, sum / w.length, 5 * limit / Math.sqrt(3.0 * w.length));
            assertEquals(limit * limit / 3, square / w.length, 5 * limit * limit * Math.sqrt(4 / 45.0 / w.length));
            for (float b : dense.parameters().get(1).value()) {
                assertEquals(0, b);
            }
        }
    }

    @Test
    void anotherSeedOrNameStartsElsewhere() {
        float[][] starts = new float[3][];
        for (int i = 0; i < 3; i++) {
            Dense dense = new Dense(4);
            dense.build(i == 2 ? "b" : "a", Shape.of(4), i == 1 ? 2 : 1);
            starts[i] = dense.parameters().get(0).value();
        }
        assertNotEquals(starts[0][0], starts[1][0]);
        assertNotEquals(starts[0][0], starts[2][0]);
    }

    @Test
    void sizesThatDoNotChainAreRefused() {
        Dense dense = Dense.of(64, 3).name("hidden1");
        Exception e = assertThrows(IllegalArgumentException.class, () -> dense.build("x", Shape.of(32), 0));
        assertEquals(
                "Dense \"hidden1\": kernel expects 64 inputs, the layer before it gives 32; make the two numbers equal",
                e.getMessage());
    }

    @Test
    void impossibleSizesAreRefused() {
        for (int size : new int[] {0, -1}) {
            Exception units = assertThrows(IllegalArgumentException.class, () -> new Dense(size));
            assertEquals("Dense: units is " + size + "; it must be at least 1", units.getMessage());
            Exception inputs = assertThrows(IllegalArgumentException.class, () -> Dense.of(size, 2));
            assertEquals("Dense: inputs is " + size + "; it must be at least 1", inputs.getMessage());
        }
    }

    @Test
    void aBuiltLayerIsNotConfigured() {
        Dense dense = built(2, 2);
        Exception e = assertThrows(IllegalStateException.class, () -> dense.kernelRegularizer(new L2(1)));
        assertTrue(e.getMessage().contains("Dense \"dense1\"") && e.getMessage().contains("before"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> dense.name("late"));
        assertThrows(IllegalStateException.class, () -> dense.activityRegularizer(new L2(1)));
        assertThrows(IllegalStateException.class, () -> dense.build("again", Shape.of(2), 0));
    }

    @Test
    void wrongValuesAreRefused() {
        Parameter kernel = built(2, 3).parameters().get(0);
        Exception count = assertThrows(IllegalArgumentException.class, () -> kernel.set(new float[5]));
        assertEquals(
                "Dense \"dense1\" kernel holds 2 x 3 values, not 5; give one number for each value",
                count.getMessage());
        float[] before = kernel.value().clone();
        Exception nan =
                assertThrows(IllegalArgumentException.class, () -> kernel.set(new float[] {1, 2, 3, Float.NaN, 5, 6}));
        assertEquals("Dense \"dense1\" kernel: value 3 is NaN; it must be finite", nan.getMessage());
        assertEquals(before[0], kernel.value()[0]);
    }
}
