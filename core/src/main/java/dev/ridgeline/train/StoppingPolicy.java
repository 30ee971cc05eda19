package dev.ridgeline.train;

/**
 * Decides from what the epochs measured when training has gone on for long enough, and which epoch was the best. Give it
 * to {@link Trainer#stopping}, which keeps the best epoch's weights and puts them back at the end; or ask
 * {@link History#replay} what it would have done to a run that is over.
 *
 * <p>A policy is a description and has no state: one policy may serve any number of runs, one after the other or at once.
 * The state of one run is in the {@link Watch} that it begins.
 *
 * <p>A policy of your own is one class:
 *
 * <pre>{@code
 * record LossBelow(double goal) implements StoppingPolicy {
 *     public Watch begin() {
 *         return epoch -> epoch.trainLoss() < goal
 *                 ? Decision.stop(true, "the training loss is " + epoch.trainLoss())
 *                 : Decision.goOn(true);
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface StoppingPolicy {
    /**
     * Begins to watch a run.
     *
     * @return a watch that has seen no epoch
     */
    Watch begin();

    /**
     * Returns whether the weights of the best epoch are put back at the end of training, be it an early one or not. It
     * costs one copy of all tensors in memory, and copying them at each new best epoch.
     *
     * @return true unless overridden
     */
    default boolean restoresBest() {
        return true;
    }

    /** Watches one run. */
    @FunctionalInterface
    interface Watch {
        /**
         * Judges an epoch.
         *
         * @param epoch the epoch that has just ended; each is given once, in order, from epoch 1
         * @return the decision
         * @throws IllegalStateException if the epoch lacks a figure that the policy needs: says which and where it comes from
         */
        Decision after(History.Epoch epoch);
    }

    /**
     * What a policy says of an epoch.
     *
     * @param best whether the epoch is the best so far
     * @param stop whether training should stop after it
     * @param reason why it should stop, as a clause without a full stop; "" if it should not
     */
    record Decision(boolean best, boolean stop, String reason) {
        /** Refuses a stop without a reason and a reason without a stop. */
        public Decision {
            if (stop == reason.isBlank()) {
                throw new IllegalArgumentException("Decision: stop is " + stop + " but the reason is \"" + reason
                        + "\"; give a reason to stop and none to go on");
            }
        }

        /**
         * Goes on.
         *
         * @param best whether the epoch is the best so far
         * @return the decision
         */
        public static Decision goOn(boolean best) {
            return new Decision(best, false, "");
        }

        /**
         * Stops after the epoch.
         *
         * @param best whether the epoch is the best so far
         * @param reason why, as a clause without a full stop
         * @return the decision
         */
        public static Decision stop(boolean best, String reason) {
            return new Decision(best, true, reason);
        }
    }
}
