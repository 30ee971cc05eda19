package dev.ridgeline.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StepDecayTest {
    @Test
    void goesDownAStaircase() {
        StepDecay schedule = new StepDecay(0.3, 7);
        for (int step = 0; step < 400; step++) {
            double expected = StrictMath.pow(0.3, step / 7);
            assertEquals(expected, schedule.at(step), 1e-12 * expected, "step " + step);
        }
        assertEquals(1, schedule.at(6));
        assertEquals(0, schedule.at(Integer.MAX_VALUE));
        assertEquals(1, new StepDecay(1, 1).at(1000));
    }

    @Test
    void refusesWhatIsNoDecay() {
        refused("StepDecay: factor is 0.0; it must be above 0 and at most 1", () -> new StepDecay(0, 1));
        refused("StepDecay: factor is 1.1; it must be above 0 and at most 1", () -> new StepDecay(1.1, 1));
        refused("StepDecay: factor is NaN; it must be above 0 and at most 1", () -> new StepDecay(Double.NaN, 1));
        refused("StepDecay: every is 0; it must be at least 1", () -> new StepDecay(0.5, 0));
    }

    static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
