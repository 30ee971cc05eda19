package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.groupNormalize;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupNormTest {
    private final Team team = new Team(1);
    private final Pass training = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static GroupNorm built(int groups, double epsilon, int... sizes) {
        GroupNorm layer = new GroupNorm(groups, epsilon);
        Shape shape = Shape.of(sizes);
        layer.build("groupnorm1", shape, 0);
        layer.parameters().get(0).set(random(1, shape.channels(), 2));
        layer.parameters().get(1).set(random(2, shape.channels(), 1));
        return layer;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 8, 2",
        "4, 1, 1, 21, 3",
        "2, 3, 4, 6, 3",
        "3, 5, 5, 2, 1",
        "1, 7, 5, 3, 3",
        "2, 9, 8, 1, 1",
        "2, 2, 3, 36, 2",
        "1, 2, 1, 70, 2"
    })
    void backwardIsTheDerivativeOfForward(int rows, int height, int width, int channels, int groups) {
        GroupNorm layer = built(groups, 1e-2, height, width, channels);
        float[] x = random(3, rows * height * width * channels, 2);
        float[] dy = random(4, x.length, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] gamma = doubles(layer.parameters().get(0).value(), channels);
        double[] beta = doubles(layer.parameters().get(1).value(), channels);
        Supplier<double[]> y = () -> groupNormalize(rows, height * width, channels, groups, wideX, 1e-2f, gamma, beta);
        DoubleSupplier loss = () -> dot(y.get(), wideDy);
        assertClose(y.get(), layer.forward(training, rows, x), 1e-5, "y");
        float[] dx = layer.backward(training, rows, x, dy, true);
        assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
        assertClose(gradient(gamma, loss), layer.parameters().get(0).gradient(), 1e-5, "gamma");
        assertClose(gradient(beta, loss), layer.parameters().get(1).gradient(), 1e-5, "beta");
    }

    /** E[x²] - E[x]² would lose everything: x² is 10⁸, a float there is 8 apart. */
    @ParameterizedTest
    @CsvSource({"144, 2, 1", "36, 16, 4", "9, 100, 100", "1, 96, 3"})
    void aLargeMeanLosesNothing(int positions, int channels, int groups) {
        SplittableRandom random = new SplittableRandom(11);
        float[] x = new float[3 * positions * channels];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (1e4 + random.nextGaussian());
        }
        GroupNorm layer = new GroupNorm(groups);
        layer.build("g", Shape.of(positions, channels), 0);
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        assertClose(
                groupNormalize(3, positions, channels, groups, doubles(x, x.length), 1e-3f, ones, new double[channels]),
                layer.forward(training, 3, x),
                1e-5,
                "y");
    }

    @Test
    void trainingEqualsInference() {
        GroupNorm layer = built(7, 1e-3, 3, 21);
        float[] x = random(3, 4 * 63, 2);
        float[] trained = layer.forward(training, 4, x).clone();
        assertSameBits(trained, layer.forward(new Pass(team, false), 4, x), "y");
    }

    /** A group of one value: x̂ is 0, whatever x is. */
    @Test
    void groupsOfOneValueBecomeBeta() {
        GroupNorm layer = built(3, 1e-3, 1, 1, 3);
        float[] x = {5, -6, 7e5f};
        assertSameBits(layer.parameters().get(1).value(), layer.forward(training, 1, x), "y");
        float[] dx = layer.backward(training, 1, x, new float[] {1, 2, 3}, true);
        for (float d : dx) {
            assertEquals(0f, d, 0);
        }
    }

    @Test
    void groupsThatDoNotDivideTheChannelsAreRefused() {
        GroupNorm layer = new GroupNorm(3);
        Exception e = assertThrows(IllegalArgumentException.class, () -> layer.build("g", Shape.of(4, 4, 8), 0));
        assertEquals(
                "GroupNorm \"g\": 3 groups do not divide the 8 channels that the layer before it gives; make the one a"
                        + " multiple of the other",
                e.getMessage());
    }

    @Test
    void aNumberOfGroupsBelowOneIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new GroupNorm(0));
        assertEquals("GroupNorm: groups is 0; it must be at least 1", e.getMessage());
    }

    @Test
    void saysWhatItDoes() {
        assertEquals("statistics of 4 groups of channels", new GroupNorm(4).effect());
        assertEquals("statistics of each sample", new GroupNorm(1).effect());
    }
}
