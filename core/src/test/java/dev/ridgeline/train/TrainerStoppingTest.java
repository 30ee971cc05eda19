package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Stopping policies and metrics in a training run. */
class TrainerStoppingTest {
    private static final Dataset TRAIN = Samples.classes(1, 30, 4, 3);
    private static final Dataset VALIDATION = Samples.classes(2, 300, 4, 3);
    private static final Dataset FEW = Samples.classes(6, 9, 2, 3);
    private static final EarlyStopping POLICY = new EarlyStopping(Monitor.loss(), 5);

    /** A model that learns 30 rows by heart within a few epochs, moving statistics and all. */
    private static Model model() {
        return Model.inputs(4)
                .add(new Dense(16).kernelRegularizer(new L2(1e-4f)))
                .add(new Activation(Function.TANH).activityRegularizer(new L1(1e-3f)))
                .add(new BatchNorm())
                .add(new Dense(3).kernelRegularizer(new L1(1e-4f)))
                .optimizer(new Adam(0.05))
                .build();
    }

    private static Trainer trainer(Model model) {
        return new Trainer(model).batchSize(7).epochs(60).validation(VALIDATION);
    }

    /** Gives out recorded values, one each time the validation set is judged. */
    private static final class Recording implements Metric {
        private final double[] values;
        private final boolean higher;
        private int next;

        Recording(boolean higher, double... values) {
            this.higher = higher;
            this.values = values;
        }

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public boolean higherIsBetter() {
            return higher;
        }

        @Override
        public double value(Dataset data, float[] outputs, int[] predicted) {
            return data == VALIDATION || data == FEW ? values[next++] : 0;
        }
    }

    @Test
    void aRunStopsAndHasTheWeightsOfItsBestEpoch() {
        try (Model model = model()) {
            List<String> digests = new ArrayList<>();
            History history = trainer(model)
                    .stopping(POLICY)
                    .listener(epoch -> digests.add(model.digest()))
                    .fit(TRAIN);
            StoppingOutcome stopping = history.stopping();
            assertTrue(stopping.stopped() && stopping.stoppedAt() < 60, stopping::toString);
            assertEquals(stopping.stoppedAt(), history.epochs().size());
            assertEquals(60, stopping.planned());
            assertEquals(stopping.stoppedAt() - 5, stopping.restored());
            assertTrue(stopping.restored() > 1, "the first epoch would be no test");
            assertEquals(digests.get(stopping.restored() - 1), model.digest());
            assertNotEquals(digests.getLast(), model.digest());
            assertEquals(
                    history.epochs().get(stopping.restored() - 1).validationLoss(),
                    model.predictor().evaluate(VALIDATION).loss());
            assertTrue(stopping.reason().startsWith("loss has not improved for 5 epochs"), stopping.reason());
        }
    }

    @Test
    void withoutRestoringTheLastWeightsStay() {
        try (Model model = model()) {
            List<String> digests = new ArrayList<>();
            History history = trainer(model)
                    .stopping(new EarlyStopping(Monitor.loss(), 5, 0, 0, false))
                    .listener(epoch -> digests.add(model.digest()))
                    .fit(TRAIN);
            assertTrue(history.stopping().stopped());
            assertEquals(0, history.stopping().restored());
            assertTrue(history.stopping().best() > 1);
            assertEquals(digests.getLast(), model.digest());
        }
    }

    @Test
    void aRunToTheEndRestoresToo() {
        try (Model model = model()) {
            List<String> digests = new ArrayList<>();
            Recording falls = new Recording(true, 1, 3, 2, 2);
            History history = trainer(model)
                    .epochs(4)
                    .metrics(falls)
                    .stopping(new EarlyStopping(Monitor.of(falls), 10))
                    .listener(epoch -> digests.add(model.digest()))
                    .fit(TRAIN);
            assertEquals(new StoppingOutcome(4, 0, "", 2, 2), history.stopping());
            assertEquals(4, history.epochs().size());
            assertEquals(digests.get(1), model.digest());
        }
    }

    @Test
    void aPolicyThatSawNoBestRestoresNothing() {
        try (Model model = model()) {
            List<String> digests = new ArrayList<>();
            History history = trainer(model)
                    .epochs(3)
                    .stopping(new EarlyStopping(Monitor.loss(), 1, 0, 3, true))
                    .listener(epoch -> digests.add(model.digest()))
                    .fit(TRAIN);
            assertEquals(new StoppingOutcome(3, 0, "", 0, 0), history.stopping());
            assertEquals(digests.getLast(), model.digest());
        }
    }

    @Test
    void withoutAPolicyTheRunGoesToTheEnd() {
        try (Model model = model()) {
            assertEquals(
                    new StoppingOutcome(3, 0, "", 0, 0),
                    trainer(model).epochs(3).fit(TRAIN).stopping());
        }
    }

