package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Batch;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** That a benchmark computes what it claims. */
class StepBenchmarkTest {
    private static final int STEPS = 5;

    static List<String> regularizersOfIris() {
        return regularizersOf("iris");
    }

    private static List<String> regularizersOf(String model) {
        return Catalogue.names().stream()
                .filter(name -> Models.named(model).takes(Catalogue.named(name)))
                .toList();
    }

    @Test
    void offersEveryModelAndRegularizer() throws NoSuchFieldException {
        assertArrayEquals(Models.names().toArray(), values("model"));
        assertArrayEquals(Catalogue.names().toArray(), values("regularizer"));
    }

    private static String[] values(String field) throws NoSuchFieldException {
        return StepBenchmark.class.getField(field).getAnnotation(Param.class).value();
    }

    @ParameterizedTest
    @MethodSource("regularizersOfIris")
    void takesTheStepsOfAModelBuiltByHand(String regularizer) {
        StepBenchmark benchmark = benchmark("iris", regularizer, 1);
        Batch batch = Models.named("iris").data(42);
        try (Model model = irisByHand(regularizer)) {
            double loss = 0;
            double expectedLoss = 0;
            for (int i = 0; i < STEPS; i++) {
                loss = benchmark.step();
                expectedLoss = model.step(batch);
            }
            assertEquals(expectedLoss, loss);
            assertEquals(model.digest(), benchmark.digest());
        } finally {
            benchmark.close();
        }
    }

    private static Model irisByHand(String regularizer) {
        Dense first = new Dense(64);
        Dense second = new Dense(32);
        for (Dense dense : List.of(first, second)) {
            switch (regularizer) {
                case "l1" -> dense.kernelRegularizer(new L1(1e-4f));
                case "l2" -> dense.kernelRegularizer(new L2(1e-4f));
                case "elasticnet" -> dense.kernelRegularizer(new ElasticNet(1e-4f, 1e-4f));
                case "weight-elimination" -> dense.kernelRegularizer(new WeightElimination(1e-4f, 1));
                case "l1-proximal" -> dense.kernelRegularizer(new ProximalL1(1e-4f));
                case "group-lasso" -> dense.kernelTensorRegularizer(new GroupLasso(1e-4f));
                case "orthogonal" -> dense.kernelTensorRegularizer(new Orthogonal(0.01f, Orthogonal.Mode.COLUMNS));
                case "unitnorm" -> dense.kernelConstraint(new UnitNorm());
                case "nonnegative" -> dense.kernelConstraint(new NonNegative());
                case "maxnorm" -> dense.kernelConstraint(new MaxNorm(0.5f));
                case "dropconnect" -> dense.dropConnect(0.5f);
                case "maxweight" -> dense.kernelConstraint(new MaxWeight(0.05f));
                default -> {}
            }
        }
        Activation relu = new Activation(Activation.Function.RELU);
        if (regularizer.equals("activity-l1")) {
            relu.activityRegularizer(new L1(1e-4f));
        }
        ModelBuilder model =
                Model.inputs(4).optimizer(new Adam(1e-3, 0.9, 0.999, 1e-7)).seed(42);
        switch (regularizer) {
            case "label-smoothing" -> model.labelSmoothing(0.1f);
            case "tikhonov" -> model.tikhonov(new Tikhonov(0, 1e-4f, 0));
            default -> {}
        }
        model.add(first).add(relu);
        addAfter(model, regularizer);
        model.add(second).add(new Activation(Activation.Function.RELU));
        addAfter(model, regularizer);
        return model.add(new Dense(3)).build();
    }

    private static void addAfter(ModelBuilder model, String regularizer) {
        switch (regularizer) {
            case "dropout" -> model.add(new Dropout(0.5f));
            case "alpha-dropout" -> model.add(new AlphaDropout(0.1f));
            case "gaussian-dropout" -> model.add(new GaussianDropout(0.5f));
            case "noise" -> model.add(new GaussianNoise(0.1f));
            case "batchnorm" -> model.add(new BatchNorm());
            case "layernorm" -> model.add(new LayerNorm());
            default -> {}
        }
    }

    @Test
    void everyVariantDoesSomethingElse() {
        for (String model : List.of("iris", "mnist", "lambda", "conv")) {
            Map<String, String> seen = new HashMap<>();
            for (String regularizer : regularizersOf(model)) {
                StepBenchmark benchmark = benchmark(model, regularizer, 1);
                for (int i = 0; i < STEPS; i++) {
                    benchmark.step();
                }
                String same = seen.put(benchmark.digest(), regularizer);
                assertEquals(null, same, model + " " + regularizer);
                benchmark.close();
            }
        }
    }

    @Test
    void everyIterationStartsFromTheSameState() {
        for (String regularizer : List.of("none", "dropout", "batchnorm")) {
            StepBenchmark benchmark = benchmark("iris", regularizer, 1);
            String start = benchmark.digest();
            String once = run(benchmark);
            assertNotEquals(start, once);
            run(benchmark);
            benchmark.reset();
            assertEquals(start, benchmark.digest());
            assertEquals(once, run(benchmark), regularizer + ": optimizer state or step were not reset");
            benchmark.close();
        }
    }

    private static String run(StepBenchmark benchmark) {
        for (int i = 0; i < STEPS; i++) {
            benchmark.step();
        }
        return benchmark.digest();
    }

    @Test
    void threadsDoNotChangeTheResult() {
        StepBenchmark one = benchmark("mnist", "dropout", 1);
        StepBenchmark two = benchmark("mnist", "dropout", 2);
        assertEquals(run(one), run(two));
        one.close();
        two.close();
    }

    @Test
    void startsAgainWithinAnIteration() {
        StepBenchmark benchmark = benchmark("iris", "dropout", 1);
        String once = run(benchmark);
        for (int i = STEPS; i < StepBenchmark.RESTART; i++) {
            benchmark.step();
        }
        assertNotEquals(once, benchmark.digest());
        assertEquals(once, run(benchmark));
        benchmark.close();
    }

    @ParameterizedTest
    @MethodSource("regularizersOfIris")
    void neverReachesSubnormalNumbers(String regularizer) {
        try (Model model = Models.named("iris").build(Catalogue.named(regularizer), 42, 1)) {
            Batch batch = Models.named("iris").data(42);
            for (int i = 0; i < StepBenchmark.RESTART; i++) {
                model.step(batch);
            }
            for (Parameter p : model.parameters()) {
                requireNormal(p, p.value());
                requireNormal(p, p.gradient() == null ? new float[0] : p.gradient());
            }
        }
    }

    private static void requireNormal(Parameter p, float[] values) {
        for (float v : values) {
            assertTrue(v == 0 || Math.abs(v) >= Float.MIN_NORMAL, p + ": " + v);
        }
    }

    private static StepBenchmark benchmark(String model, String regularizer, int threads) {
        StepBenchmark benchmark = new StepBenchmark();
        benchmark.model = model;
        benchmark.regularizer = regularizer;
        benchmark.threads = threads;
        benchmark.build();
        benchmark.reset();
        return benchmark;
    }
}
