package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.LedgerEntry.TimedKernel;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private static List<String> names(Chart chart) {
        return marks(chart, Points.class).stream()
                .flatMap(series -> series.points().stream())
                .map(Points.Point::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    @Test
    void kernelsThatTakeLongAreNamed() {
        assertEquals(
                List.of("dense1 Y", "dense2 Y", "dense2 dW", "dense2 dX", "dense1 dW", "dense1 Adam + L1"),
                names(chart(timed("Adam + L1", new Demand(100, 100, 0), 5_000))));
    }

    @Test
    void atMostSixAreNamedAndThreeOfRegularizers() {
        List<TimedKernel> slow = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            slow.add(timed("added" + i, new Demand(100, 100 + i, 0), 1000 + i));
        }
        LedgerTimer.Measured even = new LedgerTimer.Measured(
                new StepTimes(2200, 20, Collections.nCopies(IRIS.timed().size(), 100.0)), Map.of());
        LedgerEntry entry = new LedgerEntry(IRIS.step(), IRIS.kernels(), even);
        List<String> names = names(new RooflineChart(CeilingsTest.SYNTHETIC, entry, slow).chart());
        assertEquals(9, names.size(), names::toString);
        assertEquals(List.of("dense1 added2", "dense1 added3", "dense1 added4"), names.subList(6, 9));
    }

    @Test
    void aConvolutionIsAProductToo() {
        TimedKernel product =
                new TimedKernel(new Kernel(Phase.FORWARD, "conv1", "Y = XW + b", new Demand(100, 10, 0)), 50);
        TimedKernel bias =
                new TimedKernel(new Kernel(Phase.BACKWARD, "conv1", "db = \u03a3dY", new Demand(10, 10, 0)), 50);
        StepKernels kernels = new StepKernels(List.of(product.kernel(), bias.kernel()), 1000);
        LedgerTimer.Measured measured = new LedgerTimer.Measured(new StepTimes(100, 20, List.of(50.0, 50.0)), Map.of());
        LedgerEntry conv = new LedgerEntry(new LedgerEntry.Step("conv", "none", 100, 0), kernels, measured);
        RooflineChart roofline = new RooflineChart(CeilingsTest.SYNTHETIC, conv, List.of());
        List<Points> points = marks(roofline.chart(), Points.class);
        assertEquals(
                List.of(Ink.BLUE, Ink.ORANGE), points.stream().map(Points::ink).toList());
        assertEquals("conv1 Y", points.getFirst().points().getFirst().label());
        assertEquals(List.of(product, bias), roofline.drawn());
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
