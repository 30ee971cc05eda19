package dev.ridgeline.prune;

import static dev.ridgeline.Floats.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Initializer;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerFormat;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import dev.ridgeline.train.Samples;
import dev.ridgeline.train.Trainer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompactionTest {
    private static final float[] X = Floats.random(77, 50 * 4, 2);

    static Stream<Supplier<List<Layer<?>>>> architectures() {
        return Stream.of(
                () -> List.of(new Dense(9), new Activation(Function.RELU), new Dense(3)),
                () -> List.of(
                        new Dropout(0.2f),
                        new BatchNorm(),
                        new Dense(13),
                        new BatchNorm(0.5, 1e-3),
                        new Activation(Function.TANH),
                        new Dropout(0.5f),
                        new Dense(7),
                        new Activation(Function.SIGMOID),
                        new BatchNorm(0.3, 1e-2),
                        new Dense(3),
                        new Activation(Function.SOFTMAX)),
                () -> List.of(
                        new Dense(6),
                        new Dense(8),
                        new Activation(Function.GELU),
                        new Dense(5),
                        new Activation(Function.SOFTPLUS),
                        new Dropout(0.1f),
                        new Dense(11),
                        new Activation(Function.LEAKY_RELU),
                        new Dense(3)));
    }

    private static Model model(List<Layer<?>> layers) {
        ModelBuilder builder = Model.inputs(4).optimizer(new Sgd(0.05f));
        layers.forEach(builder::add);
        return builder.build();
    }

    /** Any pattern of dead units gives the same outputs, to rounding. */
    @ParameterizedTest
    @MethodSource("architectures")
    void theOutputsStay(Supplier<List<Layer<?>>> architecture) {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (Model model = model(architecture.get())) {
                new Trainer(model).fit(Samples.classes(seed, 30, 4, 3));
                List<Parameter> kernels = kernels(model);
                int dead = 0;
                for (int k = 0; k < kernels.size(); k++) {
                    for (int u = 0; k + 1 < kernels.size() && u < kernels.get(k).columns(); u++) {
                        int fate = random.nextInt(4);
                        dead += fate < 2 ? 1 : 0;
                        if (fate == 0) {
                            killColumn(kernels.get(k), u);
                        } else if (fate == 1) {
                            killRow(kernels.get(k + 1), u);
                        }
                    }
                    // biases that make constants count
                    Parameter bias = model.parameters().get(model.parameters().indexOf(kernels.get(k)) + 1);
                    bias.set(Floats.random(seed + k, bias.value().length, 1));
                }
                String digest = model.digest();
                try (Model small = Compaction.compact(model)) {
                    assertEquals(digest, model.digest());
                    assertTrue(dead == 0 || small.parameterCount() < model.parameterCount());
                    float[] expected = model.predictor().predict(X);
                    Floats.assertClose(
                            Floats.doubles(expected, expected.length),
                            small.predictor().predict(X),
                            3e-6,
                            "outputs");
                }
            }
        }
    }

    private static List<Parameter> kernels(Model model) {
        return model.parameters().stream().filter(p -> p.role() == Role.KERNEL).toList();
    }

    private static void killColumn(Parameter kernel, int column) {
        for (int i = 0; i < kernel.rows(); i++) {
            kernel.value()[i * kernel.columns() + column] = 0;
        }
    }

    private static void killRow(Parameter kernel, int row) {
        for (int j = 0; j < kernel.columns(); j++) {
            kernel.value()[row * kernel.columns() + j] = 0;
        }
    }

    /** One product whose bias takes constants: the stated bound for each output. */
    @Test
    void aFoldedBiasMovesByRoundingOnly() {
        for (int seed = 0; seed < 30; seed++) {
            try (Model model = model(List.of(new Dense(20), new Activation(Function.TANH), new Dense(3)))) {
                for (Parameter p : model.parameters()) {
                    p.set(Floats.random(seed * 10L + p.value().length, p.value().length, 1));
                }
                for (int u = 0; u < 20; u += 3) {
                    killColumn(kernels(model).getFirst(), u);
                }
                float[] hidden;
                try (Model lower = model(List.of(new Dense(20), new Activation(Function.TANH)))) {
                    lower.parameters().get(0).set(model.parameters().get(0).value());
                    lower.parameters().get(1).set(model.parameters().get(1).value());
                    hidden = lower.predictor().predict(X);
                }
                float[] w = model.parameters().get(2).value();
                float[] b = model.parameters().get(3).value();
                try (Model small = Compaction.compact(model)) {
                    assertEquals(13, small.layers().getFirst().outputs());
                    float[] before = model.predictor().predict(X);
                    float[] after = small.predictor().predict(X);
                    for (int i = 0; i < before.length; i++) {
                        double magnitudes = Math.abs(b[i % 3]);
                        for (int u = 0; u < 20; u++) {
                            magnitudes += Math.abs((double) hidden[i / 3 * 20 + u] * w[u * 3 + i % 3]);
                        }
                        assertEquals(before[i], after[i], 22 * 0x1p-24 * magnitudes);
                    }
                }
            }
        }
    }

    /** A unit that leads nowhere, or a rectifier that is always cut, adds only zeros. */
    @Test
    void bitForBitWhereNoConstantIsFolded() {
        for (int seed = 0; seed < 10; seed++) {
            try (Model model = model(List.of(
                    new Dense(40),
                    new Activation(Function.RELU),
                    new Dense(33),
                    new Activation(Function.TANH),
                    new Dense(3)))) {
                for (Parameter p : model.parameters()) {
                    p.set(Floats.random(seed * 10L + p.value().length, p.value().length, 1));
                }
                for (int u = 0; u < 40; u += 2) {
                    killColumn(kernels(model).get(0), u);
                    model.parameters().get(1).value()[u] = -0.5f;
                }
                for (int u = 0; u < 33; u += 3) {
                    killRow(kernels(model).get(2), u);
                }
                try (Model small = Compaction.compact(model)) {
                    assertEquals(List.of(20, 20, 22, 22, 3), widths(small));
                    assertSameBits(
                            model.predictor().predict(X), small.predictor().predict(X), "outputs");
                }
            }
        }
    }

    private static List<Integer> widths(Model model) {
        return model.layers().stream().map(Layer::outputs).toList();
    }

    /**
     * 1-2-2-2-1, linear. Unit a1 is constant 3 and feeds b1 alone with weight 2, which so becomes constant 10 + 6 = 16 and
     * adds 16·0.5 to c0; c1 leads nowhere.
     */
    @Test
    void constantsAreFoldedAndFollowed() {
        Dense a = new Dense(2).name("a");
        Dense b = new Dense(2).name("b");
        Dense c = new Dense(2).name("c");
        try (Model model = Model.inputs(1)
                .add(a)
                .add(b)
                .add(c)
                .add(new Dense(1))
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build()) {
            float[][] values = {{1, 0}, {5, 3}, {1, 0, 0, 2}, {1, 10}, {1, 7, 0.5f, 7}, {2, 2}, {1, 0}, {4}};
            for (int i = 0; i < values.length; i++) {
                model.parameters().get(i).set(values[i]);
            }
            try (Model small = Compaction.compact(model)) {
                float[][] expected = {{1}, {5}, {1}, {1}, {1}, {10}, {1}, {4}};
                for (int i = 0; i < expected.length; i++) {
                    assertArrayEquals(
                            expected[i],
                            small.parameters().get(i).value(),
                            small.parameters().get(i).name());
                }
            }
        }
    }

    /** A unit that feeds unused units only is unused; one unit stays, and the network is its constant. */
    @Test
    void aLayerKeepsAUnit() {
        try (Model model = model(List.of(
                new Dense(5),
                new Activation(Function.SIGMOID),
                new Dense(4),
                new Activation(Function.TANH),
                new Dense(3)))) {
            model.parameters().get(3).set(new float[] {1, 2, 3, 4});
            model.parameters().get(5).set(new float[] {1, 2, 3});
            Parameter last = kernels(model).get(2);
            last.set(new float[last.value().length]);
            try (Model small = Compaction.compact(model)) {
                assertEquals(List.of(1, 1, 1, 1, 3), widths(small));
                assertSameBits(model.predictor().predict(X), small.predictor().predict(X), "outputs");
            }
        }
        try (Model model = model(List.of(
                new Dense(5),
                new Activation(Function.SIGMOID),
                new Dense(4),
                new Activation(Function.TANH),
                new Dense(3)))) {
            Parameter first = kernels(model).get(0);
            first.set(new float[first.value().length]);
            try (Model small = Compaction.compact(model)) {
                assertEquals(List.of(1, 1, 1, 1, 3), widths(small));
                float[] expected = model.predictor().predict(X);
                Floats.assertClose(
                        Floats.doubles(expected, expected.length),
                        small.predictor().predict(X),
                        1e-6,
                        "outputs");
            }
        }
    }

    @Test
    void settingsAndMasksGoAlong() {
        Dataset data = Samples.classes(2, 40, 4, 3);
        try (Model model = Model.inputs(4)
                .add(new Dense(6)
                        .name("first")
                        .initializer(Initializer.HE_UNIFORM)
                        .kernelRegularizer(new L2(0.5f))
                        .biasRegularizer(new L1(0.25f))
                        .kernelConstraint(new MaxNorm(2))
                        .activityRegularizer(new L1(0.125f)))
                .add(new Activation(Function.RELU).name("relu"))
                .add(new Dropout(0.25f).name("drop"))
                .add(new BatchNorm(0.75, 0.5).name("norm"))
                .add(new Dense(3).name("last").dropConnect(0.125f))
                .labelSmoothing(0.0625f)
                .optimizer(new Sgd(0.125f))
                .seed(9)
                .threads(2)
                .build()) {
            new MagnitudePruning(Scope.TENSOR).prune(model, data, 0.5);
            killRow(kernels(model).get(1), 2);
            try (Model small = Compaction.compact(model)) {
                assertTrue(small.parameterCount() < model.parameterCount());
                for (int i = 0; i < 5; i++) {
                    Map<String, String> settings =
                            LayerFormat.write(model.layers().get(i));
                    settings.replace(
                            "units", String.valueOf(small.layers().get(i).outputs()));
                    assertEquals(settings, LayerFormat.write(small.layers().get(i)));
                }
                assertEquals(Loss.SOFTMAX_CROSS_ENTROPY, small.loss());
                assertEquals(new Sgd(0.125f), small.optimizer());
                assertEquals(0.0625f, small.labelSmoothing());
                assertEquals(9, small.seed());
                assertEquals(2, small.threads());
                int pruned =
                        Sparsity.of(small).stream().mapToInt(Sparsity::pruned).sum();
                assertTrue(pruned > 0);
                new Trainer(small).epochs(2).fit(data);
                assertEquals(
                        pruned,
                        Sparsity.of(small).stream()
                                .mapToInt(s -> s.size() - s.nonZeros())
                                .sum());
            }
        }
    }

    @Test
    void aPrunedBiasTakesAConstant() {
        try (Model model = model(List.of(new Dense(4), new Activation(Function.SIGMOID), new Dense(3)))) {
            killColumn(kernels(model).getFirst(), 1);
            model.parameters().get(3).mask(new float[3]);
            try (Model small = Compaction.compact(model)) {
                float[] expected = model.predictor().predict(X);
                Floats.assertClose(
                        Floats.doubles(expected, expected.length),
                        small.predictor().predict(X),
                        1e-6,
                        "outputs");
                assertArrayEquals(
                        new float[] {1, 1, 1}, small.parameters().get(3).mask());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Function.class, names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void everyActivationOfAConstant(Function function) {
        try (Model model = model(List.of(new Dense(4), new Activation(function), new Dense(3)))) {
            model.parameters().get(1).set(new float[] {0.5f, -1.5f, 0.25f, -0.75f});
            IntStream.of(0, 1).forEach(u -> killColumn(kernels(model).getFirst(), u));
            try (Model small = Compaction.compact(model)) {
                assertEquals(List.of(2, 2, 3), widths(small));
                float[] expected = model.predictor().predict(X);
                Floats.assertClose(
                        Floats.doubles(expected, expected.length),
                        small.predictor().predict(X),
                        1e-6,
                        "outputs");
            }
        }
    }

    @Test
    void refusesDeadUnitsThatASoftmaxMixes() {
        try (Model model = model(List.of(new Dense(4), new Activation(Function.SOFTMAX), new Dense(3)))) {
            try (Model same = Compaction.compact(model)) {
                assertSameBits(model.predictor().predict(X), same.predictor().predict(X), "nothing is dead");
            }
            killRow(kernels(model).get(1), 0);
            assertEquals(
                    "Compaction: Activation \"softmax1\" may mix the units of Dense \"dense1\", so that none can be removed"
                            + " without changing the others; remove single weights there",
                    assertThrows(IllegalArgumentException.class, () -> Compaction.compact(model))
                            .getMessage());
        }
    }

    @Test
    void boundsOfTheGradientsGoAlong() {
        try (Model model = Model.inputs(4)
                        .add(new Dense(3))
                        .clipGradientValue(0.25f)
                        .clipGradientNorm(0.5f)
                        .build();
                Model plain = Model.inputs(4).add(new Dense(3)).build();
                Model small = Compaction.compact(model);
                Model free = Compaction.compact(plain)) {
            assertEquals(0.25f, small.largestGradient());
            assertEquals(0.5f, small.largestGradientNorm());
            assertEquals(Float.POSITIVE_INFINITY, free.largestGradient());
            assertEquals(Float.POSITIVE_INFINITY, free.largestGradientNorm());
        }
    }
}
