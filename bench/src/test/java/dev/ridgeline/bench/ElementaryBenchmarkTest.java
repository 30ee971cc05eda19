package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementaryBenchmarkTest {
    /** Both variants compute the same function, within the rounding of the peer's composition. */
    @ParameterizedTest
    @ValueSource(strings = {"exp", "expm1", "log", "tanh", "sigmoid", "softplus", "erf", "inverse-normal"})
    void variantsComputeTheFunction(String function) {
        float[] own = benchmark(function).own();
        float[] peer = benchmark(function).peer();
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = ElementaryBenchmark.GAP; i < own.length; i++) {
            assertEquals(peer[i], own[i], 1e-6f * Math.max(Math.abs(peer[i]), 1e-4f));
            least = Math.min(least, own[i]);
            most = Math.max(most, own[i]);
        }
        assertTrue(least < most);
    }

    @Test
    void refusesOtherFunctions() {
        assertThrows(IllegalArgumentException.class, () -> benchmark("sine").own());
        assertThrows(IllegalArgumentException.class, () -> benchmark("sine").peer());
    }

    private static ElementaryBenchmark benchmark(String function) {
        ElementaryBenchmark benchmark = new ElementaryBenchmark();
        benchmark.function = function;
        benchmark.fill();
        return benchmark;
    }
}
