package dev.ridgeline.experiments.iris;

import dev.ridgeline.experiments.study.LearningCurves;
import dev.ridgeline.experiments.study.Panels;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of the Iris study as one page. */
final class IrisPage {
    private static final int VALIDATION_FLOWERS = 30;

    private static final String READING =
            "A line is the mean over a bin of epochs, its band goes from the lowest to the highest epoch in"
                    + " the bin; bins are equally wide on the logarithmic axis. Training values are those of the"
                    + " training pass: under dropout half of the network is missing there, so training looks worse than"
                    + " validation.";

    private static final String LOSS_READING =
            "The loss is that of the data, without penalties, on a logarithmic axis. Where the validation"
                    + " loss rises while the training loss falls on, the model overfits.";

    static final String METHOD =
            "150 flowers, 4 measurements, 3 species (Iris, UCI Machine Learning Repository, CC BY 4.0),"
                    + " split into 120 to train on and 30 to validate, stratified, the split of scikit-learn's"
                    + " train_test_split with random_state 42; features standardised with the training rows. Layers"
                    + " 4-64-32-3, ReLU, softmax with cross-entropy; Adam with learning rate 0.001 and epsilon 1e-7,"
                    + " batches of 128. L1: 0.005 times the sum of absolute weights, on both hidden kernels. Dropout:"
                    + " rate 0.5 after each hidden activation. Batch norm: after each hidden activation. All models"
                    + " start from the same weights.";

    private static final String DIGESTS =
            "SHA-256 of each model's weights, then that of these four, a line each. Another run with this"
                    + " seed and this many epochs gives the same, whatever the machine and the number of threads.";

    private IrisPage() {}

    static String html(IrisStudy study, Environment environment) {
        LearningCurves curves = new LearningCurves(study.models());
        return new Page("Iris: what three regularizers buy", lead(study))
                .section("After training", table(study))
                .section("Beside Keras", keras(study))
                .section("Accuracy", Panels.html(curves.accuracy()) + Page.paragraph(READING))
                .section("Loss", Panels.html(curves.loss()) + Page.paragraph(LOSS_READING))
                .section("How it was done", Page.paragraph(METHOD))
                .section("Digests", Page.paragraph(DIGESTS) + Page.properties(digests(study)))
                .section("Measured with", Page.properties(environment.toMap()))
                .html();
    }

    private static String lead(IrisStudy study) {
        String scores = study.models().stream()
                .map(m -> m.name() + " "
                        + Math.round(VALIDATION_FLOWERS * m.validation().accuracy()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Of %d validation flowers, these were classified correctly after %,d epochs with seed %d: %s."
                        + " One flower is %.1f %%, so a difference of one or two says little.",
                VALIDATION_FLOWERS,
                study.epochs(),
                study.seed(),
                scores,
                100.0 / VALIDATION_FLOWERS);
    }

    private static String table(IrisStudy study) {
        return Page.table(
                        IrisTable.HEADER,
                        study.models().stream().map(IrisTable::row).toList())
                + Page.paragraph("Accuracies and losses (cross-entropy in nats, without penalties) are of one pass of"
                        + " inference after the training. Seconds are those of the training, with the validation after"
                        + " each epoch and with the warm-up of the JVM, most of which the first model pays.");
    }

    private static String keras(IrisStudy study) {
        List<List<String>> rows = new ArrayList<>();
        for (IrisModel kind : IrisModel.values()) {
            TrainedModel model = study.model(kind);
            rows.add(List.of(
                    model.name(),
                    IrisTable.fraction(model.train().accuracy()),
                    kind.kerasTrainAccuracy(),
                    IrisTable.fraction(model.validation().accuracy()),
                    kind.kerasValidationAccuracy()));
        }
        return Page.table(List.of("model", "train accuracy", "in Keras", "validation accuracy", "in Keras"), rows)
                + Page.paragraph(
                        "In Keras: the accuracies published for the same models, data and split, or their range"
                                + " over several runs.");
    }

    private static Map<String, String> digests(IrisStudy study) {
        Map<String, String> digests = study.modelDigests();
        digests.put("all", study.digest());
        return digests;
    }
}