    @Test
    void aSecondFitBeginsAfresh() {
        try (Model model = model();
                Model fresh = model()) {
            Trainer trainer = trainer(model).stopping(POLICY);
            trainer.fit(TRAIN);
            for (int i = 0; i < model.parameters().size(); i++) {
                fresh.parameters().get(i).set(model.parameters().get(i).value());
            }
            model.resetOptimizer();
            History second = trainer.fit(TRAIN);
            History expected = trainer(fresh).stopping(POLICY).fit(TRAIN);
            assertEquals(expected.epochs(), second.epochs());
            assertEquals(expected.stopping(), second.stopping());
            assertEquals(fresh.digest(), model.digest());
        }
    }

    @Test
    void withoutValidationTheTrainingRowsAreWatched() {
        try (Model model = model()) {
            History history = new Trainer(model)
                    .epochs(40)
                    .stopping(new EarlyStopping(Monitor.loss(), 1, 0.05, 0, true))
                    .fit(TRAIN);
            int best = history.stopping().best();
            assertEquals(history.epochs().size(), history.stopping().stoppedAt());
            assertEquals(history.epochs().size() - 1, best, "a patience of one epoch");
            double lowest = history.epochs().get(best - 1).trainLoss();
            assertTrue(history.last().trainLoss() + 0.05 >= lowest);
            assertTrue(lowest + 0.05 < history.epochs().get(best - 2).trainLoss());
        }
    }

    @Test
    void aPolicyThatLacksAFigureSaysWhich() {
        try (Model model = model()) {
            Trainer trainer = new Trainer(model).epochs(3);
            Exception e = assertThrows(
                    IllegalStateException.class,
                    () -> trainer.stopping(new GeneralizationLoss(5)).fit(TRAIN));
            assertTrue(e.getMessage().contains("give rows to Trainer.validation"), e.getMessage());
            e = assertThrows(
                    IllegalStateException.class,
                    () -> trainer.stopping(new EarlyStopping(Monitor.of(new MacroF1()), 1))
                            .fit(TRAIN));
            assertTrue(e.getMessage().contains("Trainer.metrics"), e.getMessage());
        }
    }

