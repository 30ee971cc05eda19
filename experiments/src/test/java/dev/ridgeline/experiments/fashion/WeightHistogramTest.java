package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightHistogramTest {
    private static final int MIDDLE = WeightHistogram.BINS / 2;

    @Test
    void weightsAreCountedAround0AndBeyondTheEnds() {
        WeightHistogram histogram = WeightHistogram.of(
                new float[] {0, 0.002f, -0.002f, 0.004f, -0.011f, 0.5f, 7, -7, Float.MAX_VALUE, 0.1f});
        assertEquals(3, histogram.counts()[MIDDLE]);
        assertEquals(1, histogram.counts()[MIDDLE + 1]);
        assertEquals(1, histogram.counts()[MIDDLE - 2]);
        assertEquals(1, histogram.counts()[MIDDLE + 20]);
        assertEquals(1, histogram.counts()[0]);
        assertEquals(3, histogram.counts()[WeightHistogram.BINS - 1]);
        assertEquals(10, Arrays.stream(histogram.counts()).sum());
        assertEquals(0.3, histogram.share(MIDDLE));
        assertEquals(0, WeightHistogram.middle(MIDDLE));
        assertEquals(-0.5, WeightHistogram.middle(0), 1e-12);
    }

    @Test
    void anotherNumberOfBinsIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new WeightHistogram(new int[3]))
                .getMessage();
        assertEquals("WeightHistogram: 3 bins; there must be 201", message);
    }
}
