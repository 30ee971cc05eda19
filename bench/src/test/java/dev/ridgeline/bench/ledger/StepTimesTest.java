package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepTimesTest {
    @Test
    void theSumIsComparedWithTheWhole() {
        StepTimes times = new StepTimes(100, 20, List.of(40.0, 56.5, -1.0));
        assertEquals(95.5, times.sumNanos());
        assertEquals(-0.045, times.difference(), 1e-12);
        assertTrue(times.addsUp());
        assertTrue(new StepTimes(100, 20, List.of(104.9)).addsUp());
        assertFalse(new StepTimes(100, 20, List.of(105.1)).addsUp());
        assertFalse(new StepTimes(100, 20, List.of(94.9)).addsUp());
    }
}
