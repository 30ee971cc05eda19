package dev.ridgeline.experiments.fashion;

import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Bars;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Ink;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The chart of the first layer's weights without and with L2.
 *
 * @param without the weights of the baseline
 * @param with those of the model with L2
 */
record WeightChart(WeightHistogram without, WeightHistogram with) {
    /** The share of either model's weights that the axis reaches. */
    static final double SHOWN = 0.995;

    private static final int MOST_BARS = 81;

    /** Makes the chart of the first seed's models. */
    static WeightChart of(FashionStudy study) {
        return new WeightChart(
                study.runs(FashionModel.BASELINE).getFirst().weights(),
                study.runs(FashionModel.L2).getFirst().weights());
    }

    private int reach() {
        return Math.max(without.reach(SHOWN), with.reach(SHOWN));
    }

    /** Returns how many bins a bar holds: an odd number, so that one bar is around 0. */
    private int binsOfBar() {
        return (2 * reach() + MOST_BARS) / MOST_BARS | 1;
    }

    /** Returns the width of a bar. */
    double barWidth() {
        return binsOfBar() * WeightHistogram.WIDTH;
    }

    Chart chart() {
        int last = Math.ceilDiv(reach() - binsOfBar() / 2, binsOfBar());
        Bars baseline = bars(FashionModel.BASELINE.title(), Ink.BLUE, without, last);
        Bars penalised = bars(FashionModel.L2.title(), Ink.ORANGE, with, last);
        double most = IntStream.rangeClosed(0, 2 * last)
                .mapToDouble(bar -> Math.max(baseline.heights()[bar], penalised.heights()[bar]))
                .max()
                .orElseThrow();
        double edge = (last + 0.5) * barWidth();
        return new Chart(
                "Weights of the first layer",
                Axis.linear("weight", -edge, edge),
                Axis.linear("share of the weights (%)", 0, 1.05 * most),
                List.of(baseline, penalised));
    }

    private Bars bars(String label, Ink ink, WeightHistogram histogram, int last) {
        int half = binsOfBar() / 2;
        double[] edges = IntStream.rangeClosed(-last, last + 1)
                .mapToDouble(bar -> (bar - 0.5) * barWidth())
                .toArray();
        double[] heights = IntStream.rangeClosed(-last, last)
                .map(bar -> bar * binsOfBar())
                .mapToDouble(middle -> 100 * histogram.share(middle - half, middle + half))
                .toArray();
        return new Bars(label, ink, edges, heights);
    }
}
