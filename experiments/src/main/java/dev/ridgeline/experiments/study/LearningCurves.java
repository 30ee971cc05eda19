package dev.ridgeline.experiments.study;

import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.train.History;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Charts of how models learned, one a model, all on the same axes. Epochs are on a logarithmic axis, since most of the
 * learning is done in the first of them; the loss is on one too, since it falls by decades.
 */
public final class LearningCurves {
    /** Below this a loss is drawn on the edge: it is rounding. */
    private static final double LEAST_LOSS = 1e-6;

    private final List<TrainedModel> models;

    /**
     * Makes the charts of some models.
     *
     * @param models the models, at least one
     */
    public LearningCurves(List<TrainedModel> models) {
        this.models = models;
    }

    /**
     * Draws accuracy over epochs.
     *
     * @return a chart for each model
     */
    public List<Chart> accuracy() {
        double least = all(History.Epoch::trainAccuracy, History.Epoch::validationAccuracy)
                .min()
                .orElseThrow();
        Axis y = Axis.linear("accuracy (fraction of the rows)", Math.floor(5 * Math.min(least, 0.8)) / 5, 1);
        return charts(y, History.Epoch::trainAccuracy, History.Epoch::validationAccuracy);
    }

    /**
     * Draws data loss over epochs.
     *
     * @return a chart for each model
     */
    public List<Chart> loss() {
        double least = all(History.Epoch::trainLoss, History.Epoch::validationLoss)
                .min()
                .orElseThrow();
        double most = all(History.Epoch::trainLoss, History.Epoch::validationLoss)
                .max()
                .orElseThrow();
        Axis y = Axis.logarithmic(
                "loss (cross-entropy in nats, log scale)",
                Math.max(LEAST_LOSS, least * 0.9),
                Math.max(2 * LEAST_LOSS, most * 1.1));
        return charts(y, History.Epoch::trainLoss, History.Epoch::validationLoss);
    }

    private List<Chart> charts(
            Axis y, ToDoubleFunction<History.Epoch> train, ToDoubleFunction<History.Epoch> validation) {
        int epochs = models.stream().mapToInt(TrainedModel::epochs).max().orElseThrow();
        Axis x = Axis.logarithmic("epoch (log scale)", 1, Math.max(2, epochs));
        return models.stream()
                .map(model -> new Chart(
                        model.name(),
                        x,
                        y,
                        List.of(
                                Curve.ofEpochs("train", Ink.BLUE, values(model, train)),
                                Curve.ofEpochs("validation", Ink.ORANGE, values(model, validation)))))
                .toList();
    }

    private DoubleStream all(ToDoubleFunction<History.Epoch> train, ToDoubleFunction<History.Epoch> validation) {
        return models.stream()
                .flatMapToDouble(model -> DoubleStream.concat(
                        DoubleStream.of(values(model, train)), DoubleStream.of(values(model, validation))));
    }

    private static double[] values(TrainedModel model, ToDoubleFunction<History.Epoch> value) {
        return model.history().epochs().stream().mapToDouble(value).toArray();
    }
}
