package dev.ridgeline.experiments.activity;

import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.DotPlot;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The dot plots of the study. */
final class ActivityCharts {
    private ActivityCharts() {}

    /** Returns what penalties change in each pair of runs, a chart for each penalised model. */
    static List<Chart> effects(ActivityStudy study) {
        return DotPlot.charts(
                "change of validation accuracy (percentage points)",
                "pairs of runs",
                ActivityModel.PENALISED.stream()
                        .map(kind -> effect(study, kind))
                        .toList());
    }

    private static DotPlot.Panel effect(ActivityStudy study, ActivityModel kind) {
        double[] pairs = study.pairs(kind, ActivityCharts::accuracy);
        Distribution effect = study.effect(kind, ActivityCharts::accuracy);
        String title = kind.title() + " against " + kind.control().title();
        return new DotPlot.Panel(title, pairs, effect.mean(), effect.interval(), List.of(Reference.vertical("", 0)));
    }

    /** Returns the accuracy of each run, a chart for each model. */
    static List<Chart> accuracies(ActivityStudy study) {
        return DotPlot.charts(
                "validation accuracy (% of " + ActivityStudy.VALIDATION_FLOWERS + " flowers)",
                "runs",
                Arrays.stream(ActivityModel.values())
                        .map(kind -> accuracies(study, kind))
                        .toList());
    }

    private static DotPlot.Panel accuracies(ActivityStudy study, ActivityModel kind) {
        double[] every = study.runs().ofModel(kind.ordinal()).stream()
                .mapToDouble(ActivityCharts::accuracy)
                .toArray();
        ToDoubleFunction<TrainedModel> fraction = ActivityTable.Figure.VALIDATION_ACCURACY.of();
        List<Reference> published = kind.published().validationAccuracy().stream()
                .map(accuracy -> Reference.vertical("published", accuracy))
                .toList();
        return new DotPlot.Panel(
                kind.title(),
                every,
                100 * study.distribution(kind, fraction).mean(),
                study.runs().intervalOfFraction(kind.ordinal(), fraction).map(i -> i.map(end -> 100 * end)),
                published);
    }

    /** Returns the validation accuracy of a run in percent. */
    private static double accuracy(TrainedModel model) {
        return 100 * model.validation().accuracy();
    }
}
