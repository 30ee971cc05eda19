package dev.ridgeline.schedule;

import static dev.ridgeline.schedule.StepDecayTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void risesThenHandsOver() {
        WarmUp schedule = new WarmUp(4, new StepDecay(0.5, 2));
        double[] expected = {0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5, 0.25};
        for (int step = 0; step < expected.length; step++) {
            assertEquals(expected[step], schedule.at(step), 1e-15, "step " + step);
        }
    }

    @Test
    void staysAtOneUnlessToldOtherwise() {
        assertEquals(1, new WarmUp(3).at(3));
        assertEquals(1, new WarmUp(3).at(Integer.MAX_VALUE));
        assertEquals(1, new WarmUp(1).at(0), "one step is no start");
    }

    @Test
    void refusesOtherNumbers() {
        refused("WarmUp: steps is 0; it must be at least 1", () -> new WarmUp(0));
        Exception e = assertThrows(NullPointerException.class, () -> new WarmUp(1, null));
        assertTrue(e.getMessage().contains("then is null; give"), e.getMessage());
    }
}