    @Test
    void aRunThatDivergesRestoresNothing() {
        Dataset data = Samples.values(1, 40, 4, 2);
        try (Model model = Model.inputs(4)
                .add(new Dense(8))
                .add(new Dense(2))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(2))
                .build()) {
            List<String> digests = new ArrayList<>();
            assertThrows(
                    NonFiniteLossException.class,
                    () -> new Trainer(model)
                            .batchSize(20)
                            .epochs(100)
                            .stopping(new EarlyStopping(Monitor.loss(), 100))
                            .listener(epoch -> digests.add(model.digest()))
                            .fit(data));
            assertTrue(digests.size() > 1, () -> "some epochs end before: " + digests.size());
            assertNotEquals(digests.getFirst(), model.digest(), "the loss rises from the first epoch, the best");
        }
    }

    @Test
    void metricsSeeEveryRowInItsPlace() {
        Metric accuracy = new Metric() {
            @Override
            public String name() {
                return "accuracy by hand";
            }

            @Override
            public boolean higherIsBetter() {
                return true;
            }

            @Override
            public double value(Dataset data, float[] outputs, int[] predicted) {
                assertEquals(data.rows() * 3, outputs.length);
                assertEquals(data.rows(), predicted.length);
                int correct = 0;
                for (int row = 0; row < data.rows(); row++) {
                    correct += Loss.SOFTMAX_CROSS_ENTROPY.classOf(outputs, 3, row) == data.labels()[row] ? 1 : 0;
                    assertEquals(Loss.SOFTMAX_CROSS_ENTROPY.classOf(outputs, 3, row), predicted[row]);
                }
                return (double) correct / data.rows();
            }
        };
        try (Model model = model()) {
            History history =
                    trainer(model).epochs(3).metrics(accuracy, new MacroF1()).fit(TRAIN);
            History.Epoch last = history.last();
            assertEquals(
                    List.of("accuracy by hand", "macroF1"),
                    List.copyOf(last.validation().metrics().keySet()));
            assertEquals(last.trainAccuracy(), last.train().metrics().get("accuracy by hand"));
            assertEquals(last.validationAccuracy(), last.validation().metrics().get("accuracy by hand"));
            assertEquals(last.validation(), model.predictor().evaluate(VALIDATION, List.of(accuracy, new MacroF1())));
            double f1 = last.validation().metrics().get("macroF1");
            assertTrue(f1 > 0.3 && f1 <= 1, () -> "macro-F1 " + f1);
        }
    }

    /** The example of {@link Metric}. */
    private record MeanAbsoluteError() implements Metric {
        @Override
        public String name() {
            return "meanAbsoluteError";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public double value(Dataset data, float[] outputs, int[] predicted) {
            assertNull(predicted, "a regression predicts no classes");
            double sum = 0;
            for (int i = 0; i < outputs.length; i++) {
                sum += Math.abs((double) outputs[i] - data.targets()[i]);
            }
            return sum / outputs.length;
        }
    }

    @Test
    void aRegressionIsStoppedByAMetricOfOnesOwn() {
        Dataset train = Samples.values(1, 20, 2, 2);
        Dataset validation = Samples.values(2, 300, 2, 2);
        Metric error = new MeanAbsoluteError();
        try (Model model = Model.inputs(2)
                .add(new Dense(2))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Adam(0.2))
                .build()) {
            History history = new Trainer(model)
                    .epochs(200)
                    .validation(validation)
                    .metrics(error)
                    .stopping(new EarlyStopping(Monitor.of(error), 5))
                    .fit(train);
            StoppingOutcome stopping = history.stopping();
            assertTrue(stopping.saved() > 0, stopping::toString);
            float[] y = model.predictor().predict(validation.x());
            assertEquals(
                    error.value(validation, y, null),
                    history.epochs()
                            .get(stopping.restored() - 1)
                            .validation()
                            .metrics()
                            .get("meanAbsoluteError"));
            assertTrue(stopping.reason().startsWith("meanAbsoluteError has not improved"), stopping.reason());
        }
    }

    @Test
    void metricsOfTheSameNameAreRefused() {
        try (Model model = model()) {
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> new Trainer(model).metrics(new MacroF1(), new MacroF1()));
            assertTrue(
                    e.getMessage().contains("\"macroF1\"") && e.getMessage().contains("must be unique"),
                    e.getMessage());
        }
    }

    /** Data loss and penalties add up to the totals bit for bit, and the penalties are those of each layer. */
    @Test
    void thePartsAddUpToTheTotals() {
        try (Model model = model()) {
            History history = trainer(model).epochs(3).fit(TRAIN);
            for (History.Epoch epoch : history.epochs()) {
                for (Evaluation measured : List.of(epoch.train(), epoch.validation())) {
                    assertEquals(
                            List.of(
                                    "Dense \"dense1\" kernel",
                                    "Activation \"tanh1\" activity",
                                    "Dense \"dense2\" kernel"),
                            measured.penalties().stream().map(Penalty::name).toList());
                    List<Penalty> p = measured.penalties();
                    double total = measured.loss()
                            + p.get(0).value()
                            + p.get(1).value()
                            + p.get(2).value();
                    assertEquals(total, measured.totalLoss());
                    assertTrue(total > measured.loss());
                }
                assertEquals(epoch.train().totalLoss(), epoch.totalLoss());
                assertEquals(
                        epoch.penalties().getFirst(),
                        epoch.validation().penalties().getFirst(),
                        "the weights are the same");
                assertNotEquals(
                        epoch.penalties().get(1), epoch.validation().penalties().get(1), "the rows are not");
            }
        }
    }

    /** What a policy does live is what a replay of the run to the end says, whatever the figures. */
    @Test
    void replayIsWhatTheTrainerDoes() {
        SplittableRandom random = new SplittableRandom(7);
        Dataset train = Samples.classes(5, 6, 2, 3);
        int stopped = 0;
        for (int run = 0; run < 60; run++) {
            int epochs = 1 + random.nextInt(12);
            boolean higher = random.nextBoolean();
            double[] values = new double[epochs];
            for (int i = 0; i < epochs; i++) {
                values[i] = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(10);
            }
            History full = tiny(train, epochs, new Recording(higher, values), null);
            for (StoppingPolicy policy : policies(random, higher)) {
                History live = tiny(train, epochs, new Recording(higher, values), policy);
                assertEquals(full.replay(policy), live.stopping(), policy::toString);
                assertEquals(full.epochs().subList(0, live.stopping().trained()), live.epochs());
                stopped += live.stopping().saved() > 0 ? 1 : 0;
            }
        }
        assertTrue(stopped > 60 && stopped < 300, "some stop, some do not: " + stopped);
    }

    private static List<StoppingPolicy> policies(SplittableRandom random, boolean higher) {
        Monitor metric = Monitor.of(new Recording(higher));
        EarlyStopping first = new EarlyStopping(
                metric, random.nextInt(4), random.nextInt(3), random.nextInt(6), random.nextBoolean());
        return List.of(
                first,
                new AllOf(new EarlyStopping(Monitor.loss(), random.nextInt(4)), first),
                new GeneralizationLoss(random.nextInt(3)),
                new ProgressQuotient(random.nextDouble(0.1), 2 + random.nextInt(3)),
                new SuccessiveIncreases(1 + random.nextInt(2), 1 + random.nextInt(3)));
    }

    /** Trains a tiny model with a large learning rate, so that its losses go up and down. */
    private static History tiny(Dataset train, int epochs, Metric metric, StoppingPolicy policy) {
        try (Model model = Model.inputs(2)
                .add(new Dense(3))
                .optimizer(new Sgd(3))
                .seed(epochs)
                .build()) {
            Trainer trainer = new Trainer(model)
                    .batchSize(2)
                    .epochs(epochs)
                    .validation(FEW)
                    .metrics(metric);
            return (policy == null ? trainer : trainer.stopping(policy)).fit(train);
        }
    }
}
