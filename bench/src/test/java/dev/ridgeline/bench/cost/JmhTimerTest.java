package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JmhTimerTest {
    private static final Settings TINY =
            new Settings(List.of("iris"), List.of("l1"), 2, 42, 1, new Iterations(1, 2, 10));

    /** The lock keeps two measurements from disturbing each other. Here nobody looks at the times. */
    @BeforeAll
    static void runBesideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void timesStepsInForks() {
        CostResult result = CostRun.measure(TINY, new JmhTimer(TINY), sample -> {});
        assertEquals(4, result.samples().size());
        for (Sample sample : result.samples()) {
            assertEquals(2, sample.timing().iterations().size());
            assertTrue(sample.timing().nanosPerStep() > 100, sample.toString());
            assertTrue(sample.timing().bytesPerStep() >= 0, sample.toString());
        }
    }

    @Test
    void aFailureKeepsWhatJmhPrinted() {
        Variant wrong = new Variant("no-such-model", "none");
        CostException e = assertThrows(CostException.class, () -> new JmhTimer(TINY).time(wrong));
        assertTrue(e.getMessage().startsWith("Measuring no-such-model none failed"), e.getMessage());
        assertTrue(e.log().contains("Unknown model"), e.log());
    }
}
