package dev.ridgeline.train;

/** What the three criteria of Prechelt (1998) have in common. */
final class Prechelt {
    /** The epochs of a strip in all his experiments. */
    static final int STRIP = 5;

    private Prechelt() {}

    static void requireThreshold(String criterion, double alpha) {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    criterion + ": alpha is " + alpha + "; it must be at least 0 and finite");
        }
    }

    /** Returns E_va. */
    static double validationError(String criterion, History.Epoch epoch) {
        if (epoch.validation() == null) {
            throw new IllegalStateException(criterion + ": epoch " + epoch.epoch()
                    + " has no validation loss, which the criterion watches; give rows to Trainer.validation");
        }
        return epoch.validationLoss();
    }

    /** E_opt of one run. */
    static final class Optimum {
        private double lowest = Double.POSITIVE_INFINITY;

        /** Takes an error; returns whether it is the lowest so far. */
        boolean lowers(double error) {
            boolean lower = error < lowest;
            lowest = lower ? error : lowest;
            return lower;
        }

        /** Returns 100·(error / E_opt - 1), NaN for 0 / 0. */
        double generalizationLoss(double error) {
            return 100 * (error / lowest - 1);
        }
    }
}
