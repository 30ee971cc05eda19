package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Shuffle;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L2;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TrainerTest {
    private static final Dataset TRAIN = Samples.classes(1, 57, 4, 3);
    private static final Dataset VALIDATION = Samples.classes(2, 300, 4, 3);

    private static Model model(long seed) {
        return Model.inputs(4)
                .add(new Dense(7).kernelRegularizer(new L2(0.01f)))
                .add(new Activation(Function.TANH).activityRegularizer(new L2(0.001f)))
                .add(new BatchNorm())
                .add(new Dropout(0.2f))
                .add(new Dense(3))
                .optimizer(new Adam(0.01))
                .seed(seed)
                .build();
    }

    private static String digest(long seed, Dataset validation) {
        try (Model model = model(seed)) {
            Trainer trainer = new Trainer(model).batchSize(10).epochs(3);
            if (validation != null) {
                trainer.validation(validation);
            }
            trainer.fit(TRAIN);
            return model.digest();
        }
    }

    @Test
    void aRunIsRepeatable() {
        assertEquals(digest(5, null), digest(5, null));
        assertNotEquals(digest(5, null), digest(6, null));
    }

    @Test
    void validationDoesNotChangeTheRun() {
        assertEquals(digest(5, null), digest(5, VALIDATION));
    }

    @Test
    void theHistoryIsTheRunningMeanOfTheSteps() {
        try (Model model = model(1);
                Model twin = model(1)) {
            History history = new Trainer(model).batchSize(20).epochs(2).fit(TRAIN);
            assertEquals(2, history.epochs().size());
            int[] order = new int[57];
            Batch batch = new Batch();
            for (int epoch = 0; epoch < 2; epoch++) {
                new Shuffle(1).order(epoch, order);
                double loss = 0;
                int correct = 0;
                for (int from = 0; from < 57; from += 20) {
                    batch.gather(TRAIN, order, from, Math.min(57, from + 20));
                    loss += twin.step(batch) * batch.rows();
                    correct += twin.loss().correct(batch.rows(), 3, twin.lastOutput(), batch.labels());
                }
                History.Epoch ended = history.epochs().get(epoch);
                assertEquals(epoch + 1, ended.epoch());
                assertEquals(loss / 57, ended.trainLoss());
                assertEquals(correct / 57.0, ended.trainAccuracy());
                assertTrue(Double.isNaN(ended.validationLoss()) && Double.isNaN(ended.validationAccuracy()));
                assertEquals(twin.penalties(17), ended.penalties(), "as of the last, smaller batch");
                assertEquals(2, ended.penalties().size());
            }
            assertEquals(twin.digest(), model.digest());
            assertEquals(history.epochs().getLast(), history.last());
        }
    }

    @Test
    void validationIsAnInferencePass() {
        try (Model model = model(1)) {
            History history =
                    new Trainer(model).epochs(2).validation(VALIDATION).fit(TRAIN);
            Evaluation evaluation = model.predictor().evaluate(VALIDATION);
            assertEquals(evaluation.loss(), history.last().validationLoss());
            assertEquals(evaluation.accuracy(), history.last().validationAccuracy());
            assertNotEquals(
                    history.epochs().getFirst().validationLoss(), history.last().validationLoss());
        }
    }

    @Test
    void aBatchLargerThanTheDataIsTheData() {
        String[] digests = new String[2];
        for (int i = 0; i < 2; i++) {
            try (Model model = model(1)) {
                new Trainer(model).batchSize(i == 0 ? 57 : 1000).epochs(2).fit(TRAIN);
                digests[i] = model.digest();
            }
        }
        assertEquals(digests[0], digests[1]);
    }

    @Test
    void theListenerHearsEachEpochAsItEnds() {
        List<History.Epoch> heard = new ArrayList<>();
        try (Model model = model(1)) {
            History history = new Trainer(model).epochs(4).listener(heard::add).fit(TRAIN);
            assertEquals(history.epochs(), heard);
            assertThrows(
                    UnsupportedOperationException.class, () -> history.epochs().clear());
        }
    }

    @Test
    void xorIsLearned() {
        Dataset xor = Dataset.classification(2, new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 2, new int[] {0, 1, 1, 0});
        for (Loss loss : new Loss[] {Loss.SOFTMAX_CROSS_ENTROPY, Loss.BINARY_CROSS_ENTROPY}) {
            try (Model model = Model.inputs(2)
                    .add(new Dense(8))
                    .add(new Activation(Function.TANH))
                    .add(new Dense(loss == Loss.BINARY_CROSS_ENTROPY ? 1 : 2))
                    .loss(loss)
                    .optimizer(new Adam(0.05))
                    .build()) {
                History history = new Trainer(model).batchSize(4).epochs(300).fit(xor);
                assertEquals(1, history.last().trainAccuracy(), loss.toString());
                assertTrue(history.last().trainLoss() < 0.05, loss + " " + history.last());
                assertEquals(1, model.predictor().evaluate(xor).accuracy());
            }
        }
    }

    @Test
    void aLinearRegressionFindsItsCoefficients() {
        float[] x = dev.ridgeline.Floats.random(4, 200, 1);
        float[] y = new float[100];
        for (int r = 0; r < 100; r++) {
            y[r] = 3 * x[2 * r] - 2 * x[2 * r + 1] + 0.5f;
        }
        Dense dense = new Dense(1);
        try (Model model = Model.inputs(2)
                .add(dense)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(0.1f, 0.9f))
                .build()) {
            History history = new Trainer(model).batchSize(25).epochs(200).fit(Dataset.regression(2, x, 1, y));
            assertEquals(3, dense.parameters().get(0).value()[0], 1e-3);
            assertEquals(-2, dense.parameters().get(0).value()[1], 1e-3);
            assertEquals(0.5, dense.parameters().get(1).value()[0], 1e-3);
            assertTrue(Double.isNaN(history.last().trainAccuracy()), "no accuracy in a regression");
        }
    }

    @Test
    void badNumbersAreRefused() {
        try (Model model = model(1)) {
            refused(() -> new Trainer(model).batchSize(0), "batch size is 0", "at least 1");
            refused(() -> new Trainer(model).batchSize(-8), "batch size is -8", "at least 1");
            refused(() -> new Trainer(model).epochs(0), "epochs is 0", "at least 1");
        }
    }

    @Test
    void dataThatDoesNotFitIsRefused() {
        try (Model model = model(1)) {
            Dataset wide = Samples.classes(1, 9, 6, 3);
            refused(() -> new Trainer(model).fit(wide), "6 features", "takes 4", "Model.inputs(6)");
            refused(() -> new Trainer(model).validation(wide), "6 features", "takes 4");
            refused(() -> new Trainer(model).fit(Samples.classes(1, 9, 4, 4)), "4 classes", "3 outputs");
            refused(() -> new Trainer(model).fit(Samples.values(1, 9, 4, 3)), "3 target values", "3 outputs");
        }
    }

    @Test
    void aRunThatDivergesStopsAtItsEpoch() {
        Dataset data = Samples.values(1, 40, 4, 2);
        try (Model model = Model.inputs(4)
                .add(new Dense(8).name("hidden"))
                .add(new Dense(2))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(50))
                .build()) {
            List<Integer> ended = new ArrayList<>();
            NonFiniteLossException e = assertThrows(
                    NonFiniteLossException.class,
                    () -> new Trainer(model)
                            .batchSize(20)
                            .epochs(100)
                            .listener(epoch -> ended.add(epoch.epoch()))
                            .fit(data));
            assertTrue(e.getMessage().startsWith("epoch " + (ended.size() + 1) + ": the loss is "), e.getMessage());
            assertTrue(e.getMessage().contains("first not finite: "), e.getMessage());
            assertTrue(e.getMessage().contains("Lower the learning rate"), e.getMessage());
            assertTrue(e.getMessage().contains("Sgd[learningRate=50.0"), e.getMessage());
        }
    }

    /** The update of the last step is followed by no loss that would show it. */
    @Test
    void aLastUpdateThatOverflowsIsNoSuccess() {
        Dataset data = Dataset.classification(1, new float[] {100, 100}, 2, new int[] {0, 1});
        try (Model model =
                Model.inputs(1).add(new Dense(2)).optimizer(new Sgd(3e38f)).build()) {
            NonFiniteLossException e = assertThrows(
                    NonFiniteLossException.class,
                    () -> new Trainer(model).batchSize(4).fit(data));
            assertTrue(e.getMessage().startsWith("epoch 1: after step 0 not finite: Dense \"dense"), e.getMessage());
        }
    }

    private static void refused(Executable call, String... parts) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), () -> part + " in " + e.getMessage());
        }
    }

    @Test
    void nullIsRefusedByName() {
        missing("Trainer: the model is null", () -> new Trainer(null));
        try (Model model = Model.inputs(1).add(new Dense(2)).build()) {
            Trainer trainer = new Trainer(model);
            missing("the data set is null; make one", () -> trainer.fit(null));
            missing("the data set is null; make one", () -> trainer.validation(null));
            missing("the data set is null; make one", () -> model.verifyActive(null));
            missing("Trainer: a metric is null", () -> trainer.metrics((Metric) null));
            missing("Trainer: the listener is null; leave it out", () -> trainer.listener(null));
            missing(
                    "the inputs to predict from are null; give",
                    () -> model.predictor().predict(null));
            missing("Model: the file to save to is null", () -> model.save(null));
            missing("Model: the file to load is null", () -> Model.load(null, 1));
            missing("Model: the file to restore is null", () -> model.restore(null));
        }
    }

    private static void missing(String part, Executable call) {
        Exception e = assertThrows(NullPointerException.class, call);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
