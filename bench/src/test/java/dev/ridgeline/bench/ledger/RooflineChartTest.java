package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.LedgerEntry.TimedKernel;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class RooflineChartTest {
    private static final LedgerEntry IRIS = LedgerTest.synthetic().entries().getFirst();

    private static Chart chart(TimedKernel... added) {
        return new RooflineChart(CeilingsTest.SYNTHETIC, IRIS, List.of(added)).chart();
    }

    private static TimedKernel timed(String name, Demand demand, double nanos) {
        return new TimedKernel(new Kernel(Phase.UPDATE, "dense1", "kernel: " + name, demand), nanos);
    }

    private static <M> List<M> marks(Chart chart, Class<M> kind) {
        return chart.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void eachBandwidthIsASlopeUpToThePeak() {
        List<Reference> roofs = marks(chart(), Reference.class);
        assertEquals(
                List.of("L1 400 GB/s", "L2 100 GB/s", "memory 20 GB/s", "fma peak 200 GFLOP/s"),
                roofs.stream().map(Reference::label).toList());
        double[] bandwidths = {400, 100, 20};
        for (int i = 0; i < 3; i++) {
            assertEquals(bandwidths[i], roofs.get(i).y1() / roofs.get(i).x1(), 1e-9);
            assertEquals(200, roofs.get(i).y2());
            assertEquals(200 / bandwidths[i], roofs.get(i).x2(), 1e-9);
        }
        assertEquals(200, roofs.getLast().y1());
        assertEquals(0.5, roofs.getLast().x1(), 1e-9);
    }

    @Test
    void everyKernelIsAPoint() {
        Chart chart = chart();
        List<Points> points = marks(chart, Points.class);
        assertEquals(
                List.of(8, 14), // three products each for three layers, less one; all others
                points.stream().map(series -> series.points().size()).toList());
        Points.Point first = points.getFirst().points().getFirst();
        Kernel kernel = IRIS.kernels().kernels().getFirst();
        assertEquals(kernel.demand().intensity(), first.x());
        assertEquals(kernel.demand().flops() / (5 + kernel.demand().flops() / 100.0), first.y(), 1e-9);
        for (Points series : points) {
            for (Points.Point point : series.points()) {
                assertTrue(inside(chart.x(), point.x()) && inside(chart.y(), point.y()), point.toString());
            }
        }
        assertTrue(chart.y().max() > 200 && chart.x().max() > 200 / 20.0, "the roofs have room");
    }

    private static boolean inside(Axis axis, double value) {
        return axis.logarithmic() && value > axis.min() && value < axis.max();
    }

    @Test
    void kernelsThatTakeLongAreNamed() {
        List<String> names = marks(chart(timed("Adam + L1", new Demand(100, 100, 0), 5_000)), Points.class).stream()
                .flatMap(series -> series.points().stream())
                .map(Points.Point::label)
                .filter(label -> !label.isEmpty())
                .toList();
        assertEquals(List.of("dense1 Y", "dense2 Y", "dense2 dW", "dense2 dX", "dense1 dW", "dense1 Adam + L1"), names);
    }

    @Test
    void whatHasNoPlaceOnALogarithmicAxisIsLeftOut() {
        Chart chart = chart(
                timed("copy", new Demand(0, 100, 0), 50),
                timed("short", new Demand(2, 24, 0), -3),
                timed("drawn", new Demand(100, 100, 0), 50));
        List<Points> points = marks(chart, Points.class);
        assertEquals(3, points.size());
        assertEquals(1, points.getLast().points().size());
        assertEquals(1, points.getLast().points().getFirst().x());
        assertEquals(2, marks(chart(), Points.class).size());
    }
}
