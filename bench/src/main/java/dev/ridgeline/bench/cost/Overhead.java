package dev.ridgeline.bench.cost;

/**
 * What a regularizer adds to a step.
 *
 * @param fraction the ratio to the control less 1, with its 95 % interval over the blocks
 * @param nanos the same in nanoseconds, at the control's geometric mean time
 * @param p the p-value of "it adds nothing", Holm-adjusted over all overheads of the run
 * @param equivalenceP the p-value of "it changes the step by 1 % or more", adjusted likewise
 * @param bootstrap the bootstrap's interval of the fraction; null with fewer than 20 blocks
 * @param verdict what that amounts to
 */
public record Overhead(
        Interval fraction, Interval nanos, double p, double equivalenceP, Interval bootstrap, Verdict verdict) {
    /**
     * Returns whether the bootstrap contradicts the interval.
     *
     * @return true if there were enough blocks for it and its ends are elsewhere
     */
    public boolean doubtful() {
        return bootstrap != null && !Bootstrap.agree(fraction, bootstrap);
    }
}
