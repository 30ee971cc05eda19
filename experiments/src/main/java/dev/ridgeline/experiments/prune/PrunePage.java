package dev.ridgeline.experiments.prune;

import dev.ridgeline.prune.OptimalBrainSurgeon;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import dev.ridgeline.train.Model;
import java.util.Comparator;
import java.util.Locale;

/** The report of the study as one page. */
final class PrunePage {
    private static final String READING =
            "From left to right weights go: at 10 one of ten is left. A line is the mean over the seeds, its band the 95 % interval of that mean;"
                    + " dashed is the whole model without a penalty. Where models are retrained, each goes on from the one to its"
                    + " left, so that a model further right has trained longer, too. The axis of accuracy begins at chance.";

    private static final String DAMAGE =
            "Damage and surgeon go by the curvature of the loss, which for softmax and cross-entropy fades where the model"
                    + " is certain of its rows: with --epochs 200 damage falls behind magnitude on Iris. Damage looks at each"
                    + " weight alone; the surgeon also moves the others, so that they make good what is lost, and needs"
                    + " retraining least. A unit that goes takes all its weights along, the needed ones too; but it alone makes the"
                    + " model faster, since a matrix product gains nothing from single zeros.";

    private static final String WEIGHTS =
            "Weights are those of both kernels; biases stay, but for those of units. Each removal leaves 1/\u221a2 of the"
                    + " weights before it, chosen anew among those left: damage and surgeon take their derivatives again each"
                    + " time, also where nothing is retrained. Magnitude, damage and surgeon choose among all weights of the"
                    + " network; of the units an equal part goes by the sum of their outgoing magnitudes, and one stays.";

    private static final String DIGEST =
            "SHA-256 of each pruned model's weights, then that of these, a line each. Another run with the same options"
                    + " gives the same, whatever the machine and the number of threads: ";

    private PrunePage() {}

    static String html(PruneStudy study, Environment environment) {
        PruneCharts charts = new PruneCharts(study);
        Page page = new Page("How many weights does a network need?", lead(study));
        for (PruneData data : study.plan().data()) {
            StringBuilder figures = new StringBuilder();
            charts.of(data).stream().map(chart -> chart.figure("")).forEach(figures::append);
            page.section(heading(data), figures + Page.paragraph(READING) + about(data, study.seed()));
        }
        return page.section(
                        "In numbers",
                        Page.table(PruneTable.HEADER, PruneTable.rows(study)) + Page.paragraph(PruneTable.LEGEND))
                .section("What the methods look at", Page.paragraph(DAMAGE))
                .section(
                        "How it was done",
                        Page.paragraph(WEIGHTS) + Page.properties(study.plan().toMap()))
                .section("Digest", Page.paragraph(DIGEST + study.digest()))
                .section("Measured with", Page.properties(environment.toMap()))
                .html();
    }

    private static String heading(PruneData data) {
        return data == PruneData.IRIS ? "Iris" : "900 images of Fashion-MNIST";
    }

    /** Says for each data set how few weights do, and by which method. */
    private static String lead(PruneStudy study) {
        StringBuilder lead = new StringBuilder();
        for (PruneData data : study.plan().data()) {
            lead.append(heading(data)).append(": ");
            lead.append(best(study, data, true)).append(" when trained on after each removal, ");
            lead.append(best(study, data, false)).append(" when not.\n");
        }
        return lead + "So few weights keep the accuracy within 2 points of the whole model's.";
    }

    private static String best(PruneStudy study, PruneData data, boolean retrained) {
        PruneStudy.Line best = PruneStudy.lines(study.plan()).stream()
                .filter(line -> line.data() == data && line.retrained() == retrained)
                .min(Comparator.comparingInt(
                                (PruneStudy.Line line) -> study.needed(line).weights())
                        .thenComparingDouble(
                                line -> -study.needed(line).accuracy().mean()))
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "%s %% of the weights (%s)",
                PruneTable.percent(study.needed(best).left()),
                best.method().title());
    }

    private static String about(PruneData data, long seed) {
        PruneData.Rows rows = data.rows(seed);
        WeightElimination elimination = data.elimination();
        try (Model model = data.model(rows, PruneMethod.MAGNITUDE, seed)) {
            String trained = String.format(
                    Locale.ROOT,
                    "%,d rows to train on and %,d to judge by%s. Layers %d-%d-%d, tanh, softmax with cross-entropy, Adam with"
                            + " learning rate 0.005, batches of 32. Weight elimination: λ = %s, w0 = %s, on both kernels from the"
                            + " first step on.",
                    rows.train().rows(),
                    rows.test().rows(),
                    data == PruneData.IRIS ? ", another split for each seed" : ", the same for each seed",
                    model.inputs(),
                    data.hidden(),
                    model.outputs(),
                    elimination.lambda(),
                    elimination.w0());
            String surgeon = data.methods().contains(PruneMethod.SURGEON)
                    ? ""
                    : Page.paragraph(surgeon(model, rows.derivatives().rows()));
            return Page.paragraph(trained) + surgeon;
        }
    }

    /** Says why the surgeon is not there, with what it would take. */
    private static String surgeon(Model model, int rows) {
        double n = model.parameterCount();
        return String.format(
                Locale.ROOT,
                "The surgeon is not there: its matrix of all %,d weights and biases would take %.1f GB, %.0e operations to build"
                        + " even from %d rows, and %.0e for each weight that goes. Damage takes its derivatives at these %d rows,"
                        + " a tenth of them from each class.",
                model.parameterCount(),
                new OptimalBrainSurgeon().workspaceBytes(model) / 1e9,
                4 * rows * model.outputs() * n * n,
                rows,
                2 * n * n,
                rows);
    }
}
