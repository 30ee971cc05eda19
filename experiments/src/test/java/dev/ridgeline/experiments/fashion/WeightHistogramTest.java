package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightHistogramTest {
    private static final int MIDDLE = WeightHistogram.BINS / 2;

    private final WeightHistogram histogram =
            WeightHistogram.of(new float[] {0, 0.002f, -0.002f, 0.004f, -0.011f, 5, 7, -7, Float.MAX_VALUE, 0.1f});

    @Test
    void weightsAreCountedAround0AndBeyondTheEnds() {
        assertEquals(3, histogram.counts()[MIDDLE]);
        assertEquals(1, histogram.counts()[MIDDLE + 1]);
        assertEquals(1, histogram.counts()[MIDDLE - 2]);
        assertEquals(1, histogram.counts()[MIDDLE + 20]);
        assertEquals(1, histogram.counts()[0]);
        assertEquals(3, histogram.counts()[WeightHistogram.BINS - 1]);
        assertEquals(10, Arrays.stream(histogram.counts()).sum());
    }

    @Test
    void sharesAndReachAreCountedFromTheMiddle() {
        assertEquals(0.3, histogram.share(0, 0));
        assertEquals(0.4, histogram.share(0, 1));
        assertEquals(0.5, histogram.share(-2, 1));
        assertEquals(1, histogram.share(-9999, 9999));
        assertEquals(0, histogram.share(9999, 9999));
        assertEquals(0, histogram.reach(0.3));
        assertEquals(1, histogram.reach(0.4));
        assertEquals(20, histogram.reach(0.6));
        assertEquals(MIDDLE, histogram.reach(1));
    }

    @Test
    void anotherNumberOfBinsIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new WeightHistogram(new int[3]))
                .getMessage();
        assertEquals("WeightHistogram: 3 bins; there must be 2001", message);
    }
}
