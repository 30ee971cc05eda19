package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private final Distribution distribution = new Distribution(new double[] {4, 1, 3, 2});

    @Test
    void theFiguresAreThoseOfTextbooks() {
        assertEquals(2.5, distribution.mean());
        assertEquals(2.5, distribution.median());
        assertEquals(Math.sqrt(5.0 / 3), distribution.deviation(), 1e-15);
        assertEquals(1, distribution.least());
        assertEquals(4, distribution.most());
        Interval interval = distribution.interval().orElseThrow();
        assertEquals(3.182446305 * Math.sqrt(5.0 / 3) / 2, interval.halfWidth(), 1e-8); // t(0.975; 3)
        assertEquals(3, new Distribution(new double[] {9, 1, 3}).median());
    }

    @Test
    void ofASingleValueThereIsNoInterval() {
        Distribution one = new Distribution(new double[] {0.25});
        assertEquals(Optional.empty(), one.interval());
        assertTrue(Double.isNaN(one.deviation()));
        assertEquals("25.0", one.times(100).text("%.1f"));
        assertEquals("250.0 \u00b1 129.1", distribution.times(100).text("%.1f"));
    }

    @Test
    void overlappingSplitsWidenTheInterval() {
        double ratio = 38 / 112.0;
        double plain = distribution.interval().orElseThrow().halfWidth();
        Interval wider = distribution.intervalOfOverlapping(ratio).orElseThrow();
        assertEquals(plain * Math.sqrt((0.25 + ratio) / 0.25), wider.halfWidth(), 1e-12);
        assertEquals(2.5, wider.mean());
    }

    @Test
    void roundingIsNoChange() {
        Distribution changes = new Distribution(new double[] {0.1, 1e-16, -1e-16, 0, -0.2, -0.3});
        assertEquals(1, changes.count(1));
        assertEquals(3, changes.count(0));
        assertEquals(2, changes.count(-1));
    }

    @Test
    void ofNothingThereIsNoDistribution() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Distribution(new double[0]))
                .getMessage();
        assertEquals("Distribution: there is no value; give at least one", message);
    }

    @Test
    void theMapNamesAllFigures() {
        assertEquals(
                "[mean, low, high, deviation, median, least, most, values]",
                distribution.toMap().keySet().toString());
    }
}
