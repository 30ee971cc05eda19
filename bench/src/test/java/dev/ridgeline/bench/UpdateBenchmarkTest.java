package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.kernel.PenaltyGradient;
import dev.ridgeline.kernel.WeightProjection;
import dev.ridgeline.kernel.reference.Update;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateBenchmarkTest {
    private static final int SIZE = 1000;
    private static final int STEPS = 3;
    private static final Map<String, PenaltyGradient> PENALTIES = Map.of(
            "none", PenaltyGradient.NONE,
            "l1", new L1(0.1f),
            "l2", new L2(0.1f),
            "elasticnet", new ElasticNet(0.1f, 0.1f),
            "weight-elimination", new WeightElimination(0.1f, 1),
            "l1-proximal", new ProximalL1(0.1f),
            "maxweight", PenaltyGradient.NONE,
            "user", new UpdateBenchmark.PseudoHuber(0.1f));

    /** Every variant is the rule that it is named after, and no two are alike. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd", "momentum", "rmsprop", "adam"})
    void takesTheStepsOfTheReference(String rule) {
        Map<Integer, String> seen = new HashMap<>();
        PENALTIES.forEach((regularizer, penalty) -> {
            UpdateBenchmark benchmark = benchmark(rule, regularizer);
            float[] expected = benchmark.w.clone();
            WeightProjection projection = regularizer.equals("maxweight") ? new MaxWeight(0.5f) : WeightProjection.NONE;
            for (int i = 0; i < SIZE; i++) {
                expected[i] = reference(rule, penalty, projection, benchmark, i);
            }
            float[] w = null;
            for (int step = 0; step < STEPS; step++) {
                w = benchmark.update();
            }
            assertArrayEquals(expected, w, regularizer);
            assertEquals(null, seen.put(Arrays.hashCode(w), regularizer), regularizer);
        });
    }

    private static float reference(
            String rule, PenaltyGradient penalty, WeightProjection projection, UpdateBenchmark b, int i) {
        float g = b.g[i];
        float[] state = switch (rule) {
            case "sgd" -> new float[] {b.w[i]};
            case "momentum", "rmsprop" -> new float[] {b.v[i], b.w[i]};
            default -> new float[] {b.m[i], b.v[i], b.w[i]};
        };
        for (int step = 0; step < STEPS; step++) {
            switch (rule) {
                case "sgd" -> state[0] = Update.sgd(1e-6f, 1, penalty, projection, g, state[0]);
                case "momentum" -> Update.momentum(false, 1e-6f, 0.9f, 1, penalty, projection, g, state);
                case "rmsprop" -> Update.rmsProp(1e-6f, 0.99f, 0.01f, 1e-8f, 1, penalty, projection, g, state);
                default ->
                    Update.adam(1e-6f, 1, 0.1f, 0.999f, 0.001f, 1e-8f, 1, 1e-6f, 1, penalty, projection, g, state);
            }
        }
        return state[state.length - 1];
    }

    /** The control writes every array that the rule writes, with what it has read of the others. */
    @Test
    void theControlMovesTheSameArrays() {
        UpdateBenchmark sgd = benchmark("sgd", "copy");
        float[] sum = sum(sgd.w, sgd.g);
        assertArrayEquals(sum, sgd.update());
        UpdateBenchmark momentum = benchmark("momentum", "copy");
        float[] w = momentum.w.clone();
        sum = sum(momentum.v, momentum.g);
        assertArrayEquals(sum, momentum.update());
        assertArrayEquals(w, momentum.v);
        UpdateBenchmark adam = benchmark("adam", "copy");
        float[] v = adam.v.clone();
        sum = sum(adam.m, adam.g);
        assertArrayEquals(sum, adam.update());
        assertArrayEquals(v, adam.m);
        assertArrayEquals(w, adam.v);
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    @Test
    void everyIterationStartsAlike() {
        UpdateBenchmark benchmark = benchmark("adam", "l1");
        float[] start = benchmark.w.clone();
        float[] once = benchmark.update().clone();
        benchmark.fill();
        assertArrayEquals(start, benchmark.w);
        assertArrayEquals(once, benchmark.update());
    }

    @Test
    void refusesOtherNames() {
        for (String regularizer : new String[] {"copy", "l1"}) {
            assertThrows(IllegalArgumentException.class, () -> benchmark("adagrad", regularizer));
        }
        assertThrows(IllegalArgumentException.class, () -> benchmark("sgd", "dropout"));
    }

    private static UpdateBenchmark benchmark(String rule, String regularizer) {
        UpdateBenchmark benchmark = new UpdateBenchmark();
        benchmark.rule = rule;
        benchmark.regularizer = regularizer;
        benchmark.size = SIZE;
        benchmark.fill();
        return benchmark;
    }
}
