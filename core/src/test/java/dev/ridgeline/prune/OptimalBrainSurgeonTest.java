package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Samples;
import dev.ridgeline.train.Trainer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimalBrainSurgeonTest {
    private static final double ALPHA = 1e-4;

    private static Model network(Loss loss) {
        return Model.inputs(4)
                .add(new Dense(5).name("hidden"))
                .add(new Activation(Function.TANH))
                .add(new Dense(loss == Loss.BINARY_CROSS_ENTROPY ? 1 : 3).name("out"))
                .loss(loss)
                .build();
    }

    /** Saliency, choice, adjustment: all as the formulas say, with H⁻¹ by elimination. */
    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MEAN_SQUARED_ERROR", "SOFTMAX_CROSS_ENTROPY", "BINARY_CROSS_ENTROPY"})
    void oneRemovalIsThatOfTheInvertedMatrix(Loss loss) {
        Dataset data = OptimalBrainDamageTest.data(loss);
        try (Model model = network(loss)) {
            double[] w = weights(model);
            double[][] inverse = Hessian.inverse(new Hessian(model, data).matrix(), ALPHA);
            int q = -1;
            for (int i = 0; i < w.length; i++) {
                boolean kernel = i < 20 || i >= 25 && i < 25 + 5 * model.outputs();
                q = kernel && (q < 0 || saliency(w, inverse, i) < saliency(w, inverse, q)) ? i : q;
            }
            double before = w[q];
            double predicted = saliency(w, inverse, q);
            for (int i = 0; i < w.length; i++) {
                w[i] -= before / inverse[q][q] * inverse[i][q];
            }
            PruningReport report = surgeon(Scope.NETWORK).prune(model, data, 1.0 / (20 + 5 * model.outputs()));
            assertEquals(1, report.removals().size());
            Removal removal = report.removals().getFirst();
            assertEquals(q < 20 ? "Dense \"hidden\" kernel" : "Dense \"out\" kernel", removal.tensor());
            assertEquals(q < 20 ? q : q - 25, removal.element());
            assertEquals(before, removal.weight());
            assertEquals(predicted, removal.predictedRise(), 1e-5 * predicted);
            assertArrayEquals(w, weights(model), 1e-5, "biases are adjusted too");
            assertEquals(8L * w.length * w.length, report.workspaceBytes());
            assertEquals(report.actualRise(), removal.actualRise());
        }
    }

    private static OptimalBrainSurgeon surgeon(Scope scope) {
        return new OptimalBrainSurgeon(Selection.kernels(), scope, ALPHA, 1 << 20);
    }

    private static double saliency(double[] w, double[][] inverse, int q) {
        return w[q] * w[q] / (2 * inverse[q][q]);
    }

    private static double[] weights(Model model) {
        return model.parameters().stream()
                .flatMapToDouble(p -> IntStream.range(0, p.value().length).mapToDouble(i -> p.value()[i]))
                .toArray();
    }

    /** A layer is its own H; the others stay as they are. */
    @Test
    void aLayerByItself() {
        Dataset data = OptimalBrainDamageTest.data(Loss.SOFTMAX_CROSS_ENTROPY);
        try (Model model = network(Loss.SOFTMAX_CROSS_ENTROPY)) {
            double[] w = weights(model);
            double[][] h = new Hessian(model, data).matrix();
            int[] out = IntStream.range(25, 25 + 18).toArray();
            double[][] inverse = Hessian.inverse(Hessian.part(h, out), ALPHA);
            PruningReport report = new OptimalBrainSurgeon(Selection.of("out"), Scope.LAYER, ALPHA, 8 * 18 * 18)
                    .prune(model, data, 1 / 15.0);
            Removal removal = report.removals().getFirst();
            int q = removal.element();
            double predicted = w[25 + q] * w[25 + q] / (2 * inverse[q][q]);
            assertEquals(predicted, removal.predictedRise(), 1e-5 * predicted);
            double[] after = weights(model);
            for (int i = 0; i < w.length; i++) {
                double expected = i < 25 ? w[i] : w[i] - w[25 + q] / inverse[q][q] * inverse[i - 25][q];
                assertEquals(expected, after[i], i < 25 ? 0 : 1e-5);
            }
        }
    }

    /**
     * Least squares: the rises are exact, and after any number of removals the weights that are left are those of least
     * squares without the removed ones.
     */
    @Test
    void exactOnAQuadratic() {
        int inputs = 8;
        Dataset data = Dataset.regression(inputs, Floats.random(11, 50 * inputs, 1), 2, Floats.random(12, 100, 1));
        try (Model model = Model.inputs(inputs)
                .add(new Dense(2))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build()) {
            for (Parameter p : model.parameters()) {
                p.set(new float[p.value().length]);
            }
            double[][] h = new Hessian(model, data).matrix();
            double[] slope = slope(data);
            setAll(model, Hessian.multiply(Hessian.inverse(h, 0), slope));
            double before = new Hessian(model, data).squaredError();
            PruningReport report = new OptimalBrainSurgeon().prune(model, data, 0.5);
            assertEquals(8, report.removals().size());
            for (Removal removal : report.removals()) {
                // the model computes in float
                assertEquals(removal.predictedRise(), removal.actualRise(), 1e-6 * report.lossBefore());
            }
            double rise = new Hessian(model, data).squaredError() - before;
            assertEquals(report.predictedRise(), rise, 1e-6 * rise);
            int[] left = IntStream.range(0, 18)
                    .filter(i ->
                            i >= 16 || !report.tensors().getFirst().removed().get(i))
                    .toArray();
            double[][] inverse = Hessian.inverse(Hessian.part(h, left), 0);
            double[] optimum = Hessian.multiply(
                    inverse, Arrays.stream(left).mapToDouble(i -> slope[i]).toArray());
            double[] w = weights(model);
            assertArrayEquals(
                    optimum, Arrays.stream(left).mapToDouble(i -> w[i]).toArray(), 1e-6);
            assertEquals(8, Arrays.stream(w).filter(v -> v == 0).count());
        }
    }

    /** -∂L/∂w at w = 0, in the order of the model: 2/(P·O)·Σ x·target, the bias's x being 1. */
    private static double[] slope(Dataset data) {
        double[] slope = new double[(data.features() + 1) * data.outputs()];
        for (int r = 0; r < data.rows(); r++) {
            for (int i = 0; i < slope.length; i++) {
                int k = i / data.outputs();
                double x = k == data.features() ? 1 : data.x()[r * data.features() + k];
                slope[i] += 2.0
                        / data.rows()
                        / data.outputs()
                        * x
                        * data.targets()[r * data.outputs() + i % data.outputs()];
            }
        }
        return slope;
    }

    private static void setAll(Model model, double[] w) {
        int at = 0;
        for (Parameter p : model.parameters()) {
            for (int i = 0; i < p.value().length; i++) {
                p.value()[i] = (float) w[at++];
            }
        }
    }

    /** A trained XOR network with more units than it needs loses five of its twelve weights and still knows its table. */
    @Test
    void xorSurvives() {
        Dataset xor = Dataset.regression(2, new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 1, new float[] {0, 1, 1, 0});
        try (Model model = Model.inputs(2)
                .add(new Dense(4))
                .add(new Activation(Function.TANH))
                .add(new Dense(1))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Adam(0.05))
                .build()) {
            Trainer trainer = new Trainer(model).batchSize(4).epochs(200);
            trainer.fit(xor);
            new IterativePruning(new OptimalBrainSurgeon(), SparsitySchedule.of(0.1, 0.2, 0.3, 0.4))
                    .run(trainer, xor, xor);
            assertArrayEquals(
                    new double[] {0, 1, 1, 0}, Floats.doubles(model.predictor().predict(xor.x()), 4), 0.1);
            assertEquals(
                    5,
                    Sparsity.of(model).stream()
                            .mapToInt(s -> s.size() - s.nonZeros())
                            .sum());
        }
    }

    @Test
    void theLossRisesLessThanByMagnitude() {
        Dataset data = Samples.classes(5, 120, 4, 3);
        double[] rises = new double[3];
        Pruner[] pruners = {
            new OptimalBrainSurgeon(Selection.kernels(), Scope.NETWORK, 1e-6, 1 << 20),
            new OptimalBrainDamage(),
            new MagnitudePruning(Scope.NETWORK)
        };
        for (int i = 0; i < rises.length; i++) {
            try (Model model = Model.inputs(4)
                    .add(new Dense(6))
                    .add(new Activation(Function.TANH))
                    .add(new Dense(3))
                    .optimizer(new Adam(0.02))
                    .build()) {
                new Trainer(model).batchSize(120).epochs(300).fit(data);
                rises[i] = pruners[i].prune(model, data, 0.3).actualRise();
            }
        }
        assertTrue(rises[0] < rises[1] && rises[0] < rises[2], () -> Arrays.toString(rises));
    }

    @Test
    void prunedWeightsTakeNoPartAndNoMemory() {
        Dataset data = OptimalBrainDamageTest.data(Loss.MEAN_SQUARED_ERROR);
        try (Model model = network(Loss.MEAN_SQUARED_ERROR)) {
            OptimalBrainSurgeon surgeon = surgeon(Scope.NETWORK);
            surgeon.prune(model, data, 0.2);
            assertEquals(8L * 36 * 36, surgeon.workspaceBytes(model));
            float[] mask = model.parameters().getFirst().mask().clone();
            PruningReport report = surgeon.prune(model, data, 0.4);
            assertEquals(7, report.removed());
            for (int i = 0; i < mask.length; i++) {
                assertTrue(mask[i] == 1 || model.parameters().getFirst().value()[i] == 0);
            }
            assertEquals(0, surgeon.prune(model, data, 0.1).removed());
        }
    }

    @Test
    void memoryIsStatedAndRefused() {
        Dataset data = OptimalBrainDamageTest.data(Loss.MEAN_SQUARED_ERROR);
        try (Model model = network(Loss.MEAN_SQUARED_ERROR)) {
            String digest = model.digest();
            long[] bytes = {8 * 20 * 20, 8 * 25 * 25, 8 * 43 * 43};
            String[] figures = {"20 weights takes 3,200", "25 weights takes 5,000", "43 weights takes 14,792"};
            String[] remedies = {"", "take Scope.TENSOR, ", "take Scope.LAYER, "};
            for (Scope scope : Scope.values()) {
                int i = scope.ordinal();
                assertEquals(bytes[i], surgeon(scope).workspaceBytes(model));
                OptimalBrainSurgeon small = new OptimalBrainSurgeon(Selection.kernels(), scope, ALPHA, bytes[i] - 1);
                Exception e = assertThrows(IllegalStateException.class, () -> small.prune(model, data, 0.5));
                assertEquals(
                        "OptimalBrainSurgeon: the inverse Hessian of " + figures[i] + " bytes (8·n²), the limit is "
                                + String.format("%,d", bytes[i] - 1) + "; " + remedies[i]
                                + "select fewer layers, or raise the limit",
                        e.getMessage());
            }
            assertEquals(digest, model.digest());
            assertNull(model.parameters().getFirst().mask());
            OptimalBrainSurgeon enough = new OptimalBrainSurgeon(Selection.kernels(), Scope.LAYER, ALPHA, bytes[1]);
            assertEquals(18, enough.prune(model, data, 0.5).removed(), "10 of 20 and 8 of 15");
        }
    }

    @Test
    void normalizationAndDropoutAreAsInInference() {
        Dataset data = Samples.classes(5, 40, 4, 3);
        try (Model model = Model.inputs(4)
                .add(new Dense(6))
                .add(new Activation(Function.RELU))
                .add(new Dropout(0.5f))
                .add(new BatchNorm(0.5, 1e-3))
                .add(new Dense(3))
                .build()) {
            new Trainer(model).epochs(5).fit(data);
            float[] mean = model.parameters().get(4).value().clone();
            PruningReport report = surgeon(Scope.NETWORK).prune(model, data, 0.1);
            assertArrayEquals(mean, model.parameters().get(4).value(), "no statistic moves");
            assertEquals(4, report.removed());
            assertNotEquals(0, report.predictedRise());
            assertEquals(0, report.tensors().get(2).sparsity().pruned(), "gamma is adjusted, not pruned");
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        for (double alpha : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "OptimalBrainSurgeon: alpha is " + alpha + "; it must be above 0 and finite, for example 1e-8",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> new OptimalBrainSurgeon(Selection.kernels(), Scope.NETWORK, alpha, 8))
                            .getMessage());
        }
        assertEquals(
                "OptimalBrainSurgeon: the memory limit is 7 bytes; it must be at least 8, for one weight",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new OptimalBrainSurgeon(Selection.kernels(), Scope.NETWORK, 1, 7))
                        .getMessage());
    }

    /** With hardly any α, and weights that nothing depends on, rounding leaves no digits. */
    @Test
    void refusesAnInverseThatRoundingSpoiled() {
        float[] x = new float[60];
        Arrays.fill(x, 1);
        Dataset data = Dataset.regression(3, x, 1, new float[20]);
        try (Model model =
                Model.inputs(3).add(new Dense(1)).loss(Loss.MEAN_SQUARED_ERROR).build()) {
            OptimalBrainSurgeon surgeon = new OptimalBrainSurgeon(Selection.kernels(), Scope.TENSOR, 1e-300, 1 << 20);
            Exception e = assertThrows(IllegalStateException.class, () -> surgeon.prune(model, data, 1));
            assertTrue(e.getMessage().startsWith(surgeon + ": the inverse Hessian has "), e::getMessage);
            assertTrue(
                    e.getMessage().endsWith(" on its diagonal, rounding has used up its digits; raise alpha"),
                    e::getMessage);
        }
    }
}
