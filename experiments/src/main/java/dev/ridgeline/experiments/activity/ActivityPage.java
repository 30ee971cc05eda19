package dev.ridgeline.experiments.activity;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.activity.ActivityTable.Figure;
import dev.ridgeline.experiments.study.Distribution;
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

/** The report of the study as one page. */
final class ActivityPage {
    private static final double HALF_A_FLOWER = 0.5 / ActivityStudy.VALIDATION_FLOWERS;

    private static final String PUBLISHED =
            "Accuracies in percent, after the last epoch: mean \u00b1 standard deviation over the splits. Published: one run of"
                    + " each model on one split. Trial: the same two models over 12 splits in PyTorch. The models with 500 units"
                    + " have no such figures. One validation flower is 2.63 percentage points, one training flower 0.89.";

    private static final String EFFECTS =
            "Each pair of models has the same rows and the same initial weights, and differs in nothing but the penalties."
                    + " The interval is Student's t over the splits, a split's value being the mean over its seeds; it tells what"
                    + " other splits of these flowers would show. Splits share most of their training rows, so for other"
                    + " flowers it is too narrow, and the wider one is corrected for that (Nadeau and Bengio, 2003). A dash: all"
                    + " splits agree. Higher, equal, lower: in how many splits the figure is so with the penalties. Accuracies"
                    + " in percentage points, losses in nats.";

    private static final String CURVES =
            "A line is the mean over all runs, and over the epochs of a bin; its band goes from the lowest to the highest."
                    + " Training values are those of the training pass, before each epoch's step.";

    private static final String LOSSES =
            "Cross-entropy in nats, without penalties, in one pass of inference after the training: mean \u00b1 standard"
                    + " deviation over the splits. Seconds are those of a training with the validation after each epoch.";

    private static final String METHOD =
            "150 flowers, 4 measurements, 3 species (Iris, UCI Machine Learning Repository, CC BY 4.0); each split has 112 to"
                    + " train on and 38 to validate, drawn by species, with features standardised by the training rows. Deep:"
                    + " layers 4-512-256-64-32-3; tanh, tanh, tanh, ReLU. Activity L1: 0.001 times the sum of the first layer's"
                    + " absolute activations, divided by the batch. 500 units: layers 4-500-3, tanh; penalised: L1 0.001 on the"
                    + " kernel and L2 0.001 on the bias of the hidden layer, as Keras counts them (half of 0.002 times the sum of"
                    + " squares), and L1 0.002 on its activations, divided by the batch; of that network the layer of 500 units"
                    + " alone is given, and here the output layer follows it. All: softmax with cross-entropy, Glorot uniform"
                    + " kernels, gradient descent with learning rate 0.01 in batches of 128, which hold all training rows: one"
                    + " step an epoch.";

    private ActivityPage() {}

    static String html(ActivityStudy study, Environment environment) {
        LearningCurves curves = new LearningCurves(study.runs());
        return new Page("Activity: what a penalty on activations buys on Iris", lead(study))
                .section(
                        "Beside the published run",
                        Page.table(ActivityTable.HEADER, ActivityTable.accuracies(study)) + Page.paragraph(PUBLISHED))
                .section(
                        "What the penalties change",
                        Page.table(ActivityTable.EFFECTS_HEADER, ActivityTable.effects(study))
                                + Page.paragraph(EFFECTS)
                                + Panels.html(ActivityCharts.effects(study))
                                + Page.paragraph(DotPlot.reading("a pair of runs")))
                .section("Every run", Panels.html(ActivityCharts.accuracies(study)))
                .section("Accuracy", Panels.html(curves.accuracy()) + Page.paragraph(CURVES))
                .section(
                        "Loss",
                        Panels.html(curves.loss())
                                + Page.table(ActivityTable.LOSS_HEADER, ActivityTable.losses(study))
                                + Page.paragraph(LOSSES))
                .section("How it was done", Page.paragraph(METHOD))
                .section("Measured with", Page.properties(measuredWith(study, environment)))
                .html();
    }

    private static Map<String, Object> measuredWith(ActivityStudy study, Environment environment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("digest of all weights", study.digest());
        map.put("seed", study.seed());
        map.put("splits", study.runs().splits());
        map.put("seeds a split", study.runs().seeds());
        map.put("epochs", study.epochs());
        map.putAll(environment.toMap());
        return map;
    }

