package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The report of the study as one page. */
final class TikhonovPage {
    private static final String CURVES_READING =
            "Dots are the rows of the first training set, dashed is the sine that they were drawn from. Order 0 wants"
                    + " the curve near 0, order 1 wants it flat, and order 2 wants it straight but leaves slopes alone. λ is"
                    + " the best one of the table, found over all training sets.";

    private static final String ERRORS_READING =
            "Means over the training sets; how sure they are is below. From left to right the training error"
                    + " rises, for the curve is less and less free to follow the rows. The true error first falls with it, while what is lost is noise, and rises where the"
                    + " sine itself is lost: too much variance on the left, too much bias on the right.";

    private static final String BANDS =
            "A line is the mean over the training sets, its band the 95 % interval of that mean; a band that reaches beyond"
                    + " the axis is drawn to the edge. The bands are as wide as training sets differ. What sets regularizers"
                    + " apart is told better by the differences on the same training set, in the table above.";

    private static final String STEPS =
            "On the left, and without a regularizer, the true error depends on how long one trains: the curve goes on"
                    + " bending towards the rows with every step, so that the number of steps restrains it too. --epochs shows"
                    + " it. At the best λ of orders 1 and 2 and beyond, training has come to its end, and neither steps nor"
                    + " start matter. Order 0 never comes there: a function that is 0 but for a spike at each row has neither"
                    + " loss nor penalty, and the network goes towards it as far as its steps carry it.";

    private static final String NOISE =
            "Noise ε of variance σ² on the input makes the mean loss (y - t)² + σ²·(y'² + (y - t)·y'') + O(σ⁴). Where the"
                    + " last term averages out, what is left is order 1 with λ = σ² (Bishop, Training with noise is equivalent"
                    + " to Tikhonov regularization, Neural Computation 7, 1995). The loss here is the mean of (y - t)²; with"
                    + " Bishop's ½ before it the same penalty has λ = σ²/2. So both stand on one axis: λ of order 1 and σ² of"
                    + " the noise.";

    private static final String NOISE_LIMITS =
            "They are alike, not the same. For a straight line y'' is 0, and λ = σ² is exact. A free curve gives way to the"
                    + " last term: among many even rows it becomes the sine averaged over the noise, in which a wave of frequency ω is"
                    + " left with exp(-σ²ω²/2) of its height, where order 1 leaves 1/(1 + λω²). For slow waves that is λ = σ²/2,"
                    + " and at half the height 0.72·σ². So large noise takes less from the sine than order 1 at the same place"
                    + " of the axis. Besides, noise acts at the rows, order 1 here on the whole interval.";

    private static final String METHOD =
            "Rows: x uniform on [-\u03c0, \u03c0], y = sin x + normal noise. On this interval the sine, its slope and its"
                    + " curvature have the same mean square, ½; scale x otherwise, and the best λ of order r scales with the"
                    + " power 2r of it. Network 1-40-1, tanh, 121 weights for few rows; the places where its units turn over start"
                    + " spread over the interval. Loss: mean squared error + λ times the mean over the interval of y², y'² or"
                    + " y''², by Gauss-Legendre quadrature with 40 nodes. Adam with all rows in each step, learning rate 0.02,"
                    + " which falls to 0 by half a cosine. Under noise each row stands eight times in a step, each time with"
                    + " noise of its own. A training set, its start and its seed are the same for all regularizers and λ. The"
                    + " true error is the mean squared distance from the sine at 201 points.";

    private static final String DIGEST =
            "SHA-256 of each fit's weights, then that of these, a line each. Another run with the same options gives the"
                    + " same, whatever the machine and the number of threads: ";

    private TikhonovPage() {}

    static String html(TikhonovStudy study, Environment environment) {
        TikhonovCharts charts = new TikhonovCharts(study);
        return new Page("What Tikhonov's penalties buy on a noisy sine", lead(study.fits()))
                .section(
                        "With the best λ",
                        Page.table(TikhonovTable.HEADER, TikhonovTable.rows(study.fits()))
                                + Page.paragraph(TikhonovTable.LEGEND))
                .section("Fitted curves", panels(charts.curves()) + Page.paragraph(CURVES_READING))
                .section("True error over λ", charts.trueErrors().figure(ERRORS_READING))
                .section(
                        "Training error beside it",
                        panels(charts.errors()) + Page.paragraph(BANDS) + Page.paragraph(STEPS))
                .section(
                        "Noise beside order 1",
                        panels(charts.noise()) + Page.paragraph(NOISE) + Page.paragraph(NOISE_LIMITS))
                .section(
                        "How it was done",
                        Page.paragraph(METHOD) + Page.properties(study.plan().toMap()))
                .section("Digest", Page.paragraph(DIGEST + study.fits().digest()))
                .section("Measured with", Page.properties(environment.toMap()))
                .html();
    }

    private static String panels(List<Chart> charts) {
        return Page.panels(charts.stream().map(Chart::panel).toList());
    }

    /** Names the regularizer with the lowest error, and says whether the training sets can tell it from none and the next. */
    private static String lead(Fits fits) {
        List<Smoothing> ranked = Smoothing.REGULARIZERS.stream()
                .sorted(Comparator.comparingDouble(s -> TikhonovTable.mean(fits.chosenErrors(s))))
                .toList();
        Smoothing first = ranked.getFirst();
        Smoothing second = ranked.get(1);
        int sets = fits.seeds().length;
        String answer = String.format(
                Locale.ROOT,
                "%s comes nearest to the sine: with λ = %s its mean squared distance is %s, without a regularizer %s.",
                first.title(),
                fits.best(first),
                TikhonovTable.number(TikhonovTable.mean(fits.chosenErrors(first))),
                TikhonovTable.number(TikhonovTable.mean(fits.chosenErrors(Smoothing.NONE))));
        String title = answer.substring(0, 1).toUpperCase(Locale.ROOT) + answer.substring(1);
        return sets < 2
                ? title + "\nThat is one training set; what chance has in it, --seeds tells."
                : title + "\n" + difference(fits, first, Smoothing.NONE) + " " + difference(fits, first, second);
    }

    private static String difference(Fits fits, Smoothing first, Smoothing other) {
        double[] gains = fits.gains(first, other);
        String name = other == Smoothing.NONE ? "none" : other.title();
        return Interval.of(gains).low() > 0
                ? String.format(
                        Locale.ROOT,
                        "Over %d training sets it beats %s by %s, 95 %% interval %s.",
                        gains.length,
                        name,
                        TikhonovTable.number(TikhonovTable.mean(gains)),
                        TikhonovTable.interval(gains))
                : String.format(
                        Locale.ROOT,
                        "Over %d training sets no difference from %s can be told: %s, 95 %% interval %s.",
                        gains.length,
                        name,
                        TikhonovTable.number(TikhonovTable.mean(gains)),
                        TikhonovTable.interval(gains));
    }
}
