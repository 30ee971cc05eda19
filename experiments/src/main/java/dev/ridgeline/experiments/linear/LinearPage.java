package dev.ridgeline.experiments.linear;

import dev.ridgeline.experiments.study.Panels;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of the study as one page. */
final class LinearPage {
    private static final String PROOF =
            "Violation: how far the worst coefficient is from the Karush-Kuhn-Tucker conditions, |g + \u03bb\u2082w +"
                    + " \u03bb\u2081sign(w)| for w \u2260 0 and max(0, |g| - \u03bb\u2081) for w = 0, with the gradient g of the"
                    + " mean loss. The function is convex, so no violation proves the optimum; what is left is the solver's"
                    + " tolerance of 1e-9. By intercepts: the largest gradient to one. Iterations: from the optimum of the"
                    + " \u03bb before. Largest: over all \u03bb and splits, intercepts included.";

    private static final String PATHS =
            "Each line is a coefficient of the model on the rows to train on; each chart has its own scale. The dashed line is"
                    + " the \u03bb that cross-validation chooses.";

    private static final String LOSSES =
            "Train: the rows that the model is fitted to. Cross-validation: each of these rows judged by a model that has not"
                    + " seen it; the band is one standard error over the folds to either side, and its lowest point chooses"
                    + " \u03bb. Validation: rows that had no part in either.";

    private LinearPage() {}

    static String html(LinearStudy study, Environment environment) {
        return new Page("Logistic regression: what a penalty does where the optimum is known", lead(study))
                .section(
                        "Accuracy",
                        Page.table(LinearTable.HEADER, LinearTable.rows(study)) + Page.paragraph(reading(study)))
                .section(
                        "Coefficients",
                        Page.table(LinearTable.coefficientsHeader(study), LinearTable.coefficients(study))
                                + Page.paragraph(coefficients(study)))
                .section("The path over \u03bb", paths(study) + Page.paragraph(PATHS + leftOut(study)))
                .section("Exact zeros", Panels.html(List.of(LinearCharts.zeros(study))))
                .section("Loss over \u03bb", Panels.html(LinearCharts.losses(study)) + Page.paragraph(LOSSES))
                .section(
                        "Proof of the optimum",
                        Page.table(LinearTable.PROOF_HEADER, LinearTable.proof(study)) + Page.paragraph(PROOF))
                .section("How it was done", method(study))
                .section("Measured with", Page.properties(measuredWith(study, environment)))
                .html();
    }

    /** Returns the answer. */
    static String lead(LinearStudy study) {
        PenaltyPath any = study.path(LinearPenalty.L1, 0);
        String accuracies = Arrays.stream(LinearPenalty.values())
                .map(penalty -> penalty.title() + " "
                        + study.distribution(penalty, p -> 100 * p.validation().accuracy())
                                .text("%.1f")
                        + " %")
                .collect(Collectors.joining(", "));
        String zeros = Arrays.stream(LinearPenalty.values())
                .map(penalty -> penalty.title() + " "
                        + study.distribution(penalty, PathPoint::exactZeros)
                                .text(study.settings().seeds() == 1 ? "%.0f" : "%.1f"))
                .collect(Collectors.joining(", "));
        double violation = Arrays.stream(LinearPenalty.values())
                .mapToDouble(study::largestViolation)
                .max()
                .orElseThrow();
        String splits = study.settings().seeds() == 1
                ? ""
                : " (mean \u00b1 standard deviation over " + study.settings().seeds() + " splits)";
        return String.format(
                Locale.ROOT,
                "With \u03bb chosen by cross-validation on %,d rows of %s, this much of the %,d others is classified"
                        + " correctly%s: %s.%nOf %,d coefficients, so many are exactly zero: %s.%nEvery model is proved to be"
                        + " the optimum: the largest violation of the optimality conditions is %.0e.",
                any.fitted(),
                study.rows().name(),
                any.judged(),
                splits,
                accuracies,
                study.coefficients(),
                zeros,
                violation);
    }

    private static String reading(LinearStudy study) {
        String edges = Arrays.stream(LinearPenalty.values())
                .filter(penalty -> study.path(penalty, 0).atEdge())
                .map(LinearPenalty::title)
                .collect(Collectors.joining(", "));
        return "Fractions of the rows; losses are cross-entropy in nats, without the penalty."
                + (study.settings().seeds() == 1
                        ? ""
                        : " Mean \u00b1 standard deviation over the splits; \u03bb is the median.")
                + (edges.isEmpty()
                        ? ""
                        : " The chosen \u03bb is the first or last of the path, so that a better one may lie beyond it, for: "
                                + edges + ".");
    }

    private static String coefficients(LinearStudy study) {
        return "Of the models that cross-validation chooses"
                + (study.settings().seeds() == 1 ? "" : " on the first split") + ", for features of mean 0 and standard"
                + " deviation 1, so that they can be compared. 0: exactly zero."
                + (study.outputs().size() == 1
                        ? " They add to the log odds of the class."
                        : " They add to the logarithm of the class's probability, up to a constant.")
                + LinearTable.leftOut(study).map(text -> " " + text).orElse("");
    }

    private static String paths(LinearStudy study) {
        return Panels.html(Arrays.stream(LinearPenalty.values())
                .flatMap(penalty -> LinearCharts.coefficients(study, penalty).stream())
                .toList());
    }

    private static String leftOut(LinearStudy study) {
        int outputs = study.outputs().size();
        int features = study.rows().features().size();
        return (features > LinearCharts.NAMED_FEATURES
                        ? " The " + LinearCharts.NAMED_FEATURES
                                + " features with the largest ones have a name; others are" + " grey."
                        : "")
                + (features > LinearCharts.MOST_FEATURES
                        ? " Features beyond the " + LinearCharts.MOST_FEATURES + " with the largest ones are left out."
                        : "")
                + (outputs > LinearCharts.MOST_CLASSES
                        ? " Shown are the first " + LinearCharts.MOST_CLASSES + " of " + outputs
                                + " classes; path.csv has all."
                        : "");
    }

    private static String method(LinearStudy study) {
        LinearStudy.Settings settings = study.settings();
        PenaltyPath any = study.path(LinearPenalty.L1, 0);
        String text = String.format(
                Locale.ROOT,
                "%s: %,d features, %d classes; %,d rows to fit on and %,d to judge by, drawn class by class. Features are"
                        + " standardised with what the rows to fit on say, anew in each of the %d folds of the"
                        + " cross-validation. The path has %d \u03bb on a logarithmic grid; with L1 it begins where all"
                        + " coefficients are zero. Minimised is the mean cross-entropy plus \u03bb times: L1, the sum of absolute"
                        + " coefficients; L2, half the sum of squares; elastic net, %s of the first and %s of the second."
                        + " Intercepts are not penalised.",
                study.rows().name(),
                study.rows().features().size(),
                study.rows().classes().size(),
                any.fitted(),
                any.judged(),
                settings.folds(),
                settings.lambdas(),
                settings.l1Ratio(),
                Math.round(1e6 * (1 - settings.l1Ratio())) / 1e6);
        List<String> notes = study.rows().notes();
        return Page.paragraph(text)
                + (notes.isEmpty() ? "" : Page.paragraph("Of the table: " + String.join("; ", notes) + "."));
    }

    private static Map<String, Object> measuredWith(LinearStudy study, Environment environment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("digest of all coefficients", study.digest());
        map.put("seed", study.seed());
        map.put("splits", study.settings().seeds());
        map.putAll(environment.toMap());
        return map;
    }
}
