package dev.ridgeline.experiments.prune;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Mark;
import dev.ridgeline.plot.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The charts of the study: accuracy over the weights that are left. */
final class PruneCharts {
    private static final double PERCENT = 100;

    private final PruneStudy study;

    PruneCharts(PruneStudy study) {
        this.study = study;
    }

    /** Returns two charts of some data, without and with training after each removal, on the same axes, from chance up. */
    List<Chart> of(PruneData data) {
        return List.of(chart(data, false), chart(data, true));
    }

    private Chart chart(PruneData data, boolean retrained) {
        List<Mark> marks = new ArrayList<>();
        PruneStudy.Line magnitude = new PruneStudy.Line(data, PruneMethod.MAGNITUDE, retrained);
        double whole = study.levels(magnitude).getFirst().accuracy().mean();
        marks.add(Reference.horizontal("whole", PERCENT * whole));
        for (PruneMethod method : data.methods()) {
            marks.add(curve(new PruneStudy.Line(data, method, retrained)));
        }
        return new Chart(
                data.title() + (retrained ? ", retrained after each removal" : ", not retrained"),
                Axis.logarithmic(
                        "weights left: 1 of \u2026 (log scale)", 1, 1 / PrunedModel.LEFT[PrunedModel.LEFT.length - 1]),
                Axis.linear("test accuracy (%)", PERCENT / data.classes(), PERCENT),
                marks);
    }

    /** Returns means over the seeds, within the 95 % interval of each mean. */
    private Curve curve(PruneStudy.Line line) {
        List<PruneStudy.Level> levels = study.levels(line);
        Curve curve = Curve.line(
                        line.method().title(),
                        line.method().ink(),
                        levels.stream().mapToDouble(level -> 1 / level.left()).toArray(),
                        percents(levels, level -> level.accuracy().mean()))
                .in(Curve.Style.MARKED);
        if (study.plan().seeds() < 2) {
            return curve;
        }
        return curve.within(
                percents(levels, level -> interval(level).low()),
                percents(levels, level -> interval(level).high()));
    }

    private static Interval interval(PruneStudy.Level level) {
        return level.accuracy().interval().orElseThrow();
    }

    private static double[] percents(List<PruneStudy.Level> levels, ToDoubleFunction<PruneStudy.Level> fraction) {
        return levels.stream()
                .mapToDouble(level -> PERCENT * fraction.applyAsDouble(level))
                .toArray();
    }
}
