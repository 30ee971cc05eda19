package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.activation;
import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Activation.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static Activation built(Function function, int columns) {
        Activation layer = new Activation(function);
        layer.build("activation1", Shape.of(columns), 0);
        return layer;
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void backwardIsTheDerivativeOfForward(Function function) {
        for (int columns : new int[] {1, 2, 17, 67}) {
            for (float scale : new float[] {1, 6}) {
                int rows = 5;
                Activation layer = built(function, columns);
                float[] x = random(columns, rows * columns, scale);
                float[] dy = random(9, x.length, 1);
                double[] wideX = doubles(x, x.length);
                double[] wideDy = doubles(dy, dy.length);
                float[] y = layer.forward(pass, rows, x);
                assertClose(activation(function, rows, columns, wideX), y, 1e-5, function + " y");
                double[] expected = gradient(wideX, () -> dot(activation(function, rows, columns, wideX), wideDy));
                float[] dx = layer.backward(pass, rows, x, dy, true);
                if (function == Function.SOFTMAX && columns == 1) {
                    assertEquals(0, dx[0], 1e-6f); // softmax of one number is 1 everywhere
                } else {
                    assertClose(expected, dx, 1e-5, function + " dx");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void theInputKeepsItsBits(Function function) {
        float[] x = random(1, 35, 3);
        float[] before = x.clone();
        Activation layer = built(function, 7);
        layer.forward(pass, 5, x);
        layer.backward(pass, 5, x, random(2, 35, 1), true);
        assertSameBits(before, x, "x");
    }

    @Test
    void reluHasNoSlopeAtZero() {
        Activation layer = built(Function.RELU, 3);
        float[] x = {0, -0f, 2};
        layer.forward(pass, 1, x);
        float[] dx = layer.backward(pass, 1, x, new float[] {5, 5, 5}, true);
        assertEquals(0, dx[0]);
        assertEquals(0, dx[1]);
        assertEquals(5, dx[2]);
    }

    @Test
    void softmaxRowsSumToOne() {
        Activation layer = built(Function.SOFTMAX, 13);
        float[] y = layer.forward(pass, 4, random(5, 52, 80));
        for (int r = 0; r < 4; r++) {
            double sum = 0;
            for (int j = 0; j < 13; j++) {
                sum += y[r * 13 + j];
            }
            assertEquals(1, sum, 1e-6);
        }
    }

    @Test
    void noInputGradientUnlessWanted() {
        Activation layer = built(Function.TANH, 2);
        float[] x = {1, 2};
        layer.forward(pass, 1, x);
        assertNull(layer.backward(pass, 1, x, new float[] {1, 1}, false));
    }

    /** The oracle of gelu, against digits of Abramowitz and Stegun, table 7.1. */
    @Test
    void theErrorFunctionOfTheOracle() {
        assertEquals(0.5204998778, DoubleLayers.erf(0.5), 1e-10);
        assertEquals(0.8427007929, DoubleLayers.erf(1), 1e-10);
        assertEquals(0.9953222650, DoubleLayers.erf(2), 1e-10);
        assertEquals(-0.9995930480, DoubleLayers.erf(-2.5), 1e-10);
        assertEquals(0.9999779095, DoubleLayers.erf(3), 1e-10);
    }
}
