package dev.ridgeline.schedule;

import static dev.ridgeline.schedule.StepDecayTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosineDecayTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.7, 1})
    void followsTheCosineToTheFloor(double floor) {
        for (int steps : new int[] {1, 2, 3, 100, 1001}) {
            CosineDecay schedule = new CosineDecay(steps, floor);
            double before = 1;
            for (int step = 0; step <= steps; step++) {
                double expected = floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
                double actual = schedule.at(step);
                assertEquals(expected, actual, 1e-12, "step " + step + " of " + steps);
                assertTrue(actual <= before, "it never rises");
                before = actual;
            }
            assertEquals(1, schedule.at(0));
            assertEquals(floor, schedule.at(steps));
            assertEquals(floor, schedule.at(steps + 1));
            assertEquals(floor, schedule.at(Integer.MAX_VALUE));
        }
    }

    @Test
    void endsAtZeroUnlessToldOtherwise() {
        assertEquals(new CosineDecay(10, 0), new CosineDecay(10));
    }

    @Test
    void refusesOtherNumbers() {
        refused("CosineDecay: steps is 0; it must be at least 1", () -> new CosineDecay(0));
        refused("CosineDecay: floor is -0.1; it must be from 0 to 1", () -> new CosineDecay(1, -0.1));
        refused("CosineDecay: floor is 1.5; it must be from 0 to 1", () -> new CosineDecay(1, 1.5));
        refused("CosineDecay: floor is NaN; it must be from 0 to 1", () -> new CosineDecay(1, Double.NaN));
    }
}
