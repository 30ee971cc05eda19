package dev.ridgeline.train;

import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A figure that a {@link StoppingPolicy} watches from epoch to epoch. It is read on the validation set; in a run without
 * one, on the training rows as they were while the epoch trained (in training mode, under changing weights).
 *
 * @param name what it is called in messages
 * @param higherIsBetter the direction of improvement (Keras's mode: true is "max", false is "min")
 * @param reading reads it from what was measured
 */
public record Monitor(String name, boolean higherIsBetter, ToDoubleFunction<Evaluation> reading) {
    /** Refuses what is missing. */
    public Monitor {
        Objects.requireNonNull(name, "Monitor: the name is null");
        Objects.requireNonNull(reading, () -> "Monitor \"" + name + "\": the reading is null");
    }

    /**
     * Watches the data loss, without penalties: what is expected on new rows. Keras's {@code val_loss} contains the
     * penalties; {@link #totalLoss()} is that.
     *
     * @return the monitor; lower is better
     */
    public static Monitor loss() {
        return new Monitor("loss", false, Evaluation::loss);
    }

    /**
     * Watches the data loss plus all penalties.
     *
     * @return the monitor; lower is better
     */
    public static Monitor totalLoss() {
        return new Monitor("totalLoss", false, Evaluation::totalLoss);
    }

    /**
     * Watches the accuracy. It moves in steps of one row, so that ties are common and the loss often shows an improvement
     * epochs earlier.
     *
     * @return the monitor; higher is better; reading it in a regression throws an IllegalStateException
     */
    public static Monitor accuracy() {
        return new Monitor("accuracy", true, Monitor::readAccuracy);
    }

    /**
     * Watches a metric, which the trainer must have been given too ({@link Trainer#metrics}).
     *
     * @param metric the metric
     * @return the monitor; reading it where the metric was not computed throws an IllegalStateException
     */
    public static Monitor of(Metric metric) {
        String name = metric.name();
        return new Monitor(name, metric.higherIsBetter(), measured -> readMetric(name, measured));
    }

    private static double readAccuracy(Evaluation measured) {
        if (Double.isNaN(measured.accuracy())) {
            throw new IllegalStateException(
                    "Monitor \"accuracy\": the epoch has none, since a regression has no classes; watch the loss");
        }
        return measured.accuracy();
    }

    private static double readMetric(String name, Evaluation measured) {
        Double value = measured.metrics().get(name);
        if (value == null) {
            throw new IllegalStateException("Monitor \"" + name + "\": the epoch has the metrics "
                    + measured.metrics().keySet() + "; give the metric to Trainer.metrics too");
        }
        return value;
    }

    /**
     * Reads the figure of an epoch.
     *
     * @param epoch the epoch
     * @return its value on the validation set, or on the training rows if there is no validation set
     */
    public double value(History.Epoch epoch) {
        return reading.applyAsDouble(epoch.validation() == null ? epoch.train() : epoch.validation());
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
