package dev.ridgeline.train;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonteCarloTest {
    private static final int ROWS = 600;

    private final Dataset data = Samples.classes(3, ROWS, 4, 3);

    private static Model model(float rate) {
        return Model.inputs(4)
                .add(new Dense(16))
                .add(new Activation(Function.RELU))
                .add(new Dropout(rate))
                .add(new BatchNorm())
                .add(new Dense(3))
                .build();
    }

    /** Draw t has the mask of step -1 - t, of all rows as one batch; what is averaged depends on the loss. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void meanAndDeviationAreThoseOfTheMasks(Loss loss) {
        int outputs = loss == Loss.BINARY_CROSS_ENTROPY ? 1 : 3;
        int draws = 5;
        float[] x = data.x();
        try (Model model = Model.inputs(4)
                .add(new Dropout(0.3f))
                .add(new Dense(outputs))
                .loss(loss)
                .seed(8)
                .build()) {
            double[] w = doubles(model.parameters().get(0).value(), 4 * outputs);
            double[] b = new double[outputs];
            double[][] samples = new double[draws][];
            for (int t = 0; t < draws; t++) {
                double[] y = DoubleLayers.dense(
                        ROWS, 4, outputs, DoubleLayers.masked(doubles(x, x.length), mask(-1 - t, x.length)), w, b);
                samples[t] = switch (loss) {
                    case SOFTMAX_CROSS_ENTROPY -> DoubleLayers.softmax(ROWS, outputs, y);
                    case BINARY_CROSS_ENTROPY -> DoubleLayers.activation(Function.SIGMOID, ROWS, outputs, y);
                    case MEAN_SQUARED_ERROR -> y;
                };
            }
            double[] mean = new double[ROWS * outputs];
            double[] deviation = new double[mean.length];
            Arrays.setAll(
                    mean, i -> Arrays.stream(samples).mapToDouble(s -> s[i]).sum() / draws);
            Arrays.setAll(
                    deviation,
                    i -> Math.sqrt(Arrays.stream(samples)
                                    .mapToDouble(s -> Math.pow(s[i] - mean[i], 2))
                                    .sum()
                            / (draws - 1)));
            MonteCarlo found = model.predictor().monteCarlo(x, draws);
            assertClose(mean, found.mean(), 1e-6, "mean");
            assertClose(deviation, found.deviation(), 1e-5, "deviation");
        }
    }

    private static float[] mask(int step, int n) {
        float[] mask = new float[n];
        Arrays.fill(mask, 1);
        dev.ridgeline.kernel.Dropout.apply(
                0, n, 0, 0.3f, RandomBits.key(8, "dropout1/mask"), step, new int[RandomBits.WORDS], mask, mask);
        return mask;
    }

    /** Of a linear model under input noise the output has deviation σ·‖w‖: within five standard errors of 800 draws. */
    @Test
    void theDeviationIsThatOfTheOutput() {
        int draws = 800;
        try (Model model = Model.inputs(4)
                .add(new GaussianNoise(0.3f))
                .add(new Dense(1))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build()) {
            double norm = 0;
            for (float v : model.parameters().get(0).value()) {
                norm += (double) v * v;
            }
            double deviation = 0.3 * Math.sqrt(norm);
            float[] x = random(1, 4, 1);
            MonteCarlo found = model.predictor().monteCarlo(x, draws);
            assertEquals(model.predictor().predict(x)[0], found.mean()[0], 5 * deviation / Math.sqrt(draws));
            assertEquals(deviation, found.deviation()[0], 5 * deviation / Math.sqrt(2.0 * draws));
        }
    }

    @Test
    void theSameRowsGiveTheSameResultWhateverCameBefore() {
        try (Model model = model(0.5f)) {
            Predictor predictor = model.predictor();
            MonteCarlo first = predictor.monteCarlo(data.x(), 4);
            predictor.predict(random(1, 40, 1));
            predictor.evaluate(data);
            predictor.monteCarlo(random(1, 4 * 300, 1), 3);
            assertSame(first, predictor.monteCarlo(data.x(), 4));
            assertSame(first, model.predictor().monteCarlo(data.x(), 4));
            assertTrue(!Arrays.equals(
                    first.mean(), model.predictor().monteCarlo(data.x(), 5).mean()));
            MonteCarlo fewer = predictor.monteCarlo(Arrays.copyOf(data.x(), 4 * 300), 4);
            assertSame(new MonteCarlo(Arrays.copyOf(first.mean(), 900), Arrays.copyOf(first.deviation(), 900)), fewer);
        }
    }

    private static void assertSame(MonteCarlo expected, MonteCarlo actual) {
        assertSameBits(expected.mean(), actual.mean(), "mean");
        assertSameBits(expected.deviation(), actual.deviation(), "deviation");
    }

    @Test
    void trainingStepsWithoutEffectChangeNoMask() {
        float[][] means = new float[2][];
        for (int i = 0; i < 2; i++) {
            try (Model model = model(0.5f)) {
                List<float[]> start =
                        model.parameters().stream().map(p -> p.value().clone()).toList();
                for (int step = 0; step < 3 * i; step++) {
                    model.step(Samples.batch(data, 50));
                }
                for (int p = 0; p < start.size(); p++) {
                    model.parameters().get(p).set(start.get(p));
                }
                means[i] = model.predictor().monteCarlo(data.x(), 3).mean();
            }
        }
        assertSameBits(means[0], means[1], "mean");
    }

    /** Without a mask the draws are the inference pass, moving statistics included. */
    @Test
    void batchNormalizationKeepsItsMovingStatistics() {
        try (Model model = model(0)) {
            for (int step = 0; step < 20; step++) {
                model.step(Samples.batch(data, 50));
            }
            String digest = model.digest();
            MonteCarlo found = model.predictor().monteCarlo(data.x(), 3);
            assertSameBits(model.predictor().probabilities(data.x()), found.mean(), "mean");
            assertSameBits(new float[3 * ROWS], found.deviation(), "deviation");
            assertEquals(digest, model.digest());
        }
    }

    @Test
    void meansAreProbabilitiesAndMasksMakeThemDiffer() {
        try (Model model = model(0.5f)) {
            MonteCarlo found = model.predictor().monteCarlo(data.x(), 10);
            double deviations = 0;
            for (int row = 0; row < ROWS; row++) {
                double sum = 0;
                for (int c = 0; c < 3; c++) {
                    sum += found.mean()[3 * row + c];
                    deviations += found.deviation()[3 * row + c] / (3.0 * ROWS);
                }
                assertEquals(1, sum, 1e-6);
            }
            assertTrue(deviations > 0.01, "mean deviation " + deviations);
            assertEquals(0, model.predictor().monteCarlo(new float[0], 2).mean().length);
        }
    }

    @Tag("bits")
    @Test
    void everyRandomLayerTakesPart() {
        float[] x = random(4, 40, 1);
        for (boolean connections : new boolean[] {true, false}) {
            ModelBuilder builder = Model.inputs(4).add(new Dense(8).dropConnect(connections ? 0.5f : 0));
            try (Model model = (connections ? builder : builder.add(new GaussianDropout(0.4f)))
                    .add(new Dense(3))
                    .build()) {
                assertTrue(model.predictor().monteCarlo(x, 3).deviation()[0] > 0);
            }
        }
    }

    @Test
    void whatCannotBeSampledIsRefused() {
        try (Model model = model(0.5f);
                Model fixed = Model.inputs(4).add(new Dense(3)).build()) {
            refused(
                    IllegalStateException.class,
                    fixed,
                    new float[4],
                    3,
                    "no layer of the model is random",
                    "use predict");
            for (int draws : new int[] {1, 0, -3}) {
                refused(IllegalArgumentException.class, model, new float[4], draws, "draws is " + draws, "at least 2");
            }
            refused(IllegalArgumentException.class, model, new float[7], 3, "7 values", "4 inputs a row");
            refused(
                    IllegalArgumentException.class,
                    model,
                    new float[] {0, 0, Float.NaN, 0},
                    3,
                    "input 2 of row 0 is NaN");
            refused(
                    IllegalStateException.class,
                    model,
                    new float[] {3e38f, 3e38f, 3e38f, 3e38f},
                    3,
                    "of row 0",
                    "too large for the model");
        }
    }

    private static void refused(Class<? extends Exception> type, Model model, float[] x, int draws, String... parts) {
        Exception e = assertThrows(type, () -> model.predictor().monteCarlo(x, draws));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }
}
