package dev.ridgeline.experiments.iris;

import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.experiments.study.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The final table of the Iris study, and the accuracies published for the same models in Keras. */
final class IrisTable {
    static final List<String> HEADER = List.of(
            "model", "parameters", "seconds", "train accuracy", "validation accuracy", "train loss", "validation loss");

    static final List<String> KERAS_HEADER = List.of("Keras train accuracy", "Keras validation accuracy");

    private IrisTable() {}

    static List<String> row(TrainedModel model) {
        return List.of(
                model.name(),
                String.format(Locale.ROOT, "%,d", model.parameters()),
                String.format(Locale.ROOT, "%.3f", model.seconds()),
                fraction(model.train().accuracy()),
                fraction(model.validation().accuracy()),
                fraction(model.train().loss()),
                fraction(model.validation().loss()));
    }

    static List<String> kerasRow(IrisModel kind) {
        return List.of(kind.kerasTrainAccuracy(), kind.kerasValidationAccuracy());
    }

    /** Returns both side by side, for a terminal. */
    static String text(IrisStudy study) {
        List<List<String>> rows = new ArrayList<>();
        for (IrisModel kind : IrisModel.values()) {
            rows.add(concat(row(study.model(kind)), kerasRow(kind)));
        }
        return TextTable.of(concat(HEADER, KERAS_HEADER), rows);
    }

    static String fraction(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static List<String> concat(List<String> left, List<String> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }
}
