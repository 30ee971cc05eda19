package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IntervalTest {
    /** By hand: mean 3, s² = 10/4, s/√n = √0.5, t(0.975; 4) = 2.776445. */
    @Test
    void isTheStudentInterval() {
        Interval interval = Interval.of(1, 2, 3, 4, 5);
        assertEquals(3, interval.mean(), 1e-12);
        assertEquals(3 - 2.776445105 * Math.sqrt(0.5), interval.low(), 1e-8);
        assertEquals(3 + 2.776445105 * Math.sqrt(0.5), interval.high(), 1e-8);
        assertEquals(1.963243, interval.halfWidth(), 1e-6);
    }

    /** With two values t(0.975; 1) = 12.7062 and s/√n = 1. */
    @Test
    void isWideForTwoValues() {
        assertEquals(
                new Interval(0, -12.7062, 12.7062).low(), Interval.of(-1, 1).low(), 1e-4);
    }

    @Test
    void isAPointForEqualValues() {
        assertEquals(new Interval(7, 7, 7), Interval.of(7, 7, 7));
    }

    @Test
    void needsTwoValues() {
        assertThrows(IllegalArgumentException.class, () -> Interval.of(1));
    }

    @Test
    void changesScale() {
        assertEquals(new Interval(2, 0, 4), new Interval(1, 0, 2).map(x -> 2 * x));
    }
}
