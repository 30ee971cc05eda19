package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DotPlotTest {
    private final List<Chart> charts = DotPlot.charts(
            "accuracy",
            "runs",
            List.of(
                    new DotPlot.Panel(
                            "one",
                            new double[] {0.9, 0.1 * 9, 0.1 + 0.2, 0.3},
                            0.6,
                            Optional.of(new Interval(0.6, 0.2, 1)),
                            List.of(Reference.vertical("published", 0.5))),
                    new DotPlot.Panel("other", new double[] {0.5}, 0.5, Optional.empty(), List.of())));

    @Test
    void equalValuesAreStackedWhateverTheirRounding() {
        Points dots = (Points) charts.getFirst().marks().get(1);
        assertEquals(
                List.of(1.0, 2.0, 1.0, 2.0),
                dots.points().stream().map(Points.Point::y).toList());
        assertEquals(0.3, dots.points().get(1).x(), 1e-9);
        assertEquals(0.9, dots.points().get(2).x(), 1e-9);
    }

    @Test
    void theMeanStandsBelowWithItsInterval() {
        Points.Point mean = ((Points) charts.getFirst().marks().get(2)).points().getFirst();
        assertEquals(0.6, mean.x());
        assertEquals(0, mean.y());
        assertEquals(new Points.Bar(0.2, 1), mean.xBar());
        assertNull(((Points) charts.get(1).marks().get(1)).points().getFirst().xBar());
    }

    @Test
    void allPlotsHaveTheSameAxes() {
        assertEquals(charts.get(0).x(), charts.get(1).x());
        assertEquals(charts.get(0).y(), charts.get(1).y());
        assertTrue(charts.get(0).x().min() < 0.2 && charts.get(0).x().max() > 1);
        assertEquals(3, charts.get(0).y().max(), "a stack of two, and room above");
        assertTrue(charts.get(0).y().min() < 0, "and below");
        assertTrue(charts.getFirst().marks().getFirst() instanceof Reference);
    }
}
