package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Points;
import dev.ridgeline.plot.Points.Point;
import dev.ridgeline.plot.Points.Shape;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * What candidates buy against what they cost, in two charts: per step, and until the model is at its best. A dominated
 * candidate is grey and hollow.
 */
record ParetoCharts(Task task, List<Offer> offers, Choice choice) {
    Chart perStep() {
        Axis x = Axis.linear(
                "added to a training step (%)",
                offers.stream()
                        .flatMapToDouble(o -> DoubleStream.of(
                                0, 100 * o.overhead().low(), 100 * o.overhead().high())));
        return chart("Benefit against overhead per step", x, Offer::dearStep, offer -> {
            Point point = new Point(100 * offer.overhead().mean(), offer.benefit());
            boolean measured = offer.overhead().high() > offer.overhead().low();
            return measured
                    ? point.xBetween(
                            100 * offer.overhead().low(), 100 * offer.overhead().high())
                    : point;
        });
    }

    Chart timeToBest() {
        Axis x = Axis.logarithmic(
                "training time until its loss is lowest (ms, log scale)",
                offers.stream().mapToDouble(offer -> 1e3 * offer.secondsToBest()));
        return chart(
                "Benefit against time to best",
                x,
                Offer::dearTime,
                offer -> new Point(1e3 * offer.secondsToBest(), offer.benefit()));
    }

    private Chart chart(String title, Axis x, Predicate<Offer> dominated, Function<Offer, Point> place) {
        String unit = task == Task.CLASSIFICATION ? "nats" : "squared standard deviations of the target";
        Axis y = Axis.linear(
                "benefit (" + unit + ")",
                offers.stream()
                        .map(Offer::finding)
                        .flatMapToDouble(f ->
                                DoubleStream.of(f.benefit().low(), f.benefit().high())));
        List<Mark> marks = new ArrayList<>();
        marks.add(Reference.horizontal("", 0));
        Function<Offer, Point> drawn = offer -> {
            Point point = place.apply(offer).labelled(offer.candidate().title());
            return offer.candidate() == Candidate.NONE
                    ? point
                    : point.yBetween(
                            offer.finding().benefit().low(),
                            offer.finding().benefit().high());
        };
        add(marks, Ink.SOFT, Shape.HOLLOW, drawn, o -> dominated.test(o) && o != choice.offer());
        add(marks, Ink.BLUE, Shape.FILLED, drawn, o -> !dominated.test(o) && o != choice.offer());
        add(marks, Ink.ORANGE, Shape.FILLED, drawn, o -> o == choice.offer());
        return new Chart(title, x, y, marks);
    }

    private void add(List<Mark> marks, Ink ink, Shape shape, Function<Offer, Point> drawn, Predicate<Offer> which) {
        List<Point> points = offers.stream().filter(which).map(drawn).toList();
        if (!points.isEmpty()) {
            marks.add(new Points("", ink, shape, points));
        }
    }
}
