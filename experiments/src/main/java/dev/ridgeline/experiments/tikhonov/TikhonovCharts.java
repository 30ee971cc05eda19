package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The charts of the study: fitted curves, and errors over λ. */
final class TikhonovCharts {
    private final TikhonovStudy study;
    private final Axis lambda;

    TikhonovCharts(TikhonovStudy study) {
        this.study = study;
        List<Double> lambdas = Smoothing.ORDER_0.lambdas();
        lambda = Axis.logarithmic("λ (log scale)", lambdas.getFirst(), lambdas.getLast());
    }

    /** Returns a chart for each regularizer: the rows, the sine, the curve with the best λ and that without. */
    List<Chart> curves() {
        Axis x = Axis.linear("x", NoisySine.LEFT, NoisySine.RIGHT);
        Dataset rows = study.plan().draw(study.fits().seeds()[0]);
        double[] targets = doubles(rows.targets());
        Mark dots = Points.dots("", Ink.SOFT, doubles(rows.x()), targets);
        // of rows and sine; a curve beyond is drawn on the edge
        Axis y = Axis.linear("y", DoubleStream.concat(DoubleStream.of(targets), DoubleStream.of(-1, 1)));
        return Smoothing.REGULARIZERS.stream()
                .map(smoothing -> new Chart(
                        smoothing.title() + ", λ = " + study.curve(smoothing).lambda(),
                        x,
                        y,
                        List.of(dots, sine(), curve(Smoothing.NONE), curve(smoothing))))
                .toList();
    }

    private static Mark sine() {
        Dataset truth = NoisySine.truth();
        return Curve.line("sin x", Ink.SOFT, doubles(truth.x()), doubles(truth.targets()))
                .in(Curve.Style.DASHED);
    }

    private Mark curve(Smoothing smoothing) {
        double[] x = doubles(NoisySine.truth().x());
        return Curve.line(
                smoothing.title(), smoothing.ink(), x, study.curve(smoothing).y());
    }

    /** Returns a chart for each regularizer: training and true error over λ. */
    List<Chart> errors() {
        Axis y = Axis.logarithmic("mean squared error (log scale)", heights());
        return Smoothing.REGULARIZERS.stream()
                .map(smoothing -> new Chart(
                        smoothing.title(),
                        lambda,
                        y,
                        List.of(
                                without(),
                                errors(smoothing, "training", Ink.BLUE, Fit::trainError),
                                errors(smoothing, "true", Ink.ORANGE, Fit::trueError))))
                .toList();
    }

    /** Returns the true error of all regularizers, without bands, which would cover each other. */
    Chart trueErrors() {
        List<Mark> marks = new ArrayList<>(List.of(without()));
        Smoothing.REGULARIZERS.forEach(s -> marks.add(line(s, s.title(), s.ink(), Fit::trueError)));
        return new Chart(
                "True error over λ",
                lambda,
                Axis.logarithmic("mean squared distance from the sine (log scale)", heights()),
                marks);
    }

    /** Returns the true and the training error of order 1 and of noise on the same axes. */
    List<Chart> noise() {
        Axis strength = Axis.logarithmic("λ, or variance of the noise (log scale)", lambda.min(), lambda.max());
        Axis y = Axis.logarithmic("mean squared error (log scale)", heights());
        return List.of(
                new Chart("True error", strength, y, both(Fit::trueError)),
                new Chart("Training error", strength, y, both(Fit::trainError)));
    }

    private List<Mark> both(ToDoubleFunction<Fit> number) {
        return Stream.of(Smoothing.ORDER_1, Smoothing.NOISE)
                .map(smoothing -> errors(smoothing, smoothing.title(), smoothing.ink(), number))
                .toList();
    }

    private Mark without() {
        double[] errors = study.fits().numbers(Smoothing.NONE, 0, Fit::trueError);
        return Reference.horizontal("true, without", TikhonovTable.mean(errors));
    }

    /** Returns a curve of means over the training sets, within the 95 % interval of each mean. */
    private Mark errors(Smoothing smoothing, String label, Ink ink, ToDoubleFunction<Fit> number) {
        Curve line = line(smoothing, label, ink, number);
        if (study.fits().seeds().length < 2) {
            return line;
        }
        List<Interval> intervals = smoothing.lambdas().stream()
                .map(l -> Interval.of(study.fits().numbers(smoothing, l, number)))
                .toList();
        return line.within(
                intervals.stream().mapToDouble(Interval::low).toArray(),
                intervals.stream().mapToDouble(Interval::high).toArray());
    }

    private Curve line(Smoothing smoothing, String label, Ink ink, ToDoubleFunction<Fit> number) {
        double[] lambdas = smoothing.lambdas().stream().mapToDouble(l -> l).toArray();
        double[] means = DoubleStream.of(lambdas)
                .map(l -> TikhonovTable.mean(study.fits().numbers(smoothing, l, number)))
                .toArray();
        return Curve.line(label, ink, lambdas, means).in(Curve.Style.MARKED);
    }

    /** Returns all means; the ends of their intervals may be at 0 or below, where there is no logarithm. */
    private DoubleStream heights() {
        return Stream.of(Smoothing.values())
                .flatMap(smoothing -> smoothing.lambdas().stream()
                        .flatMap(l -> Stream.<ToDoubleFunction<Fit>>of(Fit::trainError, Fit::trueError)
                                .map(number -> study.fits().numbers(smoothing, l, number))))
                .mapToDouble(TikhonovTable::mean);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
