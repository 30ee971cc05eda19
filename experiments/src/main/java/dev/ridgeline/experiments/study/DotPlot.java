package dev.ridgeline.experiments.study;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Dot plots (Wilkinson, Dot plots, The American Statistician 53, 1999): each run is a dot above its value, runs of the same
 * value are stacked. Below them stands the mean with its 95 % interval.
 */
public final class DotPlot {
    /** Below the dots there is room for the mean and its name. */
    private static final double ROOM = 0.15;

    private static final double ROUNDING = 1e-9;

    private DotPlot() {}

    /**
     * One of the plots that share their axes.
     *
     * @param title what is drawn
     * @param runs a value for each run
     * @param mean the mean of the independent runs
     * @param interval its interval, if there is one
     * @param references lines to compare with
     */
    public record Panel(
            String title, double[] runs, double mean, Optional<Interval> interval, List<Reference> references) {}

    /**
     * Returns how to read the plots, for a page.
     *
     * @param dot what a dot is
     * @return two sentences
     */
    public static String reading(String dot) {
        return "Each dot is " + dot
                + "; equal values are stacked. The square below is the mean with its 95 % interval.";
    }

    /**
     * Draws plots on the same axes.
     *
     * @param label what the values are, with the unit
     * @param count what a dot is, in the plural
     * @param panels the plots, at least one
     * @return a chart for each
     */
    public static List<Chart> charts(String label, String count, List<Panel> panels) {
        double[] all = panels.stream()
                .flatMapToDouble(panel -> DoubleStream.concat(
                        Arrays.stream(panel.runs()),
                        panel.interval().stream().flatMapToDouble(i -> DoubleStream.of(i.low(), i.high()))))
                .toArray();
        int highest = panels.stream()
                .flatMap(panel -> stacks(panel.runs()).values().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        Axis x = Axis.linear(label, Arrays.stream(all));
        Axis y = Axis.counts(count, highest + 1, ROOM);
        return panels.stream().map(panel -> chart(panel, x, y)).toList();
    }

    private static Chart chart(Panel panel, Axis x, Axis y) {
        List<Mark> marks = new ArrayList<>(panel.references());
        List<Points.Point> dots = new ArrayList<>();
        stacks(panel.runs()).forEach((value, size) -> {
            for (int i = 1; i <= size; i++) {
                dots.add(new Points.Point(value, i));
            }
        });
        marks.add(new Points("", Ink.BLUE, Points.Shape.FILLED, dots));
        Points.Point mean = new Points.Point(panel.mean(), 0);
        marks.add(new Points(
                "mean",
                Ink.ORANGE,
                Points.Shape.FILLED,
                List.of(panel.interval()
                        .map(i -> mean.xBetween(i.low(), i.high()))
                        .orElse(mean))));
        return new Chart(panel.title(), x, y, marks);
    }

    /** Returns how many runs have each value, up to rounding. */
    private static Map<Double, Integer> stacks(double[] values) {
        Map<Double, Integer> stacks = new TreeMap<>();
        for (double value : values) {
            stacks.merge(Math.rint(value / ROUNDING) * ROUNDING, 1, Integer::sum);
        }
        return stacks;
    }
}
