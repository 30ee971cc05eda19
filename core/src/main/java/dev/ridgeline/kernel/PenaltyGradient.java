package dev.ridgeline.kernel;

/**
 * The derivative r'(w) of an element-wise penalty, inlined by the JIT into the loop it is specialised with.
 *
 * <p>An implementation must be a pure function of {@code w} and its own final fields.
 */
@FunctionalInterface
public interface PenaltyGradient {
    /** The penalty that is always zero. Adding -0 leaves every float as it is, +0 included. */
    PenaltyGradient NONE = new None();

    /**
     * Returns r'(w).
     *
     * @param w a weight or an activation
     * @return the derivative of the penalty there
     */
    float gradient(float w);

    /** No penalty. */
    record None() implements PenaltyGradient {
        @Override
        public float gradient(float w) {
            return -0f;
        }
    }
}
