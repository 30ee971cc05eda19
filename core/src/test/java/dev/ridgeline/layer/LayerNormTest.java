package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.groupNormalize;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerNormTest {
    private final Team team = new Team(1);
    private final Pass training = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static LayerNorm built(double epsilon, int... sizes) {
        LayerNorm layer = new LayerNorm(epsilon);
        Shape shape = Shape.of(sizes);
        layer.build("layernorm1", shape, 0);
        layer.parameters().get(0).set(random(1, shape.channels(), 2));
        layer.parameters().get(1).set(random(2, shape.channels(), 1));
        return layer;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 5", "4, 1, 19", "3, 6, 8", "2, 5, 33", "7, 1, 64", "1, 3, 130"})
    void backwardIsTheDerivativeOfForward(int rows, int positions, int channels) {
        LayerNorm layer = built(1e-2, positions, channels);
        float[] x = random(3, rows * positions * channels, 2);
        float[] dy = random(4, x.length, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] gamma = doubles(layer.parameters().get(0).value(), channels);
        double[] beta = doubles(layer.parameters().get(1).value(), channels);
        Supplier<double[]> y = () -> groupNormalize(rows * positions, 1, channels, 1, wideX, 1e-2f, gamma, beta);
        DoubleSupplier loss = () -> dot(y.get(), wideDy);
        assertClose(y.get(), layer.forward(training, rows, x), 1e-5, "y");
        float[] dx = layer.backward(training, rows, x, dy, true);
        assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
        assertClose(gradient(gamma, loss), layer.parameters().get(0).gradient(), 1e-5, "gamma");
        assertClose(gradient(beta, loss), layer.parameters().get(1).gradient(), 1e-5, "beta");
    }

    /** There are no moving statistics. */
    @Test
    void trainingEqualsInference() {
        LayerNorm layer = built(1e-3, 3, 21);
        float[] x = random(3, 4 * 63, 2);
        float[] trained = layer.forward(training, 4, x).clone();
        assertSameBits(trained, layer.forward(new Pass(team, false), 4, x), "y");
        assertEquals(2, layer.parameters().size());
    }

    /** A row's output does not depend on the rows beside it. */
    @Test
    void rowsDoNotTouchEachOther() {
        LayerNorm layer = built(1e-3, 21);
        float[] x = random(3, 5 * 21, 2);
        float[] all = layer.forward(training, 5, x).clone();
        float[] last = new float[21];
        System.arraycopy(x, 4 * 21, last, 0, 21);
        float[] alone = layer.forward(training, 1, last);
        for (int j = 0; j < 21; j++) {
            assertEquals(all[4 * 21 + j], alone[j]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "16", "40"})
    void equalChannelsBecomeBeta(int channels) {
        LayerNorm layer = built(1e-3, channels);
        float[] x = new float[channels];
        Arrays.fill(x, 47.11f);
        assertSameBits(layer.parameters().get(1).value(), layer.forward(training, 1, x), "y");
    }

    @Test
    void oneChannelHasNoGradient() {
        LayerNorm layer = built(1e-3, 2, 1);
        float[] x = {7e5f, -3, 1e-30f, 0};
        float[] y = layer.forward(training, 2, x);
        float[] dx = layer.backward(training, 2, x, new float[] {1, 2, 3, 4}, true);
        for (int i = 0; i < 4; i++) {
            assertEquals(layer.parameters().get(1).value()[0], y[i]);
            assertEquals(0f, dx[i], 0);
        }
    }

    @Test
    void saysWhatItDoes() {
        assertEquals("statistics of each position's channels", new LayerNorm().effect());
    }
}
