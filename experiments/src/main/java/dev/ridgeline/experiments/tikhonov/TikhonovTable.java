package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.bench.cost.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The table of the study as text, for terminal and page: ASCII alone. */
final class TikhonovTable {
    static final List<String> HEADER = List.of(
            "regularizer",
            "best lambda",
            "training error",
            "true error",
            "95% interval",
            "less than without",
            "95% interval");

    static final String LEGEND = """
            Errors are mean squares over the training sets. The true error is the distance from the sine; that of each
            training set is taken with the lambda that is best on the others. Intervals: of the mean, training sets paired.
            """;

    private TikhonovTable() {}

    /** Returns a row for each regularizer. */
    static List<List<String>> rows(Fits fits) {
        return Arrays.stream(Smoothing.values())
                .map(smoothing -> row(fits, smoothing))
                .toList();
    }

    private static List<String> row(Fits fits, Smoothing smoothing) {
        boolean without = smoothing == Smoothing.NONE;
        double best = fits.best(smoothing);
        double[] errors = fits.chosenErrors(smoothing);
        double[] gains = fits.gains(smoothing, Smoothing.NONE);
        return List.of(
                smoothing.title(),
                without ? "" : best + (fits.atEdge(smoothing) ? " at the edge" : ""),
                number(mean(fits.numbers(smoothing, best, Fit::trainError))),
                number(mean(errors)),
                interval(errors),
                without ? "" : number(mean(gains)),
                without ? "" : interval(gains));
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns the interval of the mean; of a single value there is none. */
    static String interval(double[] values) {
        if (values.length < 2) {
            return "";
        }
        Interval interval = Interval.of(values);
        return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
    }
}
