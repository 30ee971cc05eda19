package dev.ridgeline.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The final table of the Iris study, beside the accuracies published for the same models in Keras. */
final class IrisTable {
    static final List<String> HEADER = List.of(
            "model",
            "parameters",
            "seconds",
            "train accuracy",
            "validation accuracy",
            "train loss",
            "validation loss",
            "Keras train acc.",
            "Keras validation acc.");

    private IrisTable() {}

    static List<List<String>> rows(IrisStudy study) {
        List<List<String>> rows = new ArrayList<>();
        for (IrisModel kind : IrisModel.values()) {
            TrainedModel model = study.models().get(kind.ordinal());
            rows.add(List.of(
                    model.name(),
                    String.format(Locale.ROOT, "%,d", model.parameters()),
                    String.format(Locale.ROOT, "%.3f", model.seconds()),
                    fraction(model.train().accuracy()),
                    fraction(model.validation().accuracy()),
                    fraction(model.train().loss()),
                    fraction(model.validation().loss()),
                    kind.kerasTrainAccuracy(),
                    kind.kerasValidationAccuracy()));
        }
        return rows;
    }

    private static String fraction(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
