package dev.ridgeline.experiments.lambda;

import dev.ridgeline.plot.Chart;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report of the study as one page. */
final class LambdaPage {
    private static final String READING =
            "A point is the geometric mean over the training sets, its bar one standard error to either side; it is hollow"
                    + " where some training sets chose the first or last λ of the grid and are left out. The line is the"
                    + " power law through all λ within the grid, its band the 95 % confidence of the mean. Dashed: a fall"
                    + " as 1/N. Where the points bend away from their line, the law sums up this range and is no more than"
                    + " that.";

    private static final String LINEAR_READING = "The same points and laws; the law of the theory is left out here.";

    private static final String THEORY =
            "Weight decay is a normal prior on the weights. With a prior of variance τ² and a loss that is the mean over N"
                    + " rows, the penalty of the most probable weights is λ = c/N. That holds if the weights were drawn from"
                    + " the prior and if training ends at the minimum. A network of this study does neither: its weights"
                    + " come from the data alone, and its steps end long before the minimum, so that their number and the"
                    + " start restrain the weights too. At a minimum the start would be forgotten; here the slope changes"
                    + " with f.";

    private static final String CONTROL =
            "The control is linear regression with weights drawn from N(0, 1) and errors from N(0, 16), where λ* = 16/N is"
                    + " exact. It goes through the same grid, selection, geometric mean and regression. If its interval"
                    + " holds -1, the machinery bends no slope.";

    private static final String METHOD =
            "Two classes of equal size, each spherically normal with deviation 8 in 10 dimensions, centres 13.86 apart on the"
                    + " first axis: the best classifier errs in 19.3 % of the rows. One hidden layer of 15 tanh units, one"
                    + " sigmoid output, cross-entropy, gradient descent with learning rate 0.1. Weights start as N(0, f/K),"
                    + " K the inputs of the unit, biases at 0. Loss: mean over the batch + ½λΣw² (L2) or + λΣ|w| (L1, its"
                    + " gradient λ·sign w), on the kernels of both layers and not on the biases. For each N and seed one"
                    + " training set is drawn; all models see it, and start from the same normal numbers. The best λ has the"
                    + " lowest cross-entropy on 20,000 further rows after the last epoch. The regression is least squares of"
                    + " ln λ on ln N over all training sets, its interval Student's with n - 2 degrees of freedom.";

    private LambdaPage() {}

    static String html(LambdaStudy study, Environment environment, List<List<String>> predictions) {
        LambdaCharts charts = new LambdaCharts(study);
        Page page = new Page("Does the best λ fall as 1/N?", lead(study));
        if (!predictions.isEmpty()) {
            page.section(
                    "Predicted",
                    Page.table(LambdaTable.PREDICTIONS_HEADER, predictions)
                            + Page.paragraph("The interval is that of the best λ of one new training set. It holds for"
                                    + " data and models like these."));
        }
        return page.section("Slopes", Page.table(LambdaTable.SLOPES_HEADER, LambdaTable.slopes(study)))
                .section("Best λ on logarithmic axes", figures(charts.logarithmic(), READING))
                .section("Best λ on linear axes", figures(charts.linear(), LINEAR_READING))
                .section(
                        "Best λ in numbers",
                        Page.table(LambdaTable.pointsHeader(), LambdaTable.points(study))
                                + Page.paragraph(LambdaTable.LEGEND))
                .section("Why not 1/N", Page.paragraph(THEORY) + Page.paragraph(CONTROL))
                .section("Beside the published slopes", published(study))
                .section(
                        "How it was done",
                        Page.paragraph(METHOD) + Page.properties(study.plan().toMap()))
                .section("Measured with", Page.paragraph(speed(study)) + Page.properties(environment.toMap()))
                .section(
                        "Digest",
                        Page.paragraph(
                                "SHA-256 of the weights of each training set's models, then that of these, a line"
                                        + " each. Another run with the same options gives the same, whatever the machine and"
                                        + " the number of threads: " + study.digest()))
                .html();
    }

