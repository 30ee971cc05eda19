package dev.ridgeline.schedule;

import static dev.ridgeline.schedule.StepDecayTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExponentialDecayTest {
    @Test
    void decaysByTheRateInSoManySteps() {
        ExponentialDecay schedule = new ExponentialDecay(0.01, 300);
        for (int step = 0; step < 2000; step++) {
            double expected = StrictMath.pow(0.01, step / 300.0);
            assertEquals(expected, schedule.at(step), 1e-12 * expected, "step " + step);
        }
        assertEquals(1, schedule.at(0));
        assertEquals(0.01, schedule.at(300), 1e-16);
        assertEquals(0, schedule.at(Integer.MAX_VALUE));
    }

    @Test
    void refusesWhatIsNoDecay() {
        refused(
                "ExponentialDecay: rate is -0.1; it must be above 0 and at most 1",
                () -> new ExponentialDecay(-0.1, 1));
        refused("ExponentialDecay: rate is 2.0; it must be above 0 and at most 1", () -> new ExponentialDecay(2, 1));
        refused("ExponentialDecay: steps is 0; it must be at least 1", () -> new ExponentialDecay(0.5, 0));
    }
}
