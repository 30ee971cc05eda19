package dev.ridgeline.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What each epoch of a training run measured, and where a {@link StoppingPolicy} ended it. */
public final class History {
    private final List<Epoch> epochs = new ArrayList<>();
    private StoppingOutcome stopping;

    History() {}

    /**
     * Makes a history of recorded numbers, for example to {@link #replay} policies on them.
     *
     * @param epochs at least one, numbered 1, 2, 3 ...; copied
     * @return the history of a run that no policy stopped
     * @throws IllegalArgumentException if there is none, or a number is out of order
     */
    public static History of(List<Epoch> epochs) {
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("History: there is no epoch; give at least one");
        }
        History history = new History();
        for (Epoch epoch : epochs) {
            int expected = history.epochs.size() + 1;
            if (epoch.epoch() != expected) {
                throw new IllegalArgumentException("History: epoch " + epoch.epoch() + " stands where epoch " + expected
                        + " belongs; number them 1, 2, 3 ... without gaps");
            }
            history.add(epoch);
        }
        history.end(untouched(epochs.size()));
        return history;
    }

    /**
     * One epoch. The training part is what its steps measured: data loss, accuracy and metrics are over the outputs in
     * training mode (dropout acts) as the weights changed from batch to batch; the data loss is that of smoothed labels if the
     * model smooths them, unlike that of the validation part. Its penalties are those at the end of the
     * epoch: of the last weights, and of the activations of the last batch, which may be a smaller one, divided by its
     * rows; each with the strength that its schedule gives the step to come. (A mean over the batches would need another
     * pass over the activations in every step.) The validation part is one
     * pass of inference at the end of the epoch, activity penalties being the mean over its rows.
     *
     * <p>Keras's history differs: its {@code loss} and {@code val_loss} contain the penalties, its {@code loss} as they were
     * in each batch.
     *
     * @param epoch its number, from 1
     * @param train the training rows
     * @param validation the validation set; null without one
     */
    public record Epoch(int epoch, Evaluation train, Evaluation validation) {
        /** Refuses an epoch that cannot be. */
        public Epoch {
            if (epoch < 1) {
                throw new IllegalArgumentException("Epoch: its number is " + epoch + "; epochs count from 1");
            }
            Objects.requireNonNull(
                    train, () -> "Epoch " + epoch + ": the training part is null; only validation may be");
        }

        /**
         * Returns the data loss of the training rows.
         *
         * @return the running mean over the epoch's batches, in training mode, without penalties
         */
        public double trainLoss() {
            return train.loss();
        }

        /**
         * Returns the accuracy on the training rows.
         *
         * @return the running mean, likewise; NaN for regression
         */
        public double trainAccuracy() {
            return train.accuracy();
        }

        /**
         * Returns the data loss on the validation set.
         *
         * @return the mean at the end of the epoch, without penalties; NaN without a validation set
         */
        public double validationLoss() {
            return validation == null ? Double.NaN : validation.loss();
        }

        /**
         * Returns the accuracy on the validation set.
         *
         * @return the accuracy at the end of the epoch; NaN without a validation set, or for regression
         */
        public double validationAccuracy() {
            return validation == null ? Double.NaN : validation.accuracy();
        }

        /**
         * Returns each penalty at the end of the epoch.
         *
         * @return those of the training part, in layer order
         */
        public List<Penalty> penalties() {
            return train.penalties();
        }

        /**
         * Returns the training rows' data loss plus all penalties.
         *
         * @return {@link #trainLoss()} plus {@link #penalties()}, added in their order
         */
        public double totalLoss() {
            return train.totalLoss();
        }
    }

    void add(Epoch epoch) {
        epochs.add(epoch);
    }

    void end(StoppingOutcome outcome) {
        stopping = outcome;
    }

    static StoppingOutcome untouched(int planned) {
        return new StoppingOutcome(planned, 0, "", 0, 0);
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
     * @return the last one that was trained; not the one restored, if another one was
     */
    public Epoch last() {
        return epochs.getLast();
    }

    /**
     * Returns where the run stopped, why, and which epoch's weights were put back.
     *
     * @return the outcome; without a policy, that of a run to the end
     */
    public StoppingOutcome stopping() {
        return stopping;
    }

    /**
     * Returns what a policy would have made of this run: the same as it would have done live, since it changes no epoch that
     * it lets happen. One run to the end so answers for any number of policies. Of what follows the end of this history it
     * says nothing: replay on runs that were not stopped early themselves.
     *
     * <p>Costs a few operations an epoch; nothing is trained.
     *
     * @param policy the policy
     * @return where it would have stopped, why, which epoch it would have restored, and what it would have saved
     * @throws IllegalStateException if an epoch lacks a figure that the policy needs
     */
    public StoppingOutcome replay(StoppingPolicy policy) {
        StoppingRun run = new StoppingRun(policy);
        for (int i = 0; i < epochs.size() && !run.stopped(); i++) {
            run.improvedBy(epochs.get(i));
        }
        return run.outcome(epochs.size());
    }
}
