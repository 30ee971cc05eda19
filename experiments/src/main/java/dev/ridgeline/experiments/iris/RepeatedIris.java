package dev.ridgeline.experiments.iris;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.DotPlot;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.report.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The Iris study repeated: from several seeds, or on several splits, or both.
 *
 * @param epochs how often each model goes through the data
 * @param runs the trained models, in the order of {@link IrisModel}
 */
record RepeatedIris(int epochs, RepeatedRuns runs) {
    static final List<String> HEADER =
            List.of("model", "accuracy of", "median", "range", "mean", "95% interval", "in Keras");

    /** Returns two rows for each model: how its final accuracies are distributed. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        for (IrisModel kind : IrisModel.values()) {
            rows.add(row(kind, "train", run -> run.train().accuracy(), kind.kerasTrainAccuracy()));
            rows.add(row(kind, "validation", run -> run.validation().accuracy(), kind.kerasValidationAccuracy()));
        }
        return rows;
    }

    /** Median and range are of all runs, mean and interval of the independent ones. */
    private List<String> row(IrisModel kind, String rows, ToDoubleFunction<TrainedModel> accuracy, String keras) {
        Distribution every = every(kind, accuracy);
        Distribution independent = runs.distribution(kind.ordinal(), accuracy);
        return List.of(
                kind.title(),
                rows,
                IrisTable.fraction(every.median()),
                IrisTable.fraction(every.least()) + "-" + IrisTable.fraction(every.most()),
                IrisTable.fraction(independent.mean()),
                runs.intervalOfFraction(kind.ordinal(), accuracy)
                        .filter(i -> i.halfWidth() > RepeatedRuns.ROUNDING)
                        .map(RepeatedIris::text)
                        .orElse("\u2013"),
                keras);
    }

    private static String text(Interval interval) {
        return String.format(Locale.ROOT, "[%.4f, %.4f]", interval.low(), interval.high());
    }

    /** Returns the distribution of a figure over all runs of a model. */
    Distribution every(IrisModel kind, ToDoubleFunction<TrainedModel> figure) {
        return new Distribution(
                runs.ofModel(kind.ordinal()).stream().mapToDouble(figure).toArray());
    }

    /** Returns the validation accuracy of each run, a chart for each model. */
    List<Chart> dots() {
        return DotPlot.charts(
                "validation accuracy (fraction of 30 flowers)",
                "runs",
                Arrays.stream(IrisModel.values()).map(this::dots).toList());
    }

    private DotPlot.Panel dots(IrisModel kind) {
        ToDoubleFunction<TrainedModel> accuracy = run -> run.validation().accuracy();
        return new DotPlot.Panel(
                kind.title(),
                every(kind, accuracy).values(),
                runs.distribution(kind.ordinal(), accuracy).mean(),
                runs.intervalOfFraction(kind.ordinal(), accuracy),
                List.of());
    }

    /** Returns the SHA-256 of the models' digests, a line each, in the order of the runs. */
    String digest() {
        return Sha256.ofLines(runs.runs().stream().map(TrainedModel::digest).toList());
    }

    /** Returns the study as it stands in {@code result.json}. */
    Map<String, Object> toMap(Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "iris");
        result.put("seed", runs.first());
        result.put("digest", digest());
        result.put("environment", environment.toMap());
        result.put("splits", runs.splits());
        result.put("seeds", runs.seeds());
        result.put(
                "models",
                Arrays.stream(IrisModel.values())
                        .map(kind -> runs.toMap(kind.ordinal()))
                        .toList());
        return result;
    }
}
