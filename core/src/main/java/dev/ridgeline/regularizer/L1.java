package dev.ridgeline.regularizer;

/**
 * L1, the lasso penalty: λ Σ|w|, gradient λ·sign(w) with sign(0) = 0 (Tibshirani, 1996). The sign step drives weights
 * towards zero at a constant pace; they hover around it and are rarely exactly zero.
 *
 * <p>Use it where few inputs or weights matter; for exact zeros use {@link ProximalL1}. Costs 3 flops a parameter in the
 * update loop, and no memory traffic.
 *
 * @param lambda λ, at least 0
 */
public record L1(float lambda) implements Regularizer {
    /** Checks λ. */
    public L1 {
        Checks.atLeastZero("L1", "lambda", lambda);
    }

    @Override
    public double value(float w) {
        return lambda * Math.abs((double) w);
    }

    @Override
    public float gradient(float w) {
        return lambda * Math.signum(w);
    }
}
