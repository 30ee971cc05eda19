package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.LedgerTimer.Measured;
import dev.ridgeline.bench.ledger.LedgerTimer.MeasurementException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JmhLedgerTimerTest {
    private final JmhLedgerTimer timer = new JmhLedgerTimer(new JmhLedgerTimer.Effort(1, 1, 1 << 20));

    /** The lock keeps two measurements from disturbing each other. Here nobody looks at the times. */
    @BeforeAll
    static void runBesideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void measuresEveryCeiling() {
        Ceilings ceilings = timer.ceilings(1);
        assertEquals(
                CacheSizes.current().bytes().size() + 1, ceilings.bandwidths().size());
        assertTrue(ceilings.gigaflops() > 0.1, ceilings.toString());
        for (Ceilings.Bandwidth level : ceilings.bandwidths()) {
            assertTrue(level.gigabytes() > 0.1, ceilings.toString());
        }
        assertEquals(1 << 20, ceilings.bandwidths().getLast().workingSet());
    }

    @Test
    void measuresEveryKernelOfAStep() {
        Measured measured = timer.step("iris", "dropout", 1);
        try (TimedStep step = new TimedStep("iris", "dropout", 1)) {
            assertEquals(
                    step.kernels().kernels().size(),
                    measured.times().kernelNanos().size());
        }
        assertTrue(measured.times().wholeNanos() > 100, measured.toString());
        assertTrue(measured.times().sumNanos() > 100, measured.toString());
        assertEquals(timer.withoutCounters().isEmpty(), !measured.counters().isEmpty());
    }

    @Test
    void aFailureSaysWhatFailed() {
        MeasurementException e = assertThrows(MeasurementException.class, () -> timer.step("no-such-model", "none", 1));
        assertTrue(e.getMessage().startsWith("Measuring no-such-model none failed: "), e.getMessage());
    }

    /** A round takes 6 steps without instruments and 6 with. */
    @Test
    void whatPerfCountsInARoundIsMadeACountAStep() {
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("cycles", 1.2e6);
        results.put("IPC", 3.5);
        results.put("CPI", 1 / 3.5);
        results.put("kernel1", 60.0);
        results.put("kernel0", 40.0);
        results.put("reading", 20.0);
        results.put("whole", 101.0);
        Measured measured = JmhLedgerTimer.measured(results);
        assertEquals(new StepTimes(101, 20, List.of(40.0, 60.0)), measured.times());
        assertEquals(Map.of("cycles", 1e5, "IPC", 3.5, "CPI", 1 / 3.5), measured.counters());
    }
}
