package dev.ridgeline.experiments.iris;

import dev.ridgeline.experiments.study.DotPlot;
import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.experiments.study.Panels;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of the repeated Iris study as one page. */
final class RepeatedIrisPage {
    private static final String CURVES =
            "A line is the mean over all runs, and over the epochs of a bin; its band goes from the lowest to the highest."
                    + " Training values are those of the training pass: under dropout half of the network is missing there.";

    private RepeatedIrisPage() {}

    static String html(RepeatedIris study, Environment environment) {
        LearningCurves curves = new LearningCurves(study.runs());
        return new Page("Iris: what three regularizers buy, over " + repetitions(study.runs()), lead(study))
                .section(
                        "How the accuracies are distributed",
                        Page.table(RepeatedIris.HEADER, study.table()) + Page.paragraph(reading(study.runs())))
                .section("Every run", Panels.html(study.dots()) + Page.paragraph(DotPlot.reading("a run")))
                .section("Accuracy", Panels.html(curves.accuracy()) + Page.paragraph(CURVES))
                .section("Loss", Panels.html(curves.loss()))
                .section("How it was done", Page.paragraph(IrisPage.METHOD) + Page.paragraph(drawn(study.runs())))
                .section("Measured with", Page.properties(measuredWith(study, environment)))
                .html();
    }

    private static String repetitions(RepeatedRuns runs) {
        String seeds = runs.seeds() + (runs.seeds() == 1 ? " seed" : " seeds");
        return runs.splits() == 1 ? seeds : runs.splits() + " splits with " + seeds + " each";
    }

    private static String lead(RepeatedIris study) {
        String medians = Arrays.stream(IrisModel.values())
                .map(kind -> kind.title() + " "
                        + flowers(study.every(kind, run -> run.validation().accuracy())
                                .median()))
                .collect(Collectors.joining(", "));
        String judges = study.runs().splits() == 1
                ? "The same 30 flowers judge every run: seeds show what chance in weights and masks does, --splits what the"
                        + " choice of the flowers does."
                : "Each split has other flowers to judge by.";
        return "Of 30 validation flowers, so many were classified correctly in the median of "
                + repetitions(study.runs()) + ": " + medians + ".\n" + judges;
    }

    private static String flowers(double accuracy) {
        double flowers = 30 * accuracy;
        return String.format(Locale.ROOT, Math.abs(flowers - Math.rint(flowers)) < 1e-9 ? "%.0f" : "%.1f", flowers);
    }

    private static String reading(RepeatedRuns runs) {
        return "Fractions of 120 flowers to train on and 30 to validate, after the last epoch. Median and range are of all"
                + " runs. The interval is Student's t over the "
                + (runs.splits() == 1
                        ? "seeds: it says nothing of other splits."
                        : "splits, each with its mean over the seeds: it tells what other splits of these flowers would show, and"
                                + " for other flowers it is too narrow, since the splits share most of theirs.")
                + " A dash: these do not differ. In Keras: the accuracies published for the same models on the published split,"
                + " or their range over several runs.";
    }

    private static String drawn(RepeatedRuns runs) {
        return runs.splits() == 1
                ? "Each seed gives other initial weights, masks and orders of the flowers."
                : "The first split is the published one; the others have as many flowers of each species and are drawn from"
                        + " the seed. Each run has a seed of its own for initial weights, masks and the order of the flowers.";
    }

    private static Map<String, Object> measuredWith(RepeatedIris study, Environment environment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("digest of all weights", study.digest());
        map.put("first seed", study.runs().first());
        map.put("splits", study.runs().splits());
        map.put("seeds a split", study.runs().seeds());
        map.put("epochs", study.epochs());
        map.putAll(environment.toMap());
        return map;
    }
}
