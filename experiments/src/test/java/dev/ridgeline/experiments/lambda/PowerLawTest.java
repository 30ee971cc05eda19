package dev.ridgeline.experiments.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerLawTest {
    private static BestLambda point(int rows, double lambda) {
        return new BestLambda(rows, 1, lambda, 0.5, false);
    }

    @Test
    void aPowerLawIsFoundExactly() {
        PowerLaw law = PowerLaw.fit(IntStream.of(8, 50, 300, 3_000)
                .mapToObj(n -> point(n, 3 * Math.pow(n, -0.7)))
                .toList());
        assertEquals(-0.7, law.slope(), 1e-12);
        assertEquals(0, law.slopeInterval().halfWidth(), 1e-9);
        assertEquals(3 * Math.pow(77, -0.7), law.mean(77).mean(), 1e-12);
    }

    /** Against the textbook's formulas in Python and SciPy's linregress. */
    @Test
    void intervalsAreStudents() {
        PowerLaw law = PowerLaw.fit(List.of(
                point(8, 0.3), point(8, 0.2), point(50, 0.1), point(50, 0.07), point(300, 0.03), point(3_000, 0.01)));
        assertInterval(-0.5451219646525093, -0.6555943854175222, -0.4346495438874963, law.slopeInterval());
        assertEquals(0.20237266488459654, law.deviation(), 1e-9);
        assertInterval(0.05189833195745423, 0.04091185521187853, 0.0658351190875375, law.mean(128));
        assertInterval(0.05189833195745423, 0.028194707561825905, 0.09552987396871891, law.prediction(128));
    }

    private static void assertInterval(double mean, double low, double high, Interval actual) {
        assertEquals(mean, actual.mean(), 1e-9);
        assertEquals(low, actual.low(), 1e-9);
        assertEquals(high, actual.high(), 1e-9);
    }

    @Test
    void whatLiesOutsideIsExtrapolated() {
        PowerLaw law = PowerLaw.fit(List.of(point(8, 0.3), point(64, 0.1), point(512, 0.02)));
        assertFalse(law.extrapolates(8));
        assertFalse(law.extrapolates(512));
        assertTrue(law.extrapolates(7));
        assertTrue(law.extrapolates(513));
    }

    @Test
    void tooFewPointsAreRefused() {
        IllegalArgumentException few = assertThrows(
                IllegalArgumentException.class, () -> PowerLaw.fit(List.of(point(8, 0.3), point(64, 0.1))));
        assertEquals(
                "PowerLaw: 2 values of lambda from 8.0 to 64.0 rows; give at least 3, of at least two numbers of rows",
                few.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> PowerLaw.fit(List.of(point(8, 0.3), point(8, 0.1), point(8, 0.2))));
    }
}
