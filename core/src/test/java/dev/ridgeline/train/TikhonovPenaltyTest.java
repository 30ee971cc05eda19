package dev.ridgeline.train;

import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.prune.Compaction;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.Quadrature;
import dev.ridgeline.regularizer.Tikhonov;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TikhonovPenaltyTest {
    private static final Tikhonov.Weight BELL = (x, offset, n) -> 1 / (1 + x[offset] * x[offset]);
    private static final Tikhonov.Weight SLOPE = (x, offset, n) -> 2 + x[offset + n - 1];

    private static Model network(Tikhonov tikhonov, Function function, int... sizes) {
        ModelBuilder builder = Model.inputs(sizes[0])
                .loss(Loss.MEAN_SQUARED_ERROR)
                .optimizer(new Sgd(1))
                .tikhonov(tikhonov);
        for (int i = 1; i < sizes.length; i++) {
            builder.add(new Dense(sizes[i]));
            if (i < sizes.length - 1) {
                builder.add(new Activation(function));
            }
        }
        Model model = builder.build();
        long seed = 20;
        for (Parameter p : model.parameters()) {
            p.set(random(seed++, p.value().length, p.role() == Parameter.Role.BIAS ? 0.5f : 0.9f));
        }
        return model;
    }

    private static double[] means(int rows) {
        double[] weights = new double[rows];
        Arrays.fill(weights, 1.0 / rows);
        return weights;
    }

    /** Value and gradient against the closed forms in double, the gradient by central differences. */
    private static void assertDerivative(Model model, Tikhonov tikhonov, int rows, String what) {
        float[] x = random(rows, rows * model.inputs(), 1.5f);
        Quadrature rule = tikhonov.nodes();
        DoubleTikhonov reference = rule == null
                ? new DoubleTikhonov(model, tikhonov, x, means(rows))
                : new DoubleTikhonov(model, tikhonov, rule.nodes(), doubles(rule.weights(), rule.size()));
        double value = TikhonovProbe.evaluate(model, rows, x);
        assertEquals(reference.value(), value, 1e-5 * reference.value(), what);
        for (int i = 0; i < reference.tensors.length; i++) {
            Parameter p = model.parameters().get(i);
            double[] expected = gradient(reference.tensors[i], reference::value);
            if (Arrays.stream(expected).allMatch(g -> Math.abs(g) < 1e-9 * value)) {
                // derivatives do not depend on the last bias
                assertSameBits(new float[expected.length], p.gradient(), what + " " + p.name());
            } else {
                assertClose(expected, p.gradient(), 1e-5, what + " " + p.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"RELU", "LEAKY_RELU", "SOFTMAX"},
            mode = EnumSource.Mode.EXCLUDE)
    void theGradientIsTheDerivative(Function function) {
        for (Tikhonov tikhonov : List.of(
                new Tikhonov(0.7f, 0, 0),
                new Tikhonov(0, 0.7f, 0),
                new Tikhonov(0, 0, 0.7f),
                new Tikhonov(0.3f, 0.2f, 0.1f),
                new Tikhonov(0.3f, 0, 0.1f))) {
            if (function == Function.LINEAR && tikhonov.order() == 2 && !tikhonov.penalises(0)) {
                continue;
            }
            try (Model one = network(tikhonov, function, 1, 9, 1);
                    Model deep = network(tikhonov, function, 3, 7, 5, 4, 2)) {
                assertDerivative(one, tikhonov, 1, "1-9-1 " + function + " " + tikhonov);
                assertDerivative(deep, tikhonov, 13, "3-7-5-4-2 " + function + " " + tikhonov);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"RELU", "LEAKY_RELU"})
    void rectifiersHaveTheFirstOrder(Function function) {
        Tikhonov tikhonov = new Tikhonov(0.2f, 0.7f, 0);
        try (Model model = network(tikhonov, function, 3, 17, 9, 5);
                Model backward = network(tikhonov, function, 3, 17, 9, 1)) {
            assertDerivative(model, tikhonov, 5, function.toString());
            assertDerivative(backward, tikhonov, 5, function + " backward");
        }
    }

    @Test
    void weightsMayBeFunctionsAndRowsMayBeNodes() {
        Tikhonov functions = new Tikhonov(BELL, SLOPE, BELL);
        Tikhonov slope = new Tikhonov(new Tikhonov.Constant(0), SLOPE, new Tikhonov.Constant(0));
        Quadrature points = Quadrature.of(3, random(4, 3 * 17, 1), squares(random(5, 17, 1)));
        for (Tikhonov tikhonov : List.of(functions, functions.over(points), slope, slope.over(points))) {
            try (Model model = network(tikhonov, Function.TANH, 3, 7, 5, 2)) {
                assertDerivative(model, tikhonov, 13, tikhonov.toString());
            }
        }
    }

    private static float[] squares(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= values[i];
        }
        return values;
    }

    /** The closed forms themselves, against what the model predicts around a row. */
    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"RELU", "LEAKY_RELU", "SOFTMAX"},
            mode = EnumSource.Mode.EXCLUDE)
    void theValueIsThatOfTheFunction(Function function) {
        double h = 1.0 / 16;
        for (int r = 0; r < 3; r++) {
            Tikhonov tikhonov = new Tikhonov(r == 0 ? 1 : 0, r == 1 ? 1 : 0, r == 2 ? 1 : 0);
            try (Model model = network(tikhonov, function, 2, 6, 3)) {
                float[] center = {0.25f, -0.5f};
                double value = TikhonovProbe.evaluate(model, 1, center);
                double sum = 0;
                for (int i = 0; i < (r == 0 ? 1 : 2); i++) {
                    float[] x = new float[5 * 2];
                    for (int k = -2; k <= 2; k++) {
                        x[(k + 2) * 2] = center[0] + (float) (i == 0 ? k * h : 0);
                        x[(k + 2) * 2 + 1] = center[1] + (float) (i == 1 ? k * h : 0);
                    }
                    float[] y = model.predictor().predict(x);
                    for (int o = 0; o < 3; o++) {
                        double first = (8 * (y[9 + o] - (double) y[3 + o]) + y[o] - y[12 + o]) / (12 * h);
                        double second =
                                (16 * (y[9 + o] + (double) y[3 + o]) - y[12 + o] - y[o] - 30 * y[6 + o]) / (12 * h * h);
                        double derivative = r == 0 ? y[6 + o] : r == 1 ? first : second;
                        sum += derivative * derivative;
                    }
                }
                assertEquals(sum, value, 2e-3 * value + 1e-6, function + " order " + r);
            }
        }
    }

    /**
     * y = v·f(w·x + b) + c over [-1, 2.5]. With t = tanh: ∫y'² = v²w·[t - t³/3], ∫y''² = 4v²w³·[t³/3 - t⁵/5]. With s =
     * sigmoid: ∫y'² = v²w·[s²/2 - s³/3], ∫y''² = v²w³·[s²/2 - 5s³/3 + 2s⁴ - 4s⁵/5].
     */
    @Test
    void matchesIntegralsOfKnownFunctions() {
        double v = 1.25;
        double w = 1.5;
        double b = -0.75;
        double low = Math.tanh(-w + b);
        double high = Math.tanh(2.5 * w + b);
        assertEquals(
                v * v * w * (high - Math.pow(high, 3) / 3 - low + Math.pow(low, 3) / 3),
                integral(Function.TANH, 1, v, w, b),
                1e-6);
        assertEquals(
                4
                        * v
                        * v
                        * w
                        * w
                        * w
                        * (Math.pow(high, 3) / 3 - Math.pow(high, 5) / 5 - Math.pow(low, 3) / 3 + Math.pow(low, 5) / 5),
                integral(Function.TANH, 2, v, w, b),
                2e-6);
        low = 1 / (1 + Math.exp(w - b));
        high = 1 / (1 + Math.exp(-2.5 * w - b));
        assertEquals(
                v * v * w * (high * high / 2 - Math.pow(high, 3) / 3 - low * low / 2 + Math.pow(low, 3) / 3),
                integral(Function.SIGMOID, 1, v, w, b),
                1e-6);
        assertEquals(v * v * w * w * w * (bend(high) - bend(low)), integral(Function.SIGMOID, 2, v, w, b), 1e-6);
    }

    private static double bend(double s) {
        return s * s / 2 - 5 * s * s * s / 3 + 2 * Math.pow(s, 4) - 4 * Math.pow(s, 5) / 5;
    }

    private static double integral(Function function, int order, double v, double w, double b) {
        Tikhonov tikhonov =
                new Tikhonov(0, order == 1 ? 1 : 0, order == 2 ? 1 : 0).over(Quadrature.gaussLegendre(40, -1, 2.5));
        try (Model model = network(tikhonov, function, 1, 1, 1)) {
            float[] values = {(float) w, (float) b, (float) v, 0.5f};
            for (int i = 0; i < values.length; i++) {
                model.parameters().get(i).set(new float[] {values[i]});
            }
            return TikhonovProbe.evaluate(model, 1, new float[1]);
        }
    }

    /** h_1 = σ² of a linear model is σ²·‖w‖², what input noise of variance σ² adds to the squared loss. */
    @Test
    void aLinearModelHasTheNormOfItsWeights() {
        float variance = 0.25f;
        for (int outputs : new int[] {1, 5}) {
            try (Model model = network(new Tikhonov(0, variance, 0), Function.LINEAR, 3, outputs)) {
                Parameter kernel = model.parameters().getFirst();
                float[] w = new float[3 * outputs];
                double norm = 0;
                for (int i = 0; i < w.length; i++) {
                    w[i] = (i % 2 == 0 ? 1 : -1) * (0.5f + i);
                    norm += w[i] * w[i];
                }
                kernel.set(w);
                assertEquals(variance * norm, TikhonovProbe.evaluate(model, 4, random(3, 12, 2)));
                float[] expected = new float[w.length];
                for (int i = 0; i < w.length; i++) {
                    expected[i] = 2 * variance * w[i];
                }
                assertSameBits(expected, kernel.gradient(), "2·σ²·w");
                assertSameBits(new float[outputs], model.parameters().get(1).gradient(), "bias");
            }
        }
    }

    @Test
    void allZeroIsNoPenalty() {
        try (Model model = network(new Tikhonov(0, 0, 0), Function.RELU, 2, 3, 1)) {
            assertEquals(List.of(), model.penalties(1));
            assertEquals(0, TikhonovProbe.evaluate(model, 1, new float[2]));
        }
    }

    /** What a step of gradient descent with rate 1 subtracts is the sum of both gradients. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2"})
    void aStepAddsItToTheLoss(int order, int threads) {
        Tikhonov tikhonov = new Tikhonov(0.1f, 0.3f, order == 2 ? 0.2f : 0);
        Batch batch = Samples.batch(Samples.values(1, 9, 4, 2), 9);
        try (Model plain = network(new Tikhonov(0, 0, 0), Function.SIGMOID, 4, 8, 2);
                Model model = network(tikhonov, Function.SIGMOID, 4, 8, 2)) {
            double penalty = TikhonovProbe.evaluate(model, 9, batch.x());
            float[][] gradients =
                    model.parameters().stream().map(p -> p.gradient().clone()).toArray(float[][]::new);
            assertEquals(plain.step(batch), model.step(batch), "the data loss is without penalties");
            for (int i = 0; i < gradients.length; i++) {
                Parameter p = plain.parameters().get(i);
                double[] expected = new double[gradients[i].length];
                for (int j = 0; j < expected.length; j++) {
                    expected[j] = (double) p.gradient()[j] + gradients[i][j];
                }
                assertClose(expected, model.parameters().get(i).gradient(), 1e-6, p.name());
                assertFalse(Arrays.equals(p.value(), model.parameters().get(i).value()), p.name());
            }
            assertEquals(List.of(new Penalty(tikhonov.toString(), penalty)), model.penalties(9));
        }
    }

    @Test
    void totalLossHoldsItOverTheRowsThatAreEvaluated() {
        Dataset data = Samples.values(3, 600, 2, 1);
        Tikhonov rows = new Tikhonov(BELL, SLOPE, BELL);
        Quadrature rule = Quadrature.of(2, random(6, 10, 1), new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f});
        for (Tikhonov tikhonov : List.of(rows, rows.over(rule))) {
            try (Model model = network(tikhonov, Function.TANH, 2, 5, 1)) {
                Evaluation evaluation = model.predictor().evaluate(data);
                double penalty = TikhonovProbe.evaluate(model, 600, data.x());
                assertEquals(penalty, evaluation.totalLoss() - evaluation.loss(), 1e-5 * penalty, tikhonov.toString());
                // another batch size, the same mean; the nodes stay where they are
                model.step(Samples.batch(data, 7));
                double smaller = TikhonovProbe.evaluate(model, 7, data.x());
                double stepped = model.penalties(7).getFirst().value();
                assertTrue(stepped != smaller, "penalties are those before the update");
            }
        }
    }

    @Test
    void standsBesideOtherPenalties() {
        Tikhonov tikhonov = new Tikhonov(0, 0.5f, 0);
        try (Model model = Model.inputs(3)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .add(new Dense(4).kernelRegularizer(new L2(0.5f)))
                .tikhonov(tikhonov)
                .build()) {
            Dataset data = Samples.values(1, 20, 3, 4);
            History history = new Trainer(model).batchSize(7).validation(data).fit(data);
            List<Penalty> penalties = history.epochs().getFirst().penalties();
            assertEquals(
                    List.of("Dense \"dense1\" kernel", tikhonov.toString()),
                    penalties.stream().map(Penalty::name).toList());
            assertTrue(penalties.getLast().value() > 0);
            assertTrue(model.toString().endsWith("Tikhonov[h0=0.0, h1=0.5, h2=0.0]"), model::toString);
        }
    }

    /** Noisy sine data: without the penalty on curvature the network follows the noise. */
    @Test
    void curvatureMakesNoisyDataSmooth() {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[24];
        float[] targets = new float[24];
        for (int i = 0; i < x.length; i++) {
            x[i] = -1 + 2f * i / (x.length - 1);
            double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            targets[i] = (float) (Math.sin(3 * x[i]) + 0.6 * noise);
        }
        Dataset noisy = Dataset.regression(1, x, 1, targets);
        float[] grid = new float[201];
        float[] truth = new float[201];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = -1 + i / 100f;
            truth[i] = (float) Math.sin(3 * grid[i]);
        }
        Dataset sine = Dataset.regression(1, grid, 1, truth);
        Quadrature interval = Quadrature.gaussLegendre(40, -1, 1);
        double[] bends = new double[2];
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Tikhonov tikhonov = new Tikhonov(0, 0, i == 0 ? 0 : 1e-4f).over(interval);
            try (Model model = Model.inputs(1)
                    .add(new Dense(30))
                    .add(new Activation(Function.TANH))
                    .add(new Dense(30))
                    .add(new Activation(Function.TANH))
                    .add(new Dense(1))
                    .loss(Loss.MEAN_SQUARED_ERROR)
                    .optimizer(new Adam(0.01))
                    .tikhonov(tikhonov)
                    .build()) {
                new Trainer(model).batchSize(24).epochs(1000).fit(noisy);
                errors[i] = model.predictor().evaluate(sine).loss();
                double[] weights = doubles(interval.weights(), interval.size());
                bends[i] = new DoubleTikhonov(model, new Tikhonov(0, 0, 1), interval.nodes(), weights).value();
            }
        }
        assertTrue(bends[1] < bends[0] / 2, () -> "∫y''² " + Arrays.toString(bends));
        assertTrue(errors[1] < 0.7 * errors[0], () -> "error " + Arrays.toString(errors));
    }

    @Test
    void refusesWhatDoesNotFit() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> network(
                                new Tikhonov(0, 1, 0).over(Quadrature.gaussLegendre(3, 0, 1)), Function.TANH, 2, 3, 1))
                .getMessage();
        assertEquals(
                "Tikhonov: the quadrature's points have 1 coordinates, the model takes 2 inputs; make the two numbers"
                        + " equal",
                message);
        message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Model.inputs(2)
                                .add(new Dense(3))
                                .add(new BatchNorm())
                                .add(new Dense(2))
                                .tikhonov(new Tikhonov(0, 1, 0))
                                .build())
                .getMessage();
        assertTrue(message.startsWith("BatchNorm \"batchnorm1\": Tikhonov's penalty"), message);
        assertThrows(NullPointerException.class, () -> Model.inputs(2).tikhonov(null));
    }

    @Test
    void refusesAFunctionThatIsNoWeight() {
        List<String> messages = new ArrayList<>();
        for (Tikhonov tikhonov : List.of(
                new Tikhonov(new Tikhonov.Constant(1), (x, offset, n) -> -x[offset], new Tikhonov.Constant(0)),
                new Tikhonov(new Tikhonov.Constant(0), (x, offset, n) -> 0 / x[offset], new Tikhonov.Constant(0))
                        .over(Quadrature.of(1, new float[] {1, 0}, new float[] {1, 1})))) {
            try (Model model = network(tikhonov, Function.TANH, 1, 2, 1)) {
                Batch batch = Samples.batch(Dataset.regression(1, new float[] {0, 3}, 1, new float[2]), 2);
                String before = model.digest();
                messages.add(assertThrows(IllegalArgumentException.class, () -> model.step(batch))
                        .getMessage());
                assertEquals(before, model.digest(), "the weights are left as they were");
            }
        }
        assertEquals("Tikhonov: h1 is -3.0 at row 1; it must be a finite number of at least 0", messages.get(0));
        assertEquals("Tikhonov: h1 is NaN at node 1; it must be a finite number of at least 0", messages.get(1));
    }

    @Test
    void asksForAStepFirst() {
        try (Model model = network(new Tikhonov(0, 1, 0), Function.TANH, 1, 2, 1)) {
            String message = assertThrows(IllegalStateException.class, () -> model.penalties(1))
                    .getMessage();
            assertTrue(message.startsWith("Tikhonov[") && message.endsWith("after a training step"), message);
        }
    }

    @Test
    void aFileKeepsIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.npz");
        Batch batch = Samples.batch(Samples.values(1, 9, 2, 1), 9);
        Tikhonov rows = new Tikhonov(0.1f, 1e-7f, 0.3f);
        Quadrature rule = Quadrature.of(2, random(6, 10, 1), new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f});
        for (Tikhonov tikhonov : List.of(rows, rows.over(rule))) {
            try (Model model = network(tikhonov, Function.TANH, 2, 5, 1)) {
                model.step(batch);
                model.save(file);
                try (Model loaded = Model.load(file, 1)) {
                    assertEquals(tikhonov, loaded.tikhonov());
                    model.step(batch);
                    loaded.step(batch);
                    assertEquals(model.digest(), loaded.digest());
                }
            }
        }
        try (Model model = network(rows.over(rule), Function.TANH, 2, 5, 1)) {
            model.save(file);
        }
        try (Model other = network(rows, Function.TANH, 2, 5, 1)) {
            String message = assertThrows(ModelFileException.class, () -> other.restore(file))
                    .getMessage();
            assertTrue(message.contains("tikhonov node inputs is 2 there and null here"), message);
        }
    }

    @Test
    void aFileCannotKeepAFunction(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.npz");
        try (Model model = network(new Tikhonov(BELL, SLOPE, BELL), Function.TANH, 2, 5, 1)) {
            model.save(file);
            String message = assertThrows(ModelFileException.class, () -> Model.load(file, 1))
                    .getMessage();
            assertTrue(message.contains("a class of the user's own"), message);
            model.restore(file);
        }
        int many = 200_000;
        Quadrature rule = Quadrature.of(1, random(1, many, 1), new float[many]);
        try (Model model = network(new Tikhonov(1, 0, 0).over(rule), Function.TANH, 1, 1)) {
            String message =
                    assertThrows(IOException.class, () -> model.save(file)).getMessage();
            assertTrue(message.contains("model.npz") && message.endsWith("use fewer nodes in Tikhonov's quadrature"));
        }
    }

    @Test
    void aCompactModelKeepsIt() {
        Tikhonov tikhonov = new Tikhonov(0.1f, 0.2f, 0.3f);
        try (Model model = network(tikhonov, Function.TANH, 2, 5, 1)) {
            model.parameters().get(2).set(new float[] {1, 0, 2, 0, 3});
            try (Model smaller = Compaction.compact(model)) {
                float[] x = random(1, 12, 1);
                double expected = TikhonovProbe.evaluate(model, 6, x);
                assertEquals(3, smaller.layers().getFirst().outputs());
                assertEquals(expected, TikhonovProbe.evaluate(smaller, 6, x), 1e-6 * expected);
            }
        }
    }
}
