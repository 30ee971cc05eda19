package dev.ridgeline.experiments.study;

import dev.ridgeline.plot.Axis;
import dev.ridgeline.plot.Chart;
import dev.ridgeline.plot.Curve;
import dev.ridgeline.plot.Ink;
import dev.ridgeline.train.History;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Charts of how models learned, one a model, all on the same axes. Epochs are on a logarithmic axis, since most of the
 * learning is done in the first of them; the loss is on one too, since it falls by decades.
 */
public final class LearningCurves {
    /** Below this a loss is drawn on the edge: it is rounding. */
    private static final double LEAST_LOSS = 1e-6;

    private final List<List<TrainedModel>> models;

    /**
     * Makes the charts of some models.
     *
     * @param models the models, at least one
     */
    public LearningCurves(List<TrainedModel> models) {
        this.models = models.stream().map(List::of).toList();
    }

    /**
     * Makes the charts of models that were trained several times: lines are means over the runs.
     *
     * @param runs the runs, of at least one model
     */
    public LearningCurves(RepeatedRuns runs) {
        models = IntStream.range(0, runs.models()).mapToObj(runs::ofModel).toList();
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
        int epochs = models.stream()
                .flatMap(List::stream)
                .mapToInt(TrainedModel::epochs)
                .max()
                .orElseThrow();
        Axis x = Axis.logarithmic("epoch (log scale)", 1, Math.max(2, epochs));
        return models.stream()
                .map(runs -> new Chart(
                        runs.getFirst().name(),
                        x,
                        y,
                        List.of(
                                Curve.ofEpochs("train", Ink.BLUE, values(runs, train)),
                                Curve.ofEpochs("validation", Ink.ORANGE, values(runs, validation)))))
                .toList();
    }

    private DoubleStream all(ToDoubleFunction<History.Epoch> train, ToDoubleFunction<History.Epoch> validation) {
        return models.stream()
                .flatMap(runs -> Stream.concat(Stream.of(values(runs, train)), Stream.of(values(runs, validation))))
                .flatMapToDouble(DoubleStream::of);
    }

    private static double[][] values(List<TrainedModel> runs, ToDoubleFunction<History.Epoch> value) {
        return runs.stream()
                .map(run -> run.history().epochs().stream().mapToDouble(value).toArray())
                .toArray(double[][]::new);
    }
}
