package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.plot.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final double UNKNOWN = Double.NaN;

    @Test
    void comparesTheSlowestRulerWithTheFastestAndTheEndsOfEachBlock() {
        Drift drift = new Drift(List.of(
                new Conditions(50e6, 50e6, 0.1, 1, 0),
                new Conditions(55e6, 53.9e6, 1, 1, 0.031),
                new Conditions(55e6, 60e6, UNKNOWN, UNKNOWN, UNKNOWN)));
        assertEquals(0.2, drift.range(), 1e-12);
        assertEquals(60.0 / 55 - 1, drift.withinBlock(), 1e-12);
        assertTrue(drift.doubt().isPresent());
        assertTrue(drift.text()
                .contains("took 20.0 % longer than the fastest (drift); within a block it changed by 9.1 %"));
        assertEquals(
                List.of(
                        List.of("1", "50.00", "50.00", "+0.0", "0.10", "1.00", "0.0"),
                        List.of("2", "55.00", "53.90", "-2.0", "1.00", "1.00", "3.1"),
                        List.of("3", "55.00", "60.00", "+9.1", "\u2013", "\u2013", "\u2013")),
                drift.rows());
        assertEquals(drift.header().size(), drift.rows().getFirst().size());
    }

    @Test
    void aSteadyMachineIsNoDoubtAndHasAChart() {
        Drift drift = new Drift(List.of(new Conditions(50e6, 50e6, 0, 0, 0)));
        assertEquals(Optional.empty(), drift.doubt());
        assertTrue(drift.chart().svg(640, 240).contains("Speed of the machine"));
        assertEquals(5, drift.chart().y().max(), "noise does not fill the chart");
    }

    @Test
    void theChartHasBothRulersOfEachBlock() {
        Drift drift = new Drift(List.of(new Conditions(50, 60, 0, 0, 0), new Conditions(100, 75, 0, 0, 0)));
        assertEquals(
                List.of(0.0, 20.0, 100.0, 50.0),
                Arrays.stream(((Curve) drift.chart().marks().getFirst()).y())
                        .map(Math::round)
                        .boxed()
                        .toList());
    }
}
