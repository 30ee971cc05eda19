package dev.ridgeline.train;

import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Sgd;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Noise and dropout of the inputs of a linear model with squared loss are penalties in the mean (Bishop, 1995). */
class NoiseEquivalenceTest {
    private static final int ROWS = 40;
    private static final int INPUTS = 7;
    private static final int STEPS = 1500;

    private final Dataset data = Samples.values(5, ROWS, INPUTS, 1);
    private final float[] weights = random(6, INPUTS, 1);

    /** The penalty on the weights. */
    private interface Penalty {
        double of(float[] w, double[] meanSquare);
    }

    static Stream<Arguments> layers() {
        Penalty ridge = (w, square) -> 0.25 * sum(w, square, false);
        Penalty dropout = (w, square) -> 0.3 / 0.7 * sum(w, square, true);
        return Stream.of(
                Arguments.of(new GaussianNoise(0.5f), ridge),
                Arguments.of(new Dropout(0.3f), dropout),
                Arguments.of(new GaussianDropout(0.3f), dropout));
    }

    /** Σ w_j², or Σ w_j²·mean(x_j²). */
    private static double sum(float[] w, double[] meanSquare, boolean scaled) {
        double sum = 0;
        for (int j = 0; j < w.length; j++) {
            sum += (double) w[j] * w[j] * (scaled ? meanSquare[j] : 1);
        }
        return sum;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void theMeanLossIsThePlainLossAndThePenalty(Layer<?> first, Penalty penalty) {
        try (Model model = Model.inputs(INPUTS)
                .add(first)
                .add(new Dense(1))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(0.01f))
                .build()) {
            Parameter kernel = model.parameters().get(0);
            Parameter bias = model.parameters().get(1);
            kernel.set(weights);
            double plain = model.predictor().evaluate(data).loss();
            Batch batch = Samples.batch(data, ROWS);
            double mean = 0;
            double squares = 0;
            for (int step = 1; step <= STEPS; step++) {
                kernel.set(weights);
                bias.set(new float[1]);
                double loss = model.step(batch);
                double difference = loss - mean;
                mean += difference / step;
                squares += difference * (loss - mean);
            }
            double error = Math.sqrt(squares / (STEPS - 1) / STEPS);
            double expected = penalty.of(weights, meanSquare());
            assertEquals(plain + expected, mean, 4 * error, "standard error " + error);
            assertTrue(expected > 20 * error, "the penalty is seen: " + expected + ", standard error " + error);
        }
    }

    private double[] meanSquare() {
        double[] mean = new double[INPUTS];
        for (int i = 0; i < data.x().length; i++) {
            mean[i % INPUTS] += (double) data.x()[i] * data.x()[i] / ROWS;
        }
        return mean;
    }

    /** As the first layer a random layer changes the inputs of training and no input gradient is computed for it. */
    @Test
    void theFirstLayerMayBeRandom() {
        try (Model model = Model.inputs(INPUTS)
                .add(new Dropout(0.2f))
                .add(new GaussianNoise(0.1f))
                .add(new Dense(1))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(0.1f))
                .build()) {
            Batch batch = Samples.batch(data, ROWS);
            double before = model.predictor().evaluate(data).loss();
            for (int step = 0; step < 300; step++) {
                model.step(batch);
            }
            double after = model.predictor().evaluate(data).loss();
            assertTrue(after < before / 2, before + " before, " + after + " after");
        }
    }
}
