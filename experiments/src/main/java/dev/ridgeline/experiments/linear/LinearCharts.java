package dev.ridgeline.experiments.linear;

import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The charts of the first split: what a path over λ looks like. The penalty weakens from left to right. */
final class LinearCharts {
    /** As many lines as a chart has at the most. */
    static final int MOST_FEATURES = 40;

    /** As many as a chart tells apart by colour; the others are grey. */
    static final int NAMED_FEATURES = 6;

    /** Classes beyond these have no charts. */
    static final int MOST_CLASSES = 6;

    private static final double LEAST_LOSS = 1e-6;

    private LinearCharts() {}

    /** Returns a penalty's coefficients over λ: a chart for each class, each with its own scale. */
    static List<Chart> coefficients(LinearStudy study, LinearPenalty penalty) {
        int features = study.rows().features().size();
        int[] named = LinearTable.largest(study, NAMED_FEATURES).toArray();
        PenaltyPath path = study.path(penalty, 0);
        List<Chart> charts = new ArrayList<>();
        for (int output = 0; output < Math.min(MOST_CLASSES, study.outputs().size()); output++) {
            int first = output * features;
            List<Mark> marks = new ArrayList<>();
            LinearTable.largest(study, MOST_FEATURES)
                    .filter(feature -> Arrays.stream(named).noneMatch(n -> n == feature))
                    .forEach(feature -> marks.add(curve("", Ink.GRID, path, first + feature)));
            for (int i = 0; i < named.length; i++) {
                String name = study.rows().features().get(named[i]);
                marks.add(curve(name, Ink.ofSeries(i), path, first + named[i]));
            }
            marks.add(chosen(path));
            String title = penalty.title() + ": " + study.outputs().get(output);
            charts.add(new Chart(title, x(path), coefficientAxis(path, first, features), marks));
        }
        return charts;
    }

    private static Axis coefficientAxis(PenaltyPath path, int first, int features) {
        return Axis.linear(
                "coefficient (of the standardised feature)",
                path.points().stream()
                        .flatMapToDouble(point -> Arrays.stream(point.coefficients(), first, first + features)));
    }

    private static Curve curve(String name, Ink ink, PenaltyPath path, int coefficient) {
        return Curve.line(name, ink, lambdas(path), values(path, point -> point.coefficients()[coefficient]));
    }

    /** Returns the losses over λ: a chart for each penalty. */
    static List<Chart> losses(LinearStudy study) {
        Axis y = Axis.logarithmic(
                "loss (cross-entropy in nats, log scale)",
                Arrays.stream(LinearPenalty.values())
                        .flatMapToDouble(penalty -> study.path(penalty, 0).points().stream()
                                .flatMapToDouble(point -> DoubleStream.of(
                                                point.train().loss(),
                                                point.validation().loss(),
                                                point.crossValidationLoss())
                                        .map(loss -> Math.max(LEAST_LOSS, loss)))));
        return Arrays.stream(LinearPenalty.values())
                .map(penalty -> {
                    PenaltyPath path = study.path(penalty, 0);
                    Curve unseen = Curve.line(
                                    "cross-validation",
                                    Ink.GREEN,
                                    lambdas(path),
                                    values(path, PathPoint::crossValidationLoss))
                            .within(
                                    values(path, p -> p.crossValidationLoss() - p.crossValidationError()),
                                    values(path, p -> p.crossValidationLoss() + p.crossValidationError()));
                    double[] train = values(path, p -> p.train().loss());
                    double[] validation = values(path, p -> p.validation().loss());
                    return new Chart(
                            penalty.title(),
                            x(path),
                            y,
                            List.of(
                                    unseen,
                                    Curve.line("train", Ink.BLUE, lambdas(path), train),
                                    Curve.line("validation", Ink.ORANGE, lambdas(path), validation),
                                    chosen(path)));
                })
                .toList();
    }

    /** Returns the numbers of exact zeros over λ in one chart. */
    static Chart zeros(LinearStudy study) {
        List<PenaltyPath> paths = Stream.of(LinearPenalty.values())
                .map(penalty -> study.path(penalty, 0))
                .toList();
        Axis x = Axis.logarithmic(
                        "\u03bb (log scale; the penalty weakens to the right)",
                        paths.stream().flatMapToDouble(path -> Arrays.stream(lambdas(path))))
                .reverse();
        Axis y = Axis.counts("number, of " + study.coefficients(), study.coefficients(), 0);
        List<Curve> curves = IntStream.range(0, paths.size())
                .mapToObj(i -> Curve.line(
                        paths.get(i).penalty().title(),
                        Ink.ofSeries(i),
                        lambdas(paths.get(i)),
                        values(paths.get(i), PathPoint::exactZeros)))
                .toList();
        return new Chart("Coefficients that are exactly 0", x, y, curves);
    }

    private static Axis x(PenaltyPath path) {
        return Axis.logarithmic("\u03bb (log scale; weaker to the right)", Arrays.stream(lambdas(path)))
                .reverse();
    }

    private static Reference chosen(PenaltyPath path) {
        return Reference.vertical("chosen", path.chosen().lambda());
    }

    private static double[] lambdas(PenaltyPath path) {
        return values(path, PathPoint::lambda);
    }

    private static double[] values(PenaltyPath path, ToDoubleFunction<PathPoint> value) {
        return path.points().stream().mapToDouble(value).toArray();
    }
}
