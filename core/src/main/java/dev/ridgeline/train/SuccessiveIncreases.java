package dev.ridgeline.train;

/**
 * Prechelt's criterion UP_s: stops when the validation error E_va has risen in s successive strips of k epochs, by however
 * little.
 *
 * <pre>
 * UP_1 stops after the first end-of-strip epoch t with E_va(t) &gt; E_va(t-k)
 * UP_s stops after epoch t if UP_{s-1} stops after epoch t-k and E_va(t) &gt; E_va(t-k)
 * </pre>
 *
 * <p>The first strip ends with epoch k and has none before it. E_va is the data loss on the validation set. The best epoch is
 * that with the lowest E_va, among all epochs. NaN is never the best, and no rise.
 *
 * <p>Source: L. Prechelt, "Automatic early stopping using cross validation: quantifying the criteria", Neural Networks 11
 * (1998) 761-767; also "Early stopping - but when?", LNCS 1524 (1998) 55-69, class 3.
 *
 * <p>When to use: it looks at the direction, not at the size, so it needs no threshold for the error. Prechelt
 * advises it for the best average quality of solutions where the network overfits more than a little. He measures s = 2 to
 * 8 with k = 5. It never stops where the error zigzags: bound the epochs. It costs a few operations an epoch, and the copies of
 * {@link StoppingPolicy#restoresBest()}.
 *
 * @param successive the rises s in a row, at least 1
 * @param strip the epochs k of a strip, at least 1
 */
public record SuccessiveIncreases(int successive, int strip) implements StoppingPolicy {
    /** Refuses numbers out of range. */
    public SuccessiveIncreases {
        if (successive < 1) {
            throw new IllegalArgumentException(
                    "SuccessiveIncreases: " + successive + " rises in a row; it must be at least 1");
        }
        if (strip < 1) {
            throw new IllegalArgumentException(
                    "SuccessiveIncreases: a strip of " + strip + " epochs; it must be at least 1, 5 is usual");
        }
    }

    /**
     * Uses strips of 5 epochs.
     *
     * @param successive the rises in a row, at least 1
     */
    public SuccessiveIncreases(int successive) {
        this(successive, Prechelt.STRIP);
    }

    @Override
    public Watch begin() {
        return new Rises();
    }

    /** The rises of one run. */
    private final class Rises implements Watch {
        private final Prechelt.Optimum optimum = new Prechelt.Optimum();
        private double before = Double.NaN;
        private int rises;

        @Override
        public Decision after(History.Epoch epoch) {
            double error = Prechelt.validationError("SuccessiveIncreases", epoch);
            boolean best = optimum.lowers(error);
            if (epoch.epoch() % strip != 0) {
                return Decision.goOn(best);
            }
            rises = error > before ? rises + 1 : 0;
            before = error;
            return rises >= successive
                    ? Decision.stop(
                            best,
                            "the validation loss has risen in " + rises
                                    + (rises == 1 ? " strip of " : " successive strips of ") + strip
                                    + (strip == 1 ? " epoch" : " epochs"))
                    : Decision.goOn(best);
        }
    }
}