    /** Returns the answer, a line each for what was found, what was published, and the other penalties. */
    static String lead(ActivityStudy study) {
        return answer(study, ActivityModel.DEEP_ACTIVITY, "The penalty on the first layer's activations") + "\n"
                + oneRun(study) + "\n"
                + answer(
                        study,
                        ActivityModel.WIDE_PENALISED,
                        "The penalties on kernel, bias and activations of a layer of 500 units");
    }

    private static String answer(ActivityStudy study, ActivityModel kind, String penalty) {
        Distribution accuracy = study.effect(kind, Figure.VALIDATION_ACCURACY.of());
        Distribution loss = study.effect(kind, Figure.VALIDATION_LOSS.of());
        if (accuracy.values().length == 1) {
            return penalty + " changed the validation accuracy by " + points(accuracy.mean())
                    + " percentage points in one pair of runs, which says nothing of another: --splits 12 shows how much such"
                    + " a difference varies.";
        }
        return penalty + changed(study, accuracy) + " The validation loss changed by "
                + Figure.VALIDATION_LOSS.change(loss.mean()) + " nats "
                + Figure.VALIDATION_LOSS.change(study.interval(loss)) + ".";
    }

    private static String changed(ActivityStudy study, Distribution accuracy) {
        String over = over(study.runs());
        if (accuracy.count(0) == accuracy.values().length) {
            return " left the validation accuracy as it was on each of " + over + ".";
        }
        Interval interval = study.interval(accuracy).orElseThrow();
        String verdict = interval.low() > 0
                ? "higher than without, beyond chance"
                : interval.high() < 0 ? "lower than without, beyond chance" : "no difference that they can show";
        return " changed the validation accuracy by " + points(accuracy.mean()) + " percentage points over " + over
                + " (95 % interval"
                + (study.runs().splits() > 1 ? ", corrected for the flowers that splits share," : "")
                + " " + points(interval.low()) + " to " + points(interval.high()) + "): " + verdict + ".";
    }

    private static String over(RepeatedRuns runs) {
        return runs.splits() > 1 ? runs.splits() + " splits" : runs.seeds() + " seeds on one split";
    }

    private static String points(double change) {
        return Figure.VALIDATION_ACCURACY.change(change);
    }

    private static String oneRun(ActivityStudy study) {
        double[] pairs = study.pairs(ActivityModel.DEEP_ACTIVITY, Figure.VALIDATION_ACCURACY.of());
        long better = Arrays.stream(pairs).filter(d -> d > HALF_A_FLOWER).count();
        long worse = Arrays.stream(pairs).filter(d -> d < -HALF_A_FLOWER).count();
        return String.format(
                        Locale.ROOT,
                        "The published run rose with it from %s to %s %%: one validation flower of %d. One run's difference"
                                + " can mean nothing: of the %d pairs of runs here, %d differed by a flower or more in favour"
                                + " of the penalty, %d against it, %d not at all.",
                        ActivityModel.DEEP.published().validation(),
                        ActivityModel.DEEP_ACTIVITY.published().validation(),
                        ActivityStudy.VALIDATION_FLOWERS,
                        pairs.length,
                        better,
                        worse,
                        pairs.length - better - worse)
                + spread(study)
                + String.format(
                        Locale.ROOT,
                        " An independent trial over 12 splits (PyTorch) found %s %% without and %s %% with it.",
                        ActivityModel.DEEP.trial().validation(),
                        ActivityModel.DEEP_ACTIVITY.trial().validation());
    }

    /** Tells how much a single run without a penalty depends on chance. */
    private static String spread(ActivityStudy study) {
        Distribution accuracy = study.distribution(ActivityModel.DEEP, Figure.VALIDATION_ACCURACY.of())
                .times(100);
        return accuracy.least() == accuracy.most()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " The choice of %s alone moves the accuracy without a penalty from %.2f to %.2f %%.",
                        study.runs().splits() > 1 ? "split and initial weights" : "initial weights",
                        accuracy.least(),
                        accuracy.most());
    }
}
