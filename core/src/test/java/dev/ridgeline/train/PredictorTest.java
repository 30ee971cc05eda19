package dev.ridgeline.train;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PredictorTest {
    private static final Dataset DATA = Samples.classes(3, 600, 4, 3);

    private Model model;

    @BeforeEach
    void train() {
        model = Model.inputs(4)
                .add(new Dense(16).kernelRegularizer(new L2(0.01f)))
                .add(new Activation(Function.RELU).activityRegularizer(new L1(0.01f)))
                .add(new BatchNorm())
                .add(new Dropout(0.3f))
                .add(new Dense(3).kernelRegularizer(new L1(0.001f)))
                .optimizer(new Adam(0.01))
                .build();
        new Trainer(model).batchSize(50).epochs(3).fit(DATA);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void probabilitiesAreTheSoftmaxOfThePrediction() {
        Predictor predictor = model.predictor();
        float[] z = predictor.predict(DATA.x());
        float[] p = predictor.probabilities(DATA.x());
        assertClose(DoubleLayers.softmax(600, 3, doubles(z, z.length)), p, 1e-6, "p");
        for (int r = 0; r < 600; r++) {
            assertEquals(1, (double) p[3 * r] + p[3 * r + 1] + p[3 * r + 2], 1e-6);
        }
    }

    @Test
    void theClassIsTheMostProbable() {
        float[] p = model.predictor().probabilities(DATA.x());
        int[] classes = model.predictor().classify(DATA.x());
        int correct = 0;
        for (int r = 0; r < 600; r++) {
            for (int c = 0; c < 3; c++) {
                assertTrue(p[3 * r + classes[r]] >= p[3 * r + c]);
            }
            correct += classes[r] == DATA.labels()[r] ? 1 : 0;
        }
        assertEquals(correct / 600.0, model.predictor().evaluate(DATA).accuracy());
        assertTrue(correct > 300, "it learned something: " + correct);
    }

    @Test
    void rowsDoNotDependOnTheirNeighbours() {
        float[] all = model.predictor().predict(DATA.x());
        Predictor predictor = model.predictor();
        for (int r : new int[] {0, 1, 255, 256, 257, 599}) {
            float[] one = predictor.predict(Arrays.copyOfRange(DATA.x(), 4 * r, 4 * r + 4));
            assertSameBits(Arrays.copyOfRange(all, 3 * r, 3 * r + 3), one, "row " + r);
        }
        assertEquals(0, predictor.predict(new float[0]).length);
    }

    @Test
    void predictingChangesNeitherModelNorInput() {
        String digest = model.digest();
        float[] x = DATA.x().clone();
        model.predictor().predict(x);
        model.predictor().evaluate(DATA);
        assertEquals(digest, model.digest());
        assertSameBits(DATA.x(), x, "x");
    }

    @Test
    void fourThreadsGiveWhatOneGives() throws InterruptedException, ExecutionException {
        List<float[]> inputs = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        Predictor sequential = model.predictor();
        for (int i = 0; i < 40; i++) {
            inputs.add(random(i, 4 * (1 + 13 * i), 2));
            expected.add(sequential.predict(inputs.get(i)));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<List<float[]>>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                results.add(pool.submit(() -> {
                    Predictor own = model.predictor();
                    return inputs.stream().map(own::predict).toList();
                }));
            }
            for (Future<List<float[]>> result : results) {
                for (int i = 0; i < expected.size(); i++) {
                    assertSameBits(expected.get(i), result.get().get(i), "input " + i);
                }
            }
        }
    }

    @Test
    void evaluationIsTheLossByHand() {
        Evaluation evaluation = model.predictor().evaluate(DATA);
        float[] z = model.predictor().predict(DATA.x());
        double loss = DoubleLayers.softmaxCrossEntropy(600, 3, doubles(z, z.length), DATA.labels());
        assertEquals(loss, evaluation.loss(), 1e-6 * loss);
        double penalties = 0;
        for (Penalty penalty : model.penalties(50)) {
            penalties += penalty.name().endsWith("activity") ? 0 : penalty.value();
        }
        double activity = 0.01f * activations() / 600;
        assertEquals(loss + penalties + activity, evaluation.totalLoss(), 1e-5 * loss);
        assertTrue(activity > 1e-3 && penalties > 1e-3);
    }

    /** Σ relu(x·W + b) over all rows, in double. */
    private double activations() {
        double[] w = doubles(model.parameters().get(0).value(), 64);
        double[] b = doubles(model.parameters().get(1).value(), 16);
        double[] h = DoubleLayers.dense(600, 4, 16, doubles(DATA.x(), 2400), w, b);
        return Arrays.stream(DoubleLayers.activation(Function.RELU, 600, 16, h)).sum();
    }

    @Test
    void aPredictorSeesTheWeightsAsTheyAre() {
        Predictor predictor = model.predictor();
        float[] before = predictor.predict(new float[4]);
        model.parameters().getLast().value()[0] += 10;
        assertEquals(before[0] + 10, predictor.predict(new float[4])[0], 1e-5);
    }

    @Test
    void aBinaryModelGivesOneProbability() {
        try (Model binary = Model.inputs(2)
                .add(new Dense(1))
                .loss(Loss.BINARY_CROSS_ENTROPY)
                .build()) {
            float[] x = random(1, 20, 3);
            float[] z = binary.predictor().predict(x);
            float[] p = binary.predictor().probabilities(x);
            int[] classes = binary.predictor().classify(x);
            for (int r = 0; r < 10; r++) {
                assertEquals(1 / (1 + Math.exp(-z[r])), p[r], 1e-6);
                assertEquals(p[r] > 0.5f ? 1 : 0, classes[r]);
            }
        }
    }

    @Test
    void aRegressionHasNoClasses() {
        try (Model regression =
                Model.inputs(2).add(new Dense(2)).loss(Loss.MEAN_SQUARED_ERROR).build()) {
            Predictor predictor = regression.predictor();
            Exception probabilities =
                    assertThrows(IllegalStateException.class, () -> predictor.probabilities(new float[2]));
            assertTrue(
                    probabilities.getMessage().contains("MEAN_SQUARED_ERROR")
                            && probabilities.getMessage().contains("use predict"),
                    probabilities.getMessage());
            Exception classes = assertThrows(IllegalStateException.class, () -> predictor.classify(new float[2]));
            assertTrue(
                    classes.getMessage().contains("MEAN_SQUARED_ERROR")
                            && classes.getMessage().contains("use predict"),
                    classes.getMessage());
            assertTrue(
                    Double.isNaN(predictor.evaluate(Samples.values(1, 5, 2, 2)).accuracy()));
            assertArrayEquals(new float[2], predictor.predict(new float[2]));
        }
    }

    @Test
    void inputsThatDoNotFitAreRefused() {
        Predictor predictor = model.predictor();
        Exception width = assertThrows(IllegalArgumentException.class, () -> predictor.predict(new float[7]));
        assertTrue(
                width.getMessage().contains("7 values") && width.getMessage().contains("4 inputs"), width.getMessage());
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            Exception value = assertThrows(
                    IllegalArgumentException.class, () -> predictor.predict(new float[] {0, 0, 0, 0, 0, bad, 0, 0}));
            assertTrue(
                    value.getMessage().contains("input 1 of row 1 is " + bad)
                            && value.getMessage().contains("must be finite"),
                    value.getMessage());
        }
        Exception data =
                assertThrows(IllegalArgumentException.class, () -> predictor.evaluate(Samples.classes(1, 5, 5, 3)));
        assertTrue(data.getMessage().contains("5 features"), data.getMessage());
    }

    @Test
    void anOutputThatOverflowsIsNoPrediction() {
        try (Model model = Model.inputs(2).add(new Dense(2)).build()) {
            model.parameters().get(0).set(new float[] {3e38f, 1, 3e38f, 1});
            Predictor predictor = model.predictor();
            Exception e = assertThrows(IllegalStateException.class, () -> predictor.classify(new float[] {0, 0, 2, 2}));
            assertTrue(e.getMessage().startsWith("output 0 of row 1 is Infinity"), e.getMessage());
        }
    }
}
