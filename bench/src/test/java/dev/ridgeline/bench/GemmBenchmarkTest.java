package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GemmBenchmarkTest {
    /** All variants compute the same product, whose elements are right within the rounding of k products. */
    @ParameterizedTest
    @ValueSource(strings = {"nn", "tn", "nt"})
    void variantsComputeTheProduct(String form) {
        GemmBenchmark vector = benchmark("33x20x47", form);
        GemmBenchmark reference = benchmark("33x20x47", form);
        float[] c = vector.vector();
        float[] expected = reference.reference();
        assertEquals(33 * 47, c.length);
        boolean different = false;
        for (int i = 0; i < c.length; i++) {
            assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(c[i]));
            assertTrue(Math.abs(c[i]) < 20);
            different |= c[i] != c[0];
        }
        assertTrue(different);
    }

    @Test
    void everyIterationStartsAlike() {
        GemmBenchmark benchmark = benchmark("5x6x7", "nn");
        float[] first = benchmark.vector().clone();
        benchmark.fill();
        float[] second = benchmark.vector();
        for (int i = 0; i < first.length; i++) {
            assertEquals(first[i], second[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3x4", "3x4x", "0x1x1", "3x4x5x6", "axbxc", "-1x2x3"})
    void refusesShapes(String shape) {
        String message = assertThrows(IllegalArgumentException.class, () -> benchmark(shape, "nn"))
                .getMessage();
        assertTrue(message.startsWith("shape " + shape), message);
    }

    @Test
    void refusesForms() {
        assertThrows(IllegalArgumentException.class, () -> benchmark("2x3x4", "tt"));
    }

    private static GemmBenchmark benchmark(String shape, String form) {
        GemmBenchmark benchmark = new GemmBenchmark();
        benchmark.shape = shape;
        benchmark.form = form;
        benchmark.fill();
        return benchmark;
    }
}
