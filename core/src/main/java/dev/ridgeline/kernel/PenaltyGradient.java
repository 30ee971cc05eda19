package dev.ridgeline.kernel;

/**
 * An element-wise penalty as an update sees it: the derivative r'(w) of what is smooth, and the proximal step of what is
 * not. The JIT inlines both into the loop that is specialised with them.
 *
 * <p>An implementation must be a pure function of its arguments and its own final fields.
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

    /**
     * Returns the proximal step argmin_z ½(z - w)² + t·r(z) of a penalty that has one in place of a derivative (Parikh
     * and Boyd, Proximal Algorithms, 2014, section 1.1); the identity unless overridden.
     *
     * @param w a weight after the gradient step
     * @param t the length of the step, at least 0
     * @return the weight after the proximal step
     */
    default float proximal(float w, float t) {
        return w;
    }

    /** No penalty. */
    record None() implements PenaltyGradient {
        @Override
        public float gradient(float w) {
            return -0f;
        }
    }
}
