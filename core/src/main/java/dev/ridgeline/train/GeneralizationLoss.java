package dev.ridgeline.train;

/**
 * Prechelt's criterion GL_α: stops after the first epoch t with GL(t) &gt; α, where
 *
 * <pre>
 * GL(t) = 100·(E_va(t) / E_opt(t) - 1)     in percent
 * E_opt(t) = min over t' &le; t of E_va(t')
 * </pre>
 *
 * <p>is the generalization loss: by how much the validation error exceeds its lowest value so far. E_va is the data loss on
 * the validation set, at the end of every epoch (Prechelt measures it every fifth). The best epoch is that of E_opt. NaN is
 * never the best and never stops.
 *
 * <p>Source: L. Prechelt, "Automatic early stopping using cross validation: quantifying the criteria", Neural Networks 11
 * (1998) 761-767; also "Early stopping - but when?", LNCS 1524 (1998) 55-69, class 1.
 *
 * <p>When to use: Prechelt advises it for the highest probability of a good solution, where the best of several runs is
 * taken. He measures α = 1 to 5. It may stop at the first bump of a noisy error, and never stops while the error is at its
 * lowest: bound the epochs. It costs a few operations an epoch, and the copies of {@link StoppingPolicy#restoresBest()}.
 *
 * @param alpha the loss to exceed, in percent; at least 0, finite
 */
public record GeneralizationLoss(double alpha) implements StoppingPolicy {
    /** Refuses a threshold out of range. */
    public GeneralizationLoss {
        Prechelt.requireThreshold("GeneralizationLoss", alpha);
    }

    @Override
    public Watch begin() {
        Prechelt.Optimum optimum = new Prechelt.Optimum();
        return epoch -> {
            double error = Prechelt.validationError("GeneralizationLoss", epoch);
            boolean best = optimum.lowers(error);
            double loss = optimum.generalizationLoss(error);
            return loss > alpha
                    ? Decision.stop(best, "the generalization loss is " + loss + " %, more than " + alpha)
                    : Decision.goOn(best);
        };
    }
}
