package dev.ridgeline.regularizer;

/**
 * Weight elimination: λ Σ w²/(w0² + w²), gradient 2λ·w·w0²/(w0² + w²)² (Weigend, Rumelhart and Huberman, 1991). Large
 * weights cost λ each however large they are, small ones decay; the sum reads as the effective number of weights. It is
 * steepest at |w| = w0/√3.
 *
 * <p>Use it to prune as you train: set w0 between the weights that matter and those that do not. Costs 8 flops a parameter
 * in the update loop, one of them a division, and no memory traffic.
 *
 * @param lambda λ, at least 0
 * @param w0 the scale that divides small weights from large, positive; w0² and 2λ/w0² must fit a float
 */
public record WeightElimination(float lambda, float w0) implements Regularizer {
    /** Checks λ and w0. */
    public WeightElimination {
        Checks.atLeastZero("WeightElimination", "lambda", lambda);
        Checks.positive("WeightElimination", "w0", w0);
        float scale = w0 * w0;
        if (!(scale >= Float.MIN_NORMAL && scale <= Float.MAX_VALUE && 2 * lambda / scale <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("WeightElimination: w0 is " + w0
                    + "; it must be nearer to the weights: w0² and 2·lambda/w0² must fit a float");
        }
    }

    @Override
    public double value(float w) {
        double square = (double) w * w;
        return lambda * square / ((double) w0 * w0 + square);
    }

    /**
     * Returns Σ w²/(w0² + w²), the number of weights that are in use: each counts from 0, far below w0, to 1, far above.
     *
     * @param w the weights
     * @return their effective number, 0..w.length
     */
    public double effectiveWeights(float[] w) {
        double sum = 0;
        for (float weight : w) {
            double square = (double) weight * weight;
            sum += square / ((double) w0 * w0 + square);
        }
        return sum;
    }

    /** With q = w0²/(w0² + w²): (2λ/w0²·q)·(w·q). No product overflows or underflows before the result does. */
    @Override
    public float gradient(float w) {
        float scale = w0 * w0;
        float q = scale / (scale + w * w);
        return 2 * lambda / scale * q * (w * q);
    }
}
