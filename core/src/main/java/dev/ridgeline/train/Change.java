package dev.ridgeline.train;

/**
 * How a penalty changes between two points that are near each other.
 *
 * @param ofValue the difference of its values
 * @param byGradient the scalar product of its gradient with the way between them
 * @param size the root of the sum of the squares that this product adds up
 */
record Change(double ofValue, double byGradient, double size) {
    /** Penalties with kinks, such as a sum of |cos|, and values that are rounded allow no better. */
    private static final double TOLERANCE = 2e-2;

    boolean agrees() {
        return Math.abs(byGradient - ofValue) <= TOLERANCE * Math.max(size, Math.abs(ofValue));
    }

    InactiveRegularizerException refusal(String name, Object penalty) {
        return new InactiveRegularizerException(name + ": " + penalty
                + " does not act as its formula says: from one point to another nearby value() changes by " + ofValue
                + ", its gradient says " + byGradient
                + ", and a step follows the gradient. Correct the gradient, or value()");
    }
}
