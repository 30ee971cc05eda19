package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ModelTest {
    private static ModelBuilder small() {
        return Model.inputs(4)
                .add(new Dense(6))
                .add(new Activation(Function.TANH))
                .add(new BatchNorm())
                .add(new Dropout(0.25f))
                .add(new Dense(3));
    }

    @Test
    void trainingSmoothsTheLabelsAndEvaluationDoesNot() {
        Dataset data = Samples.classes(1, 40, 4, 3);
        try (Model plain = Model.inputs(4)
                        .add(new Dense(3))
                        .optimizer(new Sgd(0.5f))
                        .build();
                Model smooth = Model.inputs(4)
                        .add(new Dense(3))
                        .optimizer(new Sgd(0.5f))
                        .labelSmoothing(0.2f)
                        .build()) {
            assertEquals(plain.predictor().evaluate(data), smooth.predictor().evaluate(data));
            float[] z = plain.predictor().predict(data.x());
            double expected = LossProbe.evaluate(
                    Loss.SOFTMAX_CROSS_ENTROPY, 0.2f, 3, z, 3, data.labels(), null, new float[z.length]);
            Batch batch = Samples.batch(data, 40);
            assertNotEquals(expected, plain.step(batch));
            assertEquals(expected, smooth.step(batch));
            for (int i = 0; i < 2000; i++) {
                smooth.step(batch);
                plain.step(batch);
            }
            assertMeanProbabilities(data, 0.2, smooth);
            assertMeanProbabilities(data, 0, plain);
            assertEquals(0.2f, smooth.labelSmoothing());
            assertEquals(0, plain.labelSmoothing());
        }
    }

    @Test
    void anObserverHearsOfTheLoopsOfAStepAndChangesNothing() {
        Dataset data = Samples.classes(1, 40, 4, 3);
        List<String> heard = new ArrayList<>();
        Team.Observer observer = new Team.Observer() {
            @Override
            public void begin() {
                heard.add("begin");
            }

            @Override
            public void end() {
                heard.add("end");
            }
        };
        try (Model plain = Model.inputs(4).add(new Dense(3)).build();
                Model observed =
                        Model.inputs(4).add(new Dense(3)).observer(observer).build()) {
            Batch batch = Samples.batch(data, 40);
            plain.step(batch);
            assertEquals(List.of(), heard);
            observed.step(batch);
            // the product forward, two gradients, two updates
            assertEquals(
                    Collections.nCopies(5, List.of("begin", "end")).stream()
                            .flatMap(List::stream)
                            .toList(),
                    heard);
            assertEquals(plain.digest(), observed.digest());
        }
        Exception e =
                assertThrows(NullPointerException.class, () -> Model.inputs(4).observer(null));
        assertEquals("Model: the observer is null; leave it out for none", e.getMessage());
    }

    /** Where the gradient to the biases is 0, the mean probability of a class is its mean target. */
    private static void assertMeanProbabilities(Dataset data, double smoothing, Model model) {
        float[] p = model.predictor().probabilities(data.x());
        double[] mean = new double[3];
        double[] target = new double[3];
        for (int i = 0; i < p.length; i++) {
            mean[i % 3] += (double) p[i] / data.rows();
            target[i % 3] += ((data.labels()[i / 3] == i % 3 ? 1 - smoothing : 0) + smoothing / 3) / data.rows();
        }
        assertArrayEquals(target, mean, 5e-3);
    }

    @Test
    void labelSmoothingThatMeansNothingIsRefused() {
        for (float smoothing : new float[] {-0.1f, 1, Float.NaN}) {
            refused(
                    () -> Model.inputs(4).labelSmoothing(smoothing),
                    "Model",
                    "label smoothing is " + smoothing,
                    "at least 0 and below 1");
        }
        refused(
                () -> Model.inputs(4)
                        .add(new Dense(3))
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .labelSmoothing(0.1f)
                        .build(),
                "label smoothing is 0.1",
                "MEAN_SQUARED_ERROR has no labels",
                "leave labelSmoothing out");
        Model.inputs(4)
                .add(new Dense(3))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .labelSmoothing(0)
                .build()
                .close();
    }

    @Test
    void theTableNamesNoiseDropConnectAndSmoothing() {
        try (Model model = Model.inputs(4)
                .add(new GaussianNoise(0.1f))
                .add(new Dense(6).dropConnect(0.5f).kernelRegularizer(new L2(0.1f)))
                .add(new Dense(3))
                .labelSmoothing(0.1f)
                .build()) {
            String table = model.toString();
            for (String part : List.of(
                    "GaussianNoise \"noise1\"",
                    "standard deviation 0.1",
                    "DropConnect rate 0.5, kernel L2",
                    "loss SOFTMAX_CROSS_ENTROPY, label smoothing 0.1, Adam")) {
                assertTrue(table.contains(part), () -> part + " in\n" + table);
            }
        }
        try (Model model = Model.inputs(4).add(new Dense(3)).build()) {
            assertTrue(!model.toString().contains("smoothing"), model.toString());
        }
    }

    @Test
    void countsParametersAsKerasDoes() {
        try (Model base = iris(false);
                Model normalized = iris(true)) {
            assertEquals(2499, base.parameterCount());
            assertEquals(2883, normalized.parameterCount());
        }
    }

    private static Model iris(boolean normalized) {
        ModelBuilder builder = Model.inputs(4);
        for (int units : new int[] {64, 32}) {
            builder.add(new Dense(units)).add(new Activation(Function.RELU));
            if (normalized) {
                builder.add(new BatchNorm());
            }
        }
        return builder.add(new Dense(3)).build();
    }

    @Test
    void sizesChain() {
        try (Model model = small().build()) {
            assertEquals(4, model.inputs());
            assertEquals(3, model.outputs());
            assertEquals(
                    List.of(4, 6, 6, 6, 6),
                    model.layers().stream().map(l -> l.inputs()).toList());
            assertEquals(
                    List.of(6, 6, 6, 6, 3),
                    model.layers().stream().map(l -> l.outputs()).toList());
        }
    }

    @Test
    void theDigestIsTheShaOfTheTensorsInLayerOrder() throws NoSuchAlgorithmException {
        try (Model model = small().build()) {
            List<Parameter.Role> roles =
                    model.parameters().stream().map(Parameter::role).toList();
            assertEquals(
                    List.of(
                            Parameter.Role.KERNEL,
                            Parameter.Role.BIAS,
                            Parameter.Role.GAMMA,
                            Parameter.Role.BETA,
                            Parameter.Role.MOVING_MEAN,
                            Parameter.Role.MOVING_VARIANCE,
                            Parameter.Role.KERNEL,
                            Parameter.Role.BIAS),
                    roles);
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Parameter p : model.parameters()) {
                for (float v : p.value()) {
                    sha.update(ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putFloat(0, v));
                }
            }
            assertEquals(HexFormat.of().formatHex(sha.digest()), model.digest());
            String before = model.digest();
            model.parameters().getLast().value()[2] = -0f;
            assertNotEquals(before, model.digest(), "one sign bit");
        }
    }

    @Test
    void theSeedDecidesTheStart() {
        try (Model a = small().build();
                Model b = small().build();
                Model c = small().seed(43).build()) {
            assertEquals(a.digest(), b.digest());
            assertNotEquals(a.digest(), c.digest());
        }
    }

    @Test
    void aStepLowersTheLossItReturns() {
        Batch batch = Samples.batch(Samples.classes(1, 50, 4, 3), 50);
        try (Model model =
                Model.inputs(4).add(new Dense(3)).optimizer(new Sgd(0.1f)).build()) {
            double before = model.step(batch);
            double after = model.step(batch);
            assertTrue(after < before && before > 0, before + " " + after);
        }
    }

    @Test
    void resetOptimizerRepeatsTheRun() {
        Batch batch = Samples.batch(Samples.classes(1, 20, 4, 3), 20);
        try (Model model = small().optimizer(new Adam(0.01)).build()) {
            float[][] start =
                    model.parameters().stream().map(p -> p.value().clone()).toArray(float[][]::new);
            String[] digests = new String[2];
            for (int run = 0; run < 2; run++) {
                for (int i = 0; i < start.length; i++) {
                    model.parameters().get(i).set(start[i]);
                }
                model.resetOptimizer();
                for (int step = 0; step < 5; step++) {
                    model.step(batch);
                }
                digests[run] = model.digest();
            }
            assertEquals(digests[0], digests[1]);
        }
    }

    @Test
    void penaltiesAreNamedAndMeasured() {
        Dense dense = new Dense(2).kernelRegularizer(new L1(0.5f)).biasRegularizer(new L2(2));
        try (Model model = Model.inputs(1)
                .add(dense)
                .add(new Activation(Function.LINEAR).name("out").activityRegularizer(new L2(4)))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(1e-6f))
                .build()) {
            dense.parameters().get(0).set(new float[] {1, -3});
            dense.parameters().get(1).set(new float[] {0.5f, 0});
            model.step(Samples.batch(Dataset.regression(1, new float[] {1, 0}, 2, new float[4]), 2));
            List<Penalty> penalties = model.penalties(2);
            assertEquals(
                    List.of("Dense \"dense1\" kernel", "Dense \"dense1\" bias", "Activation \"out\" activity"),
                    penalties.stream().map(Penalty::name).toList());
            assertEquals(0.5 * 4, penalties.get(0).value(), 1e-4);
            assertEquals(0.25, penalties.get(1).value(), 1e-4);
            // outputs (1.5, -3) and (0.5, 0): ½·4·Σy² / 2 rows
            assertEquals(2.25 + 9 + 0.25, penalties.get(2).value(), 1e-4);
        }
    }

    @Test
    void printsATable() {
        try (Model model = Model.inputs(4)
                .add(new Dense(64)
                        .name("hidden")
                        .kernelRegularizer(new L1(0.005f))
                        .kernelConstraint(new MaxNorm(3))
                        .biasRegularizer(new L2(1)))
                .add(new Activation(Function.RELU).activityRegularizer(new L1(0.25f)))
                .add(new Dropout(0.5f))
                .add(new Dense(3))
                .build()) {
            String table = model.toString();
            for (String part : new String[] {
                "layer",
                "output",
                "parameters",
                "regularizers",
                "hidden",
                "(batch, 64)",
                "320",
                "L1[lambda=0.005]",
                "MaxNorm[max=3.0]",
                "bias",
                "L2[lambda=1.0]",
                "activity",
                "L1[lambda=0.25]",
                "195",
                "515",
                "SOFTMAX_CROSS_ENTROPY",
                "Adam"
            }) {
                assertTrue(table.contains(part), () -> part + " in\n" + table);
            }
            assertTrue(table.lines().count() >= 6, table);
        }
    }

    @Test
    void aModelThatCannotBeBuiltSaysWhy() {
        refused(() -> Model.inputs(0), "Model", "inputs is 0", "at least 1");
        refused(() -> Model.inputs(2).build(), "no layer", "add");
        refused(() -> Model.inputs(2).add(new Dense(2)).threads(0).build(), "threads", "0", "at least 1");
        refused(
                () -> Model.inputs(4)
                        .add(new Dense(32))
                        .add(Dense.of(64, 3).name("hidden1"))
                        .build(),
                "Dense \"hidden1\"",
                "expects 64",
                "gives 32",
                "equal");
        refused(
                () -> Model.inputs(4)
                        .add(new Dense(3).name("twice"))
                        .add(new Dropout(0.5f).name("twice"))
                        .build(),
                "Dropout \"twice\"",
                "another layer has this name",
                "unique");
        refused(
                () -> Model.inputs(4)
                        .add(new Dense(3).kernelRegularizer(new L2(1e-9f)))
                        .optimizer(new Sgd(0.01f))
                        .build(),
                "Dense \"dense1\" kernel",
                "too weak",
                "times stronger");
    }

    @Test
    void aLayerBelongsToOneModel() {
        Dense dense = new Dense(4);
        Exception twice = assertThrows(
                IllegalStateException.class,
                () -> Model.inputs(4).add(dense).add(dense).build());
        assertTrue(
                twice.getMessage().contains("Dense \"dense1\" already belongs to a model")
                        && twice.getMessage().contains("make a new layer"),
                twice.getMessage());
        Dense other = new Dense(4);
        Model.inputs(4).add(other).build().close();
        assertThrows(
                IllegalStateException.class, () -> Model.inputs(4).add(other).build());
    }

    @Test
    void aBatchThatDoesNotFitIsRefused() {
        try (Model model = small().build()) {
            refused(() -> model.step(new Batch()), "batch is empty", "gather");
            Batch wide = Samples.batch(Samples.classes(1, 9, 5, 3), 9);
            refused(() -> model.step(wide), "5 features", "takes 4", "Model.inputs(5)");
            Batch many = Samples.batch(Samples.classes(1, 9, 4, 7), 9);
            refused(() -> model.step(many), "7 classes", "3 outputs");
            Batch targets = Samples.batch(Samples.values(1, 9, 4, 3), 9);
            refused(() -> model.step(targets), "3 target values", "3 outputs", "SOFTMAX_CROSS_ENTROPY");
        }
    }

    @Test
    void aLossThatIsNotFiniteNamesTheTensor() {
        Batch batch = Samples.batch(Samples.classes(1, 9, 4, 3), 9);
        try (Model model = Model.inputs(4)
                .add(new Dense(6))
                .add(new Activation(Function.RELU))
                .add(new Dense(3).name("last"))
                .build()) {
            model.parameters().get(2).value()[4] = Float.NaN;
            String before = model.digest();
            NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> model.step(batch));
            for (String part : new String[] {
                "the loss is NaN", "step 0", "Dense \"last\" kernel", "element 4", "learning rate", "Adam"
            }) {
                assertTrue(e.getMessage().contains(part), () -> part + " in " + e.getMessage());
            }
            assertEquals(before, model.digest(), "the weights are left as they were");
        }
    }

    /** Finite weights whose product is none. */
    @Test
    void aLossThatIsNotFiniteNamesTheFirstLayer() {
        Batch batch = Samples.batch(Samples.classes(1, 9, 4, 3), 9);
        try (Model model = Model.inputs(4)
                .add(new Dense(6).name("first"))
                .add(new Dense(6).name("second"))
                .add(new Dense(3))
                .build()) {
            for (int p : new int[] {0, 2}) {
                for (int i = 0; i < model.parameters().get(p).value().length; i++) {
                    model.parameters().get(p).value()[i] = 1e30f;
                }
            }
            NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> model.step(batch));
            assertTrue(e.getMessage().contains("first not finite: Dense \"second\" output"), e.getMessage());
        }
    }

    /** The rectifier's work is done by the layer after it: it has no outputs of its own to search. */
    @Test
    void aLossThatIsNotFiniteIsFoundBehindALayerLeftOut() {
        Batch batch = Samples.batch(Samples.classes(1, 9, 4, 3), 9);
        try (Model model = Model.inputs(4)
                .add(new Dense(6))
                .add(new Activation(Activation.Function.RELU))
                .add(new BatchNorm())
                .add(new Dense(3).name("last"))
                .build()) {
            model.parameters().getLast().value()[1] = Float.NaN;
            NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> model.step(batch));
            assertTrue(e.getMessage().contains("first not finite: Dense \"last\" bias, element 1"), e.getMessage());
        }
    }

    @Test
    void aClosedModelHasNoThreadsAndSaysSo() throws InterruptedException {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        Model model = small().threads(2).build();
        List<Thread> own = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ridgeline-") && !others.contains(thread))
                .toList();
        assertEquals(1, own.size());
        Batch batch = Samples.batch(Samples.classes(1, 9, 4, 3), 9);
        model.step(batch);
        model.close();
        own.getFirst().join(5_000);
        assertFalse(own.getFirst().isAlive());
        Exception e = assertThrows(IllegalStateException.class, () -> model.step(batch));
        assertEquals("the model is closed, its threads have ended; close it after its last step", e.getMessage());
        assertEquals(64, model.digest().length());
    }

    private static void refused(Executable call, String... parts) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), () -> part + " in " + e.getMessage());
        }
    }
}