    private static String lead(LambdaStudy study) {
        Optional<PowerLaw> law = study.law(Family.L2);
        Optional<PowerLaw> control = study.law(Family.RIDGE);
        if (law.isEmpty() || control.isEmpty()) {
            return "This run cannot tell: too few λ lie within the grid, or there are too few numbers of rows.";
        }
        boolean asTheory = law.get().slopeInterval().low() <= -1
                && law.get().slopeInterval().high() >= -1;
        boolean sound = control.get().slopeInterval().low() <= -1
                && control.get().slopeInterval().high() >= -1;
        return String.format(
                Locale.ROOT,
                "%s: with N training rows the best λ of L2 goes as N to the power %s, 95 %% interval %s.%n"
                        + "The control, where 1/N is exact, gives %s, interval %s%s.",
                asTheory ? "This run does not contradict it" : law.get().slope() > -1 ? "Slower" : "Faster",
                LambdaTable.slope(law.get().slope()),
                LambdaTable.interval(law.get().slopeInterval()),
                LambdaTable.slope(control.get().slope()),
                LambdaTable.interval(control.get().slopeInterval()),
                sound ? "" : ": the grid or the range bends it, so read the slopes with care");
    }

    private static String figures(List<Chart> charts, String reading) {
        if (charts.isEmpty()) {
            return Page.paragraph("Every λ is at an edge of the grid; there is nothing to draw.");
        }
        return charts.stream().map(chart -> chart.figure("")).collect(Collectors.joining()) + Page.paragraph(reading);
    }

    /** Says what the published grid would have shown of these same runs. */
    private static String published(LambdaStudy study) {
        List<List<String>> rows = new ArrayList<>();
        for (Family family : LambdaRun.NETWORKS) {
            List<BestLambda> best = study.best(family, LambdaGrid.PUBLISHED);
            long atEdge = best.stream().filter(BestLambda::atEdge).count();
            rows.add(List.of(
                    family.title(),
                    family.published(),
                    study.law(family).map(law -> LambdaTable.slope(law.slope())).orElse(""),
                    String.format(Locale.ROOT, "%.0f %%", 100.0 * atEdge / best.size()),
                    censoredBelow(study, family),
                    study.lawWithEdges(family, LambdaGrid.PUBLISHED)
                            .map(law -> LambdaTable.slope(law.slope()))
                            .orElse("")));
        }
        return Page.paragraph(
                        "The published slopes are -0.685 for L2 from 8 to 3,240 rows, and -1.31, -0.79 and -0.11 for f ="
                                + " 0.1, 1 and 10 from 108 to 3,300. They were found with λ from 0.00001 to 0.02. Under a mean loss"
                                + " that grid ends below the best λ of small training sets: these can only choose its last"
                                + " value, whatever their best λ is, and so say nothing of a slope. The table reads the runs"
                                + " of this study as if λ had ended at 0.02.")
                + Page.table(
                        List.of(
                                "models",
                                "published slope",
                                "slope here",
                                "at an edge of the published grid",
                                "all at an edge up to N",
                                "slope there, edges counted"),
                        rows);
    }

    /** Returns the largest N below which, and at which, every training set is at an edge of the published grid. */
    private static String censoredBelow(LambdaStudy study, Family family) {
        List<BestLambda> best = study.best(family, LambdaGrid.PUBLISHED);
        String last = "none";
        for (int rows : study.plan().rows()) {
            if (!best.stream().filter(b -> b.rows() == rows).allMatch(BestLambda::atEdge)) {
                break;
            }
            last = String.format(Locale.ROOT, "%,d", rows);
        }
        return last;
    }

    private static String speed(LambdaStudy study) {
        double steps = (double) study.plan().epochs()
                * study.runs().stream().mapToLong(LambdaRun::rows).sum()
                * study.networks()
                / study.runs().size();
        return String.format(
                Locale.ROOT,
                "%,d networks were trained in %.1f s of one thread: %.1f ns for a row, forward and backward.",
                study.networks(),
                study.seconds(),
                1e9 * study.seconds() / steps);
    }
}
