package dev.ridgeline.experiments.activity;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.RepeatedRuns;
import dev.ridgeline.experiments.study.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of the study. */
final class ActivityTable {
    static final List<String> HEADER = List.of(
            "model",
            "parameters",
            "train",
            "train published",
            "train in trial",
            "validation",
            "validation published",
            "validation in trial");

    static final List<String> LOSS_HEADER = List.of("model", "train loss", "validation loss", "seconds a run");

    static final List<String> EFFECTS_HEADER =
            List.of("penalties of", "change of", "mean", "95% interval", "wider interval", "higher/equal/lower");

    private ActivityTable() {}

    /** A figure of a run: its name, where it is found, and how its changes are written. */
    enum Figure {
        TRAIN_ACCURACY("trainAccuracy", "train accuracy, %", m -> m.train().accuracy(), 100, "%+.2f"),
        VALIDATION_ACCURACY(
                "validationAccuracy",
                "validation accuracy, %",
                m -> m.validation().accuracy(),
                100,
                "%+.2f"),
        TRAIN_LOSS("trainLoss", "train loss", m -> m.train().loss(), 1, "%+.4f"),
        VALIDATION_LOSS("validationLoss", "validation loss", m -> m.validation().loss(), 1, "%+.4f");

        private final String field;
        private final String title;
        private final ToDoubleFunction<TrainedModel> of;
        private final double factor;
        private final String format;

        Figure(String field, String title, ToDoubleFunction<TrainedModel> of, double factor, String format) {
            this.field = field;
            this.title = title;
            this.of = of;
            this.factor = factor;
            this.format = format;
        }

        /** Returns its name in {@code result.json}. */
        String field() {
            return field;
        }

        /** Returns where a run has it. */
        ToDoubleFunction<TrainedModel> of() {
            return of;
        }

        /** Writes a change of this figure. */
        String change(double value) {
            return String.format(Locale.ROOT, format, factor * value + 0.0); // without a negative zero
        }

        /** Writes the interval of a change; a dash if there is none, or the changes do not vary. */
        String change(Optional<Interval> interval) {
            return interval.filter(i -> i.halfWidth() > RepeatedRuns.ROUNDING)
                    .map(i -> "[" + change(i.low()) + ", " + change(i.high()) + "]")
                    .orElse("\u2013");
        }
    }

    /** Returns the accuracies of each model in percent, beside those from elsewhere. */
    static List<List<String>> accuracies(ActivityStudy study) {
        return Arrays.stream(ActivityModel.values())
                .map(kind -> List.of(
                        kind.title(),
                        String.format(Locale.ROOT, "%,d", study.first(kind).parameters()),
                        percent(study, kind, Figure.TRAIN_ACCURACY),
                        kind.published().train(),
                        kind.trial().train(),
                        percent(study, kind, Figure.VALIDATION_ACCURACY),
                        kind.published().validation(),
                        kind.trial().validation()))
                .toList();
    }

    private static String percent(ActivityStudy study, ActivityModel kind, Figure figure) {
        Distribution fractions = study.distribution(kind, figure.of());
        return fractions.times(figure.factor).text(fractions.values().length == 1 ? "%.2f" : "%.1f");
    }

    /** Returns the losses of each model, and how long a run took on average. */
    static List<List<String>> losses(ActivityStudy study) {
        return Arrays.stream(ActivityModel.values())
                .map(kind -> List.of(
                        kind.title(),
                        study.distribution(kind, Figure.TRAIN_LOSS.of()).text("%.3f"),
                        study.distribution(kind, Figure.VALIDATION_LOSS.of()).text("%.3f"),
                        String.format(
                                Locale.ROOT,
                                "%.2f",
                                study.distribution(kind, TrainedModel::seconds).mean())))
                .toList();
    }

    /** Returns a row for each figure that penalties change. */
    static List<List<String>> effects(ActivityStudy study) {
        List<List<String>> rows = new ArrayList<>();
        for (ActivityModel kind : ActivityModel.PENALISED) {
            for (Figure figure : Figure.values()) {
                Distribution effect = study.effect(kind, figure.of());
                rows.add(List.of(
                        kind.title(),
                        figure.title,
                        figure.change(effect.mean()),
                        figure.change(effect.interval()),
                        figure.change(study.runs().splits() > 1 ? study.interval(effect) : Optional.empty()),
                        effect.count(1) + " / " + effect.count(0) + " / " + effect.count(-1)));
            }
        }
        return rows;
    }
}
