package dev.ridgeline.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What each epoch of a training run measured. */
public final class History {
    private final List<Epoch> epochs = new ArrayList<>();

    History() {}

    /**
     * One epoch.
     *
     * @param epoch its number, from 1
     * @param trainLoss the running mean of the data loss over the epoch's batches, in training mode, without penalties
     * @param trainAccuracy the running mean of the accuracy, likewise; NaN for regression
     * @param validationLoss the data loss on the validation set at the end of the epoch; NaN without one
     * @param validationAccuracy the accuracy there; NaN without one
     * @param penalties each penalty at the end of the epoch; activity penalties as of its last batch
     */
    public record Epoch(
            int epoch,
            double trainLoss,
            double trainAccuracy,
            double validationLoss,
            double validationAccuracy,
            List<Penalty> penalties) {}

    void add(Epoch epoch) {
        epochs.add(epoch);
    }

    /**
     * Returns the epochs.
     *
     * @return the epochs in order; unmodifiable
     */
    public List<Epoch> epochs() {
        return Collections.unmodifiableList(epochs);
    }

    /**
     * Returns the last epoch.
     *
     * @return the last one
     */
    public Epoch last() {
        return epochs.getLast();
    }
}
