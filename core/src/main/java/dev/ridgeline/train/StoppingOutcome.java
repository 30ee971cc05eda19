package dev.ridgeline.train;

/**
 * What a {@link StoppingPolicy} made of a run. Epochs count from 1; 0 stands for none.
 *
 * @param planned the epochs that the run would have had without the policy
 * @param stoppedAt the last epoch that was trained because the policy stopped the run after it; 0 if it did not
 * @param reason why it stopped, as a clause without a full stop; "" if it did not
 * @param best the best epoch by the policy's measure; 0 if it saw none, or there was no policy
 * @param restored the epoch whose weights are put back at the end of the run, which may be the last one; 0 if none are
 */
public record StoppingOutcome(int planned, int stoppedAt, String reason, int best, int restored) {
    /**
     * Returns whether the policy stopped the run. It may do so after the last planned epoch too, which saves nothing.
     *
     * @return true if it did
     */
    public boolean stopped() {
        return stoppedAt > 0;
    }

    /**
     * Returns the epochs that were trained.
     *
     * @return {@code stoppedAt}, or all planned ones
     */
    public int trained() {
        return stopped() ? stoppedAt : planned;
    }

    /**
     * Returns the epochs that the policy saved.
     *
     * @return planned less trained epochs
     */
    public int saved() {
        return planned - trained();
    }

    /**
     * Returns the part of the work that the policy saved.
     *
     * @return saved epochs over planned ones, within 0 and 1
     */
    public double savedFraction() {
        return (double) saved() / planned;
    }
}
