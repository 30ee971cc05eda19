package dev.ridgeline.regularizer;

/**
 * L2, ridge or weight decay: ½ λ Σw², gradient λw (Hoerl and Kennard, 1970; Krogh and Hertz, 1992). Keras writes the
 * same penalty as {@code l2(λ/2)}, PyTorch as {@code weight_decay=λ}.
 *
 * <p>Use it first: it keeps all weights small and is the cheapest. Costs 2 flops a parameter in the update loop, and no
 * memory traffic.
 *
 * @param lambda λ, at least 0
 */
public record L2(float lambda) implements Regularizer {
    /** Checks λ. */
    public L2 {
        Checks.atLeastZero("L2", "lambda", lambda);
    }

    @Override
    public double value(float w) {
        return 0.5 * lambda * w * w;
    }

    @Override
    public float gradient(float w) {
        return lambda * w;
    }
}
