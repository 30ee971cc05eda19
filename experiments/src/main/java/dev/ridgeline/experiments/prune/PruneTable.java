package dev.ridgeline.experiments.prune;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.study.Distribution;
import java.util.List;
import java.util.Locale;

/** The table of the study as text, for terminal and page: ASCII alone. */
final class PruneTable {
    static final List<String> HEADER = List.of(
            "pruned",
            "whole accuracy",
            "weights needed",
            "of all",
            "accuracy at 1/8",
            "over magnitude",
            "95% interval");

    static final String LEGEND = """
            Accuracy in % of the test rows, means over the seeds. Weights needed: the fewest before the mean is more than 2
            points below that of the whole model without a penalty. Over magnitude: at 1/8 of the weights; the interval is
            that of the difference, seed by seed.
            """;

    private PruneTable() {}

    /** Returns a row for each line. */
    static List<List<String>> rows(PruneStudy study) {
        return PruneStudy.lines(study.plan()).stream()
                .map(line -> row(study, line))
                .toList();
    }

    private static List<String> row(PruneStudy study, PruneStudy.Line line) {
        PruneStudy.Level needed = study.needed(line);
        boolean compares = line.method() != PruneMethod.MAGNITUDE;
        Distribution over = study.overMagnitude(line);
        return List.of(
                line.title(),
                percent(study.levels(line).getFirst().accuracy().mean()),
                String.format(Locale.ROOT, "%,d", needed.weights()),
                percent(needed.left()) + " %",
                percent(study.compared(line).accuracy().mean()),
                compares ? percent(over.mean()) : "",
                compares ? over.interval().map(PruneTable::interval).orElse("") : "");
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f", 100 * fraction);
    }

    static String interval(Interval interval) {
        return "[" + percent(interval.low()) + ", " + percent(interval.high()) + "]";
    }
}
