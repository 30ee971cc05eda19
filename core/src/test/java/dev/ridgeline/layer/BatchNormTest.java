package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.normalize;
import static dev.ridgeline.DoubleLayers.statistics;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.regularizer.L1;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormTest {
    private static final double EPSILON = 1e-3f;

    private final Team team = new Team(1);
    private final Pass training = new Pass(team, true);
    private final Pass inference = new Pass(team, false);

    @AfterEach
    void close() {
        team.close();
    }

    private static BatchNorm built(int features) {
        BatchNorm layer = new BatchNorm();
        layer.build("batchnorm1", Shape.of(features), 0);
        layer.parameters().get(0).set(random(1, features, 2));
        layer.parameters().get(1).set(random(2, features, 1));
        return layer;
    }

    private static float[] value(BatchNorm layer, int parameter) {
        return layer.parameters().get(parameter).value();
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "4, 5", "23, 19", "40, 33", "7, 64"})
    void backwardIsTheDerivativeOfForward(int rows, int features) {
        BatchNorm layer = built(features);
        float[] x = random(3, rows * features, 2);
        float[] dy = random(4, x.length, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[] gamma = doubles(value(layer, 0), features);
        double[] beta = doubles(value(layer, 1), features);
        DoubleSupplier loss = () ->
                dot(normalize(rows, features, wideX, statistics(rows, features, wideX), EPSILON, gamma, beta), wideDy);
        double[] y = normalize(rows, features, wideX, statistics(rows, features, wideX), EPSILON, gamma, beta);
        assertClose(y, layer.forward(training, rows, x), 1e-5, "y");
        float[] dx = layer.backward(training, rows, x, dy, true);
        assertClose(gradient(wideX, loss), dx, 1e-5, "dx");
        assertClose(gradient(gamma, loss), layer.parameters().get(0).gradient(), 1e-5, "gamma");
        assertClose(gradient(beta, loss), layer.parameters().get(1).gradient(), 1e-5, "beta");
    }

    @Test
    void inferenceUsesTheMovingStatisticsAndKeepsThem() {
        int rows = 9;
        int features = 21;
        BatchNorm layer = built(features);
        float[] mean = random(5, features, 3);
        float[] variance = new float[features];
        for (int j = 0; j < features; j++) {
            variance[j] = 0.1f + j;
        }
        layer.parameters().get(2).set(mean);
        layer.parameters().get(3).set(variance);
        float[] x = random(3, rows * features, 2);
        float[] dy = random(4, x.length, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        double[][] moving = {doubles(mean, features), doubles(variance, features)};
        double[] gamma = doubles(value(layer, 0), features);
        double[] beta = doubles(value(layer, 1), features);
        assertClose(
                normalize(rows, features, wideX, moving, EPSILON, gamma, beta),
                layer.forward(inference, rows, x),
                1e-5,
                "y");
        double[] expected =
                gradient(wideX, () -> dot(normalize(rows, features, wideX, moving, EPSILON, gamma, beta), wideDy));
        assertClose(expected, layer.backward(inference, rows, x, dy, true), 1e-5, "dx");
        assertSameBits(mean, value(layer, 2), "moving mean");
        assertSameBits(variance, value(layer, 3), "moving variance");
    }

    @Test
    void movingStatisticsFollowTheBatch() {
        int rows = 50;
        BatchNorm layer = new BatchNorm(0.75f, 1e-3f);
        layer.build("b", Shape.of(3), 0);
        float[] x = random(3, rows * 3, 2);
        double[][] batch = statistics(rows, 3, doubles(x, x.length));
        double[] mean = new double[3];
        double[] variance = {1, 1, 1};
        for (int step = 0; step < 4; step++) {
            layer.forward(training, rows, x);
            layer.backward(training, rows, x, new float[rows * 3], false);
            for (int j = 0; j < 3; j++) {
                mean[j] = 0.75 * mean[j] + 0.25 * batch[0][j];
                variance[j] = 0.75 * variance[j] + 0.25 * batch[1][j];
            }
        }
        assertClose(mean, value(layer, 2), 1e-5, "moving mean");
        assertClose(variance, value(layer, 3), 1e-5, "moving variance");
    }

    /** E[x²] - E[x]² would lose everything: x² is 10⁸, a float there is 8 apart. */
    @Test
    void aLargeMeanLosesNothing() {
        int rows = 128;
        int features = 37;
        SplittableRandom random = new SplittableRandom(11);
        float[] x = new float[rows * features];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (1e4 + random.nextGaussian());
        }
        BatchNorm layer = new BatchNorm(0, 1e-3f); // momentum 0: the moving statistics are the batch's
        layer.build("b", Shape.of(features), 0);
        float[] y = layer.forward(training, rows, x);
        layer.backward(training, rows, x, new float[x.length], false);
        double[] wideX = doubles(x, x.length);
        double[][] batch = statistics(rows, features, wideX);
        assertClose(batch[1], value(layer, 3), 1e-5, "variance");
        assertClose(batch[0], value(layer, 2), 1e-7, "mean");
        double[] ones = doubles(value(layer, 0), features);
        assertClose(normalize(rows, features, wideX, batch, EPSILON, ones, new double[features]), y, 1e-5, "y");
    }

    @Test
    void aConstantFeatureBecomesBeta() {
        BatchNorm layer = built(2);
        float[] y = layer.forward(training, 3, new float[] {4.7f, 1, 4.7f, 2, 4.7f, 3});
        assertEquals(value(layer, 1)[0], y[0]);
        assertEquals(value(layer, 1)[0], y[4]);
    }

    @Test
    void oneRowBecomesBeta() {
        BatchNorm layer = built(3);
        float[] x = {5, -6, 7e5f};
        float[] y = layer.forward(training, 1, x);
        float[] dx = layer.backward(training, 1, x, new float[] {1, 2, 3}, true);
        for (int j = 0; j < 3; j++) {
            assertEquals(value(layer, 1)[j], y[j]);
            assertEquals(0, dx[j]);
        }
    }

    @Test
    void aMomentumNearOneKeepsItsComplement() {
        BatchNorm layer = new BatchNorm(0.9999, 1e-3);
        layer.build("b", Shape.of(1), 0);
        float[] x = {9999, 10001, 9998, 10002};
        layer.forward(training, 4, x);
        assertEquals(0, value(layer, 2)[0], "a step that ends before its backward pass changes nothing");
        layer.backward(training, 4, x, new float[4], false);
        assertEquals(1e-4 * 10000, value(layer, 2)[0], 1e-5, "moving mean");
    }

    /** With two rows x̂² is 1 - ε·s²: dx is what is left when nearly everything cancels. */
    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 1, 10, 100})
    void twoRowsLoseNothing(float half) {
        BatchNorm layer = built(1);
        float[] x = {3 + half, 3 - half};
        layer.forward(training, 2, x);
        float[] dx = layer.backward(training, 2, x, new float[] {0.75f, -0.5f}, true);
        double s = 1 / Math.sqrt((double) half * half + EPSILON);
        double expected = value(layer, 0)[0] * EPSILON * s * s * s * 1.25 / 2;
        assertEquals(expected, dx[0], 1e-5 * expected);
        assertEquals(-dx[0], dx[1]);
    }

    /** A batch, two rows and one, whose gradients have rules of their own; in training and with fixed statistics. */
    @ParameterizedTest
    @CsvSource({"23, 19", "40, 64", "5, 77", "2, 33", "1, 16"})
    void aRectifierTakenOverKeepsItsBits(int rows, int features) {
        Activation relu = new Activation(Activation.Function.RELU);
        relu.build("relu1", Shape.of(features), 0);
        BatchNorm apart = built(features);
        BatchNorm both = built(features);
        assertTrue(both.absorb(relu));
        float[] x = random(3, rows * features, 2);
        x[0] = -0.0f;
        for (Pass pass : new Pass[] {training, inference}) {
            float[] rectified = relu.forward(pass, rows, x);
            assertSameBits(apart.forward(pass, rows, rectified), both.forward(pass, rows, x), "y");
            float[] dy = apart.backward(pass, rows, rectified, random(4, x.length, 1), true);
            float[] expected = relu.backward(pass, rows, x, dy, true);
            assertSameBits(expected, both.backward(pass, rows, x, random(4, x.length, 1), true), "dx");
            for (int p = 0; p < apart.parameters().size(); p++) {
                assertSameBits(value(apart, p), value(both, p), "parameter " + p);
            }
            for (int p = 0; p < 2; p++) {
                float[] gradient = both.parameters().get(p).gradient();
                assertSameBits(apart.parameters().get(p).gradient(), gradient, "gradient " + p);
            }
        }
    }

    @Test
    void onlyARectifierThatNobodyElseNeedsIsTakenOver() {
        assertFalse(new BatchNorm().absorb(new Activation(Activation.Function.TANH)));
        assertFalse(new BatchNorm().absorb(new Activation(Activation.Function.RELU).activityRegularizer(new L1(1))));
        assertFalse(new BatchNorm().absorb(new Dense(3)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aMomentumThatIsNoWeightIsRefused(double momentum) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new BatchNorm(momentum, 1e-3f));
        assertEquals(
                "BatchNorm: momentum is " + momentum + "; it is the weight of the old value and must be within 0 and 1",
                e.getMessage());
    }

    /** In an image each position counts as a row of its channels. */
    @Test
    void positionsAreRows() {
        BatchNorm image = new BatchNorm();
        image.build("image", Shape.of(3, 4, 5), 0);
        image.parameters().get(0).set(random(1, 5, 2));
        image.parameters().get(1).set(random(2, 5, 1));
        BatchNorm flat = built(5);
        float[] x = random(3, 7 * 60, 2);
        assertSameBits(flat.forward(training, 7 * 12, x), image.forward(training, 7, x), "y");
        float[] expected = flat.backward(training, 7 * 12, x, random(4, x.length, 1), true);
        assertSameBits(expected, image.backward(training, 7, x, random(4, x.length, 1), true), "dx");
        for (int i = 0; i < 4; i++) {
            assertSameBits(value(flat, i), value(image, i), "parameter " + i);
        }
        for (int i = 0; i < 2; i++) {
            assertSameBits(
                    flat.parameters().get(i).gradient(),
                    image.parameters().get(i).gradient(),
                    "gradient " + i);
        }
        assertSameBits(flat.forward(inference, 7 * 12, x), image.forward(inference, 7, x), "y of inference");
    }

    /** One row of two positions is a pair of values, too. */
    @Test
    void twoPositionsLoseNothing() {
        BatchNorm layer = new BatchNorm();
        layer.build("b", Shape.of(2, 1), 0);
        float[] x = {13, -7};
        layer.forward(training, 1, x);
        float[] dx = layer.backward(training, 1, x, new float[] {0.75f, -0.5f}, true);
        double s = 1 / Math.sqrt(100 + EPSILON);
        double expected = EPSILON * s * s * s * 1.25 / 2;
        assertEquals(expected, dx[0], 1e-5 * expected);
        assertEquals(-dx[0], dx[1]);
    }
}
