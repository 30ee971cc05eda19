package dev.ridgeline.train;

/**
 * Prechelt's criterion PQ_α: stops after the first end-of-strip epoch t with GL(t) / P_k(t) &gt; α. A strip is k epochs, the
 * first ends with epoch k. GL is the generalization loss of {@link GeneralizationLoss}, and
 *
 * <pre>
 * P_k(t) = 1000·( Σ E_tr(t') / (k · min E_tr(t')) - 1 )     over the strip's epochs t' = t-k+1 ... t
 * </pre>
 *
 * <p>is the training progress, in per mille: by how much the mean training error of the strip exceeds its lowest. E_tr is the
 * data loss over the epoch's batches, E_va the one on the validation set. The best epoch is that with the lowest E_va,
 * among all epochs. NaN is never the best and never stops. A strip without any progress stops at any generalization loss
 * above 0.
 *
 * <p>Source: L. Prechelt, "Automatic early stopping using cross validation: quantifying the criteria", Neural Networks 11
 * (1998) 761-767; also "Early stopping - but when?", LNCS 1524 (1998) 55-69, class 2.
 *
 * <p>When to use: while training still progresses fast, a rise of the validation error may well be repaired, so it waits.
 * Prechelt advises it for the best average quality of solutions where the network overfits only a little. He measures
 * α = 0.5 to 3 with k = 5. It never stops while the validation error is at its lowest: bound the epochs. It costs a
 * few operations an epoch, and the copies of {@link StoppingPolicy#restoresBest()}.
 *
 * @param alpha the quotient to exceed; at least 0, finite
 * @param strip the epochs k of a strip, at least 2: one epoch alone shows no progress
 */
public record ProgressQuotient(double alpha, int strip) implements StoppingPolicy {
    /** Refuses numbers out of range. */
    public ProgressQuotient {
        Prechelt.requireThreshold("ProgressQuotient", alpha);
        if (strip < 2) {
            throw new IllegalArgumentException("ProgressQuotient: a strip of " + strip
                    + " epochs shows no progress; it needs at least 2, 5 is usual");
        }
    }

    /**
     * Uses strips of 5 epochs.
     *
     * @param alpha the quotient to exceed; at least 0, finite
     */
    public ProgressQuotient(double alpha) {
        this(alpha, Prechelt.STRIP);
    }

    @Override
    public Watch begin() {
        return new Progress();
    }

    /** The strip of one run. */
    private final class Progress implements Watch {
        private final Prechelt.Optimum optimum = new Prechelt.Optimum();
        private final double[] errors = new double[strip];

        @Override
        public Decision after(History.Epoch epoch) {
            double error = Prechelt.validationError("ProgressQuotient", epoch);
            boolean best = optimum.lowers(error);
            errors[(epoch.epoch() - 1) % strip] = epoch.trainLoss();
            if (epoch.epoch() % strip != 0) {
                return Decision.goOn(best);
            }
            double progress = progress();
            double loss = optimum.generalizationLoss(error);
            return loss / progress > alpha
                    ? Decision.stop(
                            best,
                            "the generalization loss is " + loss + " % at a training progress of " + progress
                                    + " per mille, a quotient above " + alpha)
                    : Decision.goOn(best);
        }

        /** P_k, with the sum taken over what exceeds the lowest error: exactly 0 where nothing does. */
        private double progress() {
            double lowest = Double.POSITIVE_INFINITY;
            for (double error : errors) {
                lowest = Math.min(lowest, error);
            }
            double excess = 0;
            for (double error : errors) {
                excess += error - lowest;
            }
            return excess == 0 ? 0 : 1000 * excess / (strip * lowest);
        }
    }
}
