package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.Noise;
import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a selection as one page. */
final class SelectPage {
    private static final String READING =
            "Benefit: by how much the validation loss is lower than that of none, mean over the splits. Its interval"
                    + " contains 0 exactly if Holm's procedure over all candidates does not call the difference proven"
                    + " at 5 %. Strength: the one with the lowest mean loss over all splits; * means that it is the"
                    + " weakest or the strongest that was tried, so that a better one may lie beyond. Per step: what it"
                    + " adds to a training step, with the half width of its 95 % interval. Best at: the training time on"
                    + " the whole table until the loss is lowest. Dominated: another candidate buys at least as much for"
                    + " no more per step, and another (or the same) in no more time; what cannot be told from 0 counts as 0.";

    private static final String PARETO =
            "Up is better, left is cheaper. Vertical bars: the intervals of the benefit. Horizontal bars: 95 % intervals"
                    + " of the overhead. Orange: the choice. Hollow and grey: dominated, another candidate buys at least as"
                    + " much for no more; there a benefit or an overhead that cannot be told from 0 counts as 0.";

    private SelectPage() {}

    static String html(Selection selection, Environment environment) {
        ParetoCharts charts = selection.charts();
        return new Page("Which regularizer for " + selection.table().target() + "?", selection.answer())
                .section("What each buys and costs", table(selection))
                .section(
                        "Benefit against price",
                        charts.perStep().figure("") + charts.timeToBest().figure("") + Page.paragraph(PARETO))
                .section("The chosen model as code", code(selection.code()))
                .section("The table", data(selection))
                .section("How it was done", method(selection))
                .section("Digest", digest(selection))
                .section("Measured with", Page.properties(environment.toMap()))
                .html();
    }

    private static String table(Selection selection) {
        SelectTable rows = selection.rows();
        return Page.table(rows.header(), rows.rows())
                + Page.paragraph("Loss: " + selection.lossUnit() + ". " + READING);
    }

    private static String code(Code code) {
        return Page.paragraph("Trained on all " + code.rows() + " rows. A strength is what each library calls it.")
                + program("Ridgeline", RidgelineCode.of(code))
                + program("Keras", KerasCode.of(code))
                + program("PyTorch", PyTorchCode.of(code));
    }

    private static String program(String name, String text) {
        return "<h3>" + name + "</h3>\n<pre>" + Page.escape(text) + "</pre>\n";
    }

    private static String data(Selection selection) {
        var table = selection.table();
        String notes = table.notes().stream()
                .map(note -> "<li>" + Page.escape(note) + "</li>\n")
                .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
        String shape = String.format(
                Locale.ROOT,
                "%s: %,d rows, %d columns that become %d features. The target is \"%s\", for %s: %s.",
                table.name(),
                table.rows(),
                table.columnCount(),
                table.features().size(),
                table.target(),
                table.task(),
                table.rule());
        String classes =
                table.task() == Task.CLASSIFICATION ? " Classes: " + String.join(", ", table.classes()) + "." : "";
        return Page.paragraph(shape + classes) + (table.notes().isEmpty() ? "" : notes);
    }

    private static String method(Selection selection) {
        Plan plan = selection.plan();
        Noise noise = selection.cost().noise();
        String training = "Layers %s, ReLU; Adam with learning rate %s, batches of %d, %d epochs for every candidate."
                .formatted(plan.network(), Recipe.OPTIMIZER.learningRate(), plan.batchSize(), plan.epochs());
        String splits =
                (" Nested cross-validation: %d folds, stratified, repeated %d times; in each of these %d splits the"
                                + " strength is chosen by %d inner folds of the training rows, and judged on rows that had no part"
                                + " in that. So the benefit is that of a candidate with its tuning, not of the luckiest strength."
                                + " All candidates have the same splits, initial weights and batches. Gaps are filled and features"
                                + " scaled with the training rows of each split.")
                        .formatted(plan.folds(), plan.repeats(), plan.folds() * plan.repeats(), plan.innerFolds());
        String stopping =
                " Early stopping is a candidate of its own, its epoch chosen as a strength is: so what another"
                        + " regularizer buys is not mixed with what stopping buys.";
        String statistics =
                " Intervals and p-values are Student's over the splits, with the correction of Nadeau and Bengio"
                        + " (2003) for training rows that splits share, which widens them.";
        String cost = String.format(
                Locale.ROOT,
                "The steps were measured in one process, in rounds of short slices in random order, no regularizer twice in"
                        + " each round. These two differ by %.2f %% (interval %.2f to %.2f): smaller overheads mean nothing."
                        + " Another run measures slightly other times.",
                100 * noise.difference().mean(),
                100 * noise.difference().low(),
                100 * noise.difference().high());
        return Page.paragraph(training + splits + stopping + statistics) + Page.paragraph(cost);
    }

    private static String digest(Selection selection) {
        Map<String, String> digest = new LinkedHashMap<>();
        digest.put("all", selection.findings().digest());
        return Page.paragraph(
                        "SHA-256 over the weights of all models that were judged. Another run with this seed, table and"
                                + " plan gives the same, whatever the machine and the number of threads.")
                + Page.properties(digest);
    }
}
