package dev.ridgeline.experiments.fashion;

import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Bars;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Ink;
import java.util.List;
import java.util.stream.IntStream;

/** The chart of the first layer's weights without and with L2, those of the first seed. */
record WeightChart(FashionStudy study) {
    /** Bins that hold less than this of the weights, and all beyond them, are left out at both ends. */
    private static final double LEAST_SHARE = 1e-3;

    Chart chart() {
        WeightHistogram without = histogram(FashionModel.BASELINE);
        WeightHistogram with = histogram(FashionModel.L2);
        int reach = IntStream.rangeClosed(0, WeightHistogram.BINS / 2)
                .filter(i -> List.of(without, with).stream()
                        .anyMatch(h -> Math.max(h.share(middle() - i), h.share(middle() + i)) >= LEAST_SHARE))
                .max()
                .orElseThrow();
        double most = IntStream.range(0, WeightHistogram.BINS)
                .mapToDouble(bin -> Math.max(without.share(bin), with.share(bin)))
                .max()
                .orElseThrow();
        double edge = (reach + 0.5) * WeightHistogram.WIDTH;
        return new Chart(
                "First layer",
                Axis.linear("weight", -edge, edge),
                Axis.linear("share of the weights (%)", 0, 105 * most),
                List.of(
                        bars(FashionModel.BASELINE.title(), Ink.BLUE, without, reach),
                        bars(FashionModel.L2.title(), Ink.ORANGE, with, reach)));
    }

    private WeightHistogram histogram(FashionModel kind) {
        return study.runs(kind).getFirst().weights();
    }

    private static int middle() {
        return WeightHistogram.BINS / 2;
    }

    private static Bars bars(String label, Ink ink, WeightHistogram histogram, int reach) {
        int first = middle() - reach;
        int n = 2 * reach + 1;
        double[] edges = IntStream.rangeClosed(0, n)
                .mapToDouble(i -> WeightHistogram.middle(first + i) - WeightHistogram.WIDTH / 2)
                .toArray();
        double[] heights = IntStream.range(0, n)
                .mapToDouble(i -> 100 * histogram.share(first + i))
                .toArray();
        return new Bars(label, ink, edges, heights);
    }
}
