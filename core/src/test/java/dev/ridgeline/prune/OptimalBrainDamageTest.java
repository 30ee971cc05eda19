package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimalBrainDamageTest {
    /** Orthogonal inputs of different size, targets that the weights 3, 2, -1, 0.5 reach: a minimum with loss 0. */
    private static final Dataset ORTHOGONAL = Dataset.regression(
            4, new float[] {0.1f, 0, 0, 0, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 2}, 1, new float[] {0.3f, 2, -4, 1});

    private static Model linear(int inputs, int outputs) {
        return Model.inputs(inputs)
                .add(new Dense(outputs))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
    }

    /** ½·h·w² = (x·w)²/4 is 0.0225, 1, 4, 0.25: the largest weight has the smallest input and goes first. */
    @Test
    void theLeastSalientNotTheSmallest() {
        try (Model model = linear(4, 1)) {
            Parameter kernel = model.parameters().getFirst();
            kernel.set(new float[] {3, 2, -1, 0.5f});
            PruningReport report = new OptimalBrainDamage().prune(model, ORTHOGONAL, 0.5);
            assertArrayEquals(new float[] {0, 2, -1, 0}, kernel.value());
            assertEquals(0.2725, report.predictedRise(), 1e-7);
            assertEquals(0.2725, report.actualRise(), 1e-7, "of orthogonal inputs the rises add up");
            assertEquals(8 * 2 * 4, report.workspaceBytes());
        }
    }

    /** At the minimum of a quadratic: any inputs, several outputs. */
    @Test
    void aSingleWeightIsExactOnAQuadratic() {
        int inputs = 5;
        int outputs = 3;
        float[] x = Floats.random(4, 40 * inputs, 2);
        float[] w = Floats.random(5, inputs * outputs, 1);
        for (int i = 0; i < w.length; i++) {
            // few digits, so that products and sums are exact
            w[i] = Math.round(w[i] * 64) / 64f;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.round(x[i] * 64) / 64f;
        }
        float[] targets = new float[40 * outputs];
        for (int i = 0; i < targets.length; i++) {
            for (int k = 0; k < inputs; k++) {
                targets[i] += x[i / outputs * inputs + k] * w[k * outputs + i % outputs];
            }
        }
        Dataset data = Dataset.regression(inputs, x, outputs, targets);
        try (Model model = linear(inputs, outputs)) {
            Parameter kernel = model.parameters().getFirst();
            kernel.set(w);
            double[][] h = new Hessian(model, data).matrix();
            PruningReport report = new OptimalBrainDamage().prune(model, data, 1.0 / w.length);
            int removed = report.tensors().getFirst().removed().nextSetBit(0);
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < w.length; i++) {
                least = Math.min(least, h[i][i] * w[i] * w[i] / 2);
            }
            assertEquals(1, report.removed());
            assertEquals(least, h[removed][removed] * w[removed] * w[removed] / 2);
            assertEquals(least, report.predictedRise(), 1e-7 * least);
            assertEquals(least, report.actualRise(), 1e-6 * least);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MEAN_SQUARED_ERROR", "SOFTMAX_CROSS_ENTROPY", "BINARY_CROSS_ENTROPY"})
    void theDiagonalIsThatOfTheGaussNewtonMatrix(Loss loss) {
        Dataset data = data(loss);
        try (Model model = Model.inputs(4)
                .add(new Dense(5))
                .add(new Activation(Function.TANH))
                .add(new Dense(loss == Loss.BINARY_CROSS_ENTROPY ? 1 : 3))
                .loss(loss)
                .build()) {
            double[][] h = new Hessian(model, data).matrix();
            int at = 0;
            double sum = 0;
            for (Parameter p : model.parameters()) {
                for (float w : p.value()) {
                    sum += h[at][at] * w * w / 2;
                    at++;
                }
            }
            PruningReport report =
                    new OptimalBrainDamage(Selection.kernels().withBiases(), Scope.LAYER).prune(model, data, 1);
            assertEquals(sum, report.predictedRise(), 1e-5 * sum);
        }
    }

    /** The data of a loss. */
    static Dataset data(Loss loss) {
        return switch (loss) {
            case MEAN_SQUARED_ERROR -> Samples.values(7, 30, 4, 3);
            case BINARY_CROSS_ENTROPY -> Samples.classes(7, 30, 4, 2);
            default -> Samples.classes(7, 30, 4, 3);
        };
    }

    @Test
    void eachScopeReachesItsFraction() {
        Dataset data = Samples.classes(7, 30, 4, 3);
        for (Scope scope : Scope.values()) {
            try (Model model = Model.inputs(4)
                    .add(new Dense(8))
                    .add(new Activation(Function.RELU))
                    .add(new Dropout(0.5f))
                    .add(new Dense(3))
                    .build()) {
                PruningReport report = new OptimalBrainDamage(Selection.kernels(), scope).prune(model, data, 0.25);
                assertEquals(14, report.removed());
                if (scope != Scope.NETWORK) {
                    assertEquals(8, report.tensors().get(0).sparsity().pruned());
                    assertEquals(6, report.tensors().get(2).sparsity().pruned());
                }
                assertEquals(0, report.tensors().get(1).sparsity().pruned());
            }
        }
    }
}
