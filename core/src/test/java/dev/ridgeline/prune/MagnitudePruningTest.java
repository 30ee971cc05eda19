package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Samples;
import dev.ridgeline.train.Trainer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudePruningTest {
    private static final Dataset ROW = Dataset.regression(2, new float[] {1, 1}, 1, new float[] {0});

    /** 2-2-1 with known weights; y = Σ kernel elements of the first layer, weighted, + biases. */
    private static Model known() {
        Model model = Model.inputs(2)
                .add(new Dense(2).name("a"))
                .add(new Dense(1).name("b"))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        model.parameters().get(0).set(new float[] {0.1f, -4, 3, -0.2f});
        model.parameters().get(1).set(new float[] {0.01f, 0.02f});
        model.parameters().get(2).set(new float[] {0.3f, 5});
        model.parameters().get(3).set(new float[] {0.03f});
        return model;
    }

    @Test
    void theSmallestOfEachTensor() {
        try (Model model = known()) {
            PruningReport report = new MagnitudePruning(Scope.TENSOR).prune(model, ROW, 0.5);
            assertArrayEquals(
                    new float[] {0, -4, 3, -0f}, model.parameters().get(0).value());
            assertArrayEquals(new float[] {0, 5}, model.parameters().get(2).value());
            assertArrayEquals(
                    new float[] {0.01f, 0.02f}, model.parameters().get(1).value(), "biases stay");
            assertEquals(3, report.removed());
            assertEquals(
                    List.of(new Sparsity("Dense \"a\" kernel", 4, 2, 2), BitSet.valueOf(new long[] {0b1001})),
                    List.of(
                            report.tensors().get(0).sparsity(),
                            report.tensors().get(0).removed()));
            assertEquals(0.5, report.tensors().get(0).sparsity().zeros());
            assertEquals(
                    BitSet.valueOf(new long[] {0b01}), report.tensors().get(2).removed());
            double before = 0.3 * (0.1 + 3 + 0.01) + 5 * (-4 - 0.2 + 0.02) + 0.03;
            double after = 5 * (-4 + 0.02) + 0.03;
            assertEquals(before * before, report.lossBefore(), 1e-3);
            assertEquals(after * after, report.lossAfter(), 1e-3);
            assertEquals(after * after - before * before, report.actualRise(), 1e-3);
            assertTrue(Double.isNaN(report.predictedRise()));
        }
    }

    @Test
    void theSmallestOfTheNetwork() {
        try (Model model = known()) {
            new MagnitudePruning(Scope.NETWORK).prune(model, ROW, 0.5);
            assertArrayEquals(
                    new float[] {0, -4, 3, -0f}, model.parameters().get(0).value());
            assertArrayEquals(new float[] {0, 5}, model.parameters().get(2).value());
            new MagnitudePruning(Selection.kernels().withBiases(), Scope.NETWORK).prune(model, ROW, 7 / 9.0);
            assertArrayEquals(
                    new float[] {0, -4, 0, -0f}, model.parameters().get(0).value());
            assertArrayEquals(new float[] {0, 0}, model.parameters().get(1).value());
            assertArrayEquals(new float[] {0, 5}, model.parameters().get(2).value());
        }
    }

    @Test
    void theSmallestOfALayerWithItsBias() {
        try (Model model = known()) {
            new MagnitudePruning(Selection.of("a").withBiases(), Scope.LAYER).prune(model, ROW, 0.5);
            assertArrayEquals(
                    new float[] {0, -4, 3, -0.2f}, model.parameters().get(0).value());
            assertArrayEquals(new float[] {0, 0}, model.parameters().get(1).value());
            assertArrayEquals(new float[] {0.3f, 5}, model.parameters().get(2).value());
        }
    }

    @Test
    void nothingIsBelowZero() {
        try (Model model = known()) {
            assertEquals(
                    0,
                    new MagnitudePruning(Scope.NETWORK)
                            .pruneBelow(model, ROW, 0)
                            .removed());
        }
    }

    @Test
    void belowAThreshold() {
        try (Model model = known()) {
            PruningReport report = new MagnitudePruning(Scope.NETWORK)
                    .pruneBelow(model, ROW, model.parameters().get(2).value()[0]);
            assertArrayEquals(
                    new float[] {0, -4, 3, -0f}, model.parameters().get(0).value());
            assertArrayEquals(new float[] {0.3f, 5}, model.parameters().get(2).value(), "not the one that equals it");
            assertEquals(2, report.removed());
        }
    }

    @Test
    void whatIsRemovedCountsAndStays() {
        try (Model model = known()) {
            Pruner pruner = new MagnitudePruning(Scope.TENSOR);
            pruner.prune(model, ROW, 0.5);
            PruningReport again = pruner.prune(model, ROW, 0.75);
            assertEquals(
                    BitSet.valueOf(new long[] {0b0100}), again.tensors().get(0).removed());
            assertEquals(
                    new Sparsity("Dense \"a\" kernel", 4, 3, 1),
                    again.tensors().get(0).sparsity());
            assertEquals(0, pruner.prune(model, ROW, 0.25).removed());
            assertEquals(3, again.tensors().get(0).sparsity().pruned());
            pruner.prune(model, ROW, 1);
            assertArrayEquals(
                    new float[] {0, -0f, 0, -0f}, model.parameters().get(0).value());
        }
    }

    @Test
    void ofEqualOnesTheFirst() {
        assertEquals(bits(0, 2, 3), Weights.smallest(3, new double[] {1, 5, 1, 1, 1, 7}));
        assertEquals(bits(0, 1, 2), Weights.smallest(3, new double[] {0, 0, 0, 0}));
        assertEquals(bits(), Weights.smallest(0, new double[] {0, 0}));
    }

    private static BitSet bits(int... indices) {
        BitSet bits = new BitSet();
        IntStream.of(indices).forEach(bits::set);
        return bits;
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Adam(0.01), new Sgd(0.1f), new Sgd(0.1f, 0.9f), new Sgd(0.1f, 0.9f, true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void prunedWeightsStayZeroWhileTrainingGoesOn(Optimizer optimizer) {
        Dataset data = Samples.classes(1, 90, 4, 3);
        Set<String> digests = new HashSet<>();
        for (int threads = 1; threads <= 3; threads += 2) {
            try (Model model = Model.inputs(4)
                    .add(new Dense(97).kernelRegularizer(new L2(0.001f)).kernelConstraint(new MaxNorm(1)))
                    .add(new Activation(Function.RELU))
                    .add(new Dense(131))
                    .add(new Activation(Function.TANH))
                    .add(new Dense(3).biasRegularizer(new L2(0.001f)))
                    .optimizer(optimizer)
                    .threads(threads)
                    .build()) {
                Trainer trainer = new Trainer(model).epochs(2).batchSize(45);
                double first = trainer.fit(data).epochs().getFirst().trainLoss();
                new MagnitudePruning(Selection.kernels().withBiases(), Scope.TENSOR).prune(model, data, 0.7);
                float[][] before =
                        model.parameters().stream().map(p -> p.value().clone()).toArray(float[][]::new);
                double last = trainer.fit(data).last().trainLoss();
                assertTrue(last < first, () -> last + " after, " + first + " before");
                for (int t = 0; t < before.length; t++) {
                    Parameter p = model.parameters().get(t);
                    boolean moved = false;
                    for (int i = 0; i < before[t].length; i++) {
                        if (p.mask()[i] == 0) {
                            assertEquals(0, Math.abs(p.value()[i]), p.name());
                        }
                        moved |= p.value()[i] != before[t][i];
                    }
                    assertTrue(moved, p.name() + " trains on");
                }
                digests.add(model.digest());
            }
        }
        assertEquals(1, digests.size(), "same bits for any number of threads");
    }

    /** The column's norm is taken without what is pruned: a mask after the projection would leave it below the bound. */
    @Test
    void theMaskComesBeforeTheProjectionOfColumns() {
        try (Model model = Model.inputs(2)
                .add(new Dense(1).kernelConstraint(new MaxNorm(1)))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(1))
                .build()) {
            Parameter kernel = model.parameters().getFirst();
            kernel.mask(new float[] {1, 0});
            model.step(Samples.batch(Dataset.regression(2, new float[] {1, 1}, 1, new float[] {100}), 1));
            assertEquals(1, kernel.value()[0], 1e-6);
            assertEquals(0, kernel.value()[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, -0.1, Double.NaN})
    void refusesAFractionOutOfRange(double fraction) {
        try (Model model = known()) {
            for (Pruner pruner : List.of(
                    new MagnitudePruning(Scope.TENSOR),
                    new OptimalBrainDamage(),
                    new OptimalBrainSurgeon(),
                    new UnitPruning(UnitPruning.Criterion.INCOMING))) {
                Exception e = assertThrows(IllegalArgumentException.class, () -> pruner.prune(model, ROW, fraction));
                assertEquals(
                        pruner + ": the fraction is " + fraction
                                + "; it is the part to be zero and must be within 0 and 1",
                        e.getMessage());
            }
            assertFalse(model.parameters().stream().anyMatch(p -> p.mask() != null), "nothing was removed");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN})
    void refusesAThresholdOutOfRange(double threshold) {
        MagnitudePruning pruner = new MagnitudePruning(Scope.TENSOR);
        try (Model model = known()) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> pruner.pruneBelow(model, ROW, threshold));
            assertEquals(
                    pruner + ": the threshold is " + threshold + "; it is a magnitude and must be at least 0",
                    e.getMessage());
        }
    }
}
