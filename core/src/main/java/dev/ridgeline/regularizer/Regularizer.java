package dev.ridgeline.regularizer;

import dev.ridgeline.kernel.PenaltyGradient;

/**
 * An element-wise penalty Σ_i r(w_i), added to the loss. It acts on whatever it is attached to: kernels, biases, or
 * activations (there the sum is divided by the batch size).
 *
 * <p>A regularizer of your own is one record with these two methods; it runs as fast as the built-in ones, because the
 * update loop is specialised to its class:
 *
 * <pre>{@code
 * record PseudoHuber(float lambda) implements Regularizer {
 *     public double value(float w) { return lambda * (Math.sqrt(1 + (double) w * w) - 1); }
 *     public float gradient(float w) { return lambda * w / (float) Math.sqrt(1 + w * w); }
 * }
 * }</pre>
 *
 * <p>Both methods must be pure functions of {@code w} and of final fields. Keep to arithmetic and square roots in the
 * gradient: they are vectorised, and they have the same bits on every machine ({@link Math#tanh} and its kin do not).
 */
public interface Regularizer extends PenaltyGradient {
    /**
     * Returns r(w), the share of one element in the penalty.
     *
     * @param w a weight or an activation
     * @return the penalty, computed in double
     */
    double value(float w);

    /**
     * Returns whether the penalty acts by its gradient. One that acts by its {@link #proximal} step alone can be put on
     * tensors, which are updated, and not on activations.
     *
     * @return true unless overridden
     */
    default boolean hasGradient() {
        return true;
    }

    /**
     * Returns Σ r(w_i), added in ascending order in double.
     *
     * @param w the array
     * @param n how many of its elements, from 0
     * @return the penalty
     */
    default double sum(float[] w, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += value(w[i]);
        }
        return sum;
    }
}
