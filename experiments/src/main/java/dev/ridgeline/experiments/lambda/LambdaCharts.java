package dev.ridgeline.experiments.lambda;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Charts of the best λ over the number of rows: points, and the power law with the band of its confidence. */
final class LambdaCharts {
    private static final int POSITIONS = 60;

    private final LambdaStudy study;

    LambdaCharts(LambdaStudy study) {
        this.study = study;
    }

    /** Returns the charts on logarithmic axes, where a power law is straight. */
    List<Chart> logarithmic() {
        return charts(true);
    }

    /** Returns the same on linear axes. */
    List<Chart> linear() {
        return charts(false);
    }

    private List<Chart> charts(boolean logarithmic) {
        List<Chart> charts = new ArrayList<>();
        add(charts, "L2 at three starts", logarithmic, Family.L2_SMALL, Family.L2, Family.L2_LARGE);
        add(charts, "L1 against L2", logarithmic, Family.L2, Family.L1);
        add(charts, "Control: ridge regression", logarithmic, Family.RIDGE);
        return charts;
    }

    /** Adds a chart, unless every λ of its families is at an edge. */
    private void add(List<Chart> charts, String title, boolean logarithmic, Family... families) {
        if (heights(families).findAny().isPresent()) {
            charts.add(chart(title, logarithmic, families));
        }
    }

    private Chart chart(String title, boolean logarithmic, Family... families) {
        List<Mark> marks = new ArrayList<>();
        for (Family family : families) {
            line(family, logarithmic).ifPresent(marks::add);
        }
        if (logarithmic) {
            marks.addAll(slopeOne(families[0]));
        }
        for (Family family : families) {
            marks.addAll(points(family));
        }
        double first = study.plan().rows().getFirst();
        double last = study.plan().rows().getLast();
        String rows = "training rows N";
        String lambda = "best λ";
        return logarithmic
                ? new Chart(
                        title,
                        Axis.logarithmic(rows + " (log scale)", DoubleStream.of(first, last)),
                        Axis.logarithmic(lambda + " (log scale)", heights(families)),
                        marks)
                : new Chart(
                        title,
                        Axis.linear(rows, 0, last * 1.02),
                        Axis.linear(lambda, 0, heights(families).max().orElseThrow() * 1.05),
                        marks);
    }

    /** Returns all that must be within the axis: points, their bars, and both ends of the laws with their bands. */
    private DoubleStream heights(Family... families) {
        DoubleStream points = Arrays.stream(families)
                .flatMap(family -> study.points(family).stream())
                .flatMapToDouble(p -> DoubleStream.of(p.lambda(), p.low(), p.high()));
        List<Integer> rows = study.plan().rows();
        DoubleStream laws = Arrays.stream(families)
                .flatMap(family -> study.law(family).stream())
                .flatMap(law -> Stream.of(law.mean(rows.getFirst()), law.mean(rows.getLast())))
                .flatMapToDouble(band -> DoubleStream.of(band.low(), band.high()));
        return DoubleStream.concat(points, laws).filter(Double::isFinite);
    }

    private Optional<Mark> line(Family family, boolean logarithmic) {
        return study.law(family).map(law -> {
            double[] x = positions(logarithmic);
            Curve curve = Curve.line(
                    family.title() + ": " + LambdaTable.slope(law.slope()),
                    ink(family),
                    x,
                    heights(x, law, Interval::mean));
            return curve.within(heights(x, law, Interval::low), heights(x, law, Interval::high));
        });
    }

    private double[] positions(boolean logarithmic) {
        double from = study.plan().rows().getFirst();
        double to = study.plan().rows().getLast();
        return IntStream.range(0, POSITIONS)
                .mapToDouble(i -> (double) i / (POSITIONS - 1))
                .map(share -> logarithmic ? from * Math.pow(to / from, share) : from + (to - from) * share * share)
                .toArray();
    }

    private static double[] heights(double[] x, PowerLaw law, ToDoubleFunction<Interval> edge) {
        return DoubleStream.of(x).map(n -> edge.applyAsDouble(law.mean(n))).toArray();
    }

    /** Returns the law of the theory, through the first point. */
    private List<Mark> slopeOne(Family family) {
        return study.law(family).stream()
                .map(law -> {
                    double from = study.plan().rows().getFirst();
                    double to = study.plan().rows().getLast();
                    double height = law.mean(from).mean();
                    return (Mark) Reference.between("slope -1", from, height, to, height * from / to);
                })
                .toList();
    }

    /** Returns the geometric means with bars of one standard error; hollow where some training sets were at an edge. */
    private List<Mark> points(Family family) {
        List<Points.Point> whole = new ArrayList<>();
        List<Points.Point> partial = new ArrayList<>();
        for (LambdaStudy.Point point : study.points(family)) {
            if (point.used() > 0) {
                Points.Point at = new Points.Point(point.rows(), point.lambda());
                (point.atEdge() == 0 ? whole : partial)
                        .add(point.used() < 2 ? at : at.yBetween(point.low(), point.high()));
            }
        }
        List<Mark> marks = new ArrayList<>();
        if (!whole.isEmpty()) {
            marks.add(new Points("", ink(family), Points.Shape.FILLED, whole));
        }
        if (!partial.isEmpty()) {
            marks.add(new Points("", ink(family), Points.Shape.HOLLOW, partial));
        }
        return marks;
    }

    private static Ink ink(Family family) {
        return Ink.ofSeries(family.ordinal());
    }
}
