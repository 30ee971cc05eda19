package dev.ridgeline.regularizer;

/**
 * Sets negative weights to 0 after the update: w ← max(0, w), the projected gradient method for bounds (Bertsekas, 1976).
 * A -0 becomes +0, a NaN stays.
 *
 * <p>Use it where a weight is a part of a whole or an amount, and for kernels that are to be read: parts then add up and
 * never cancel (Lee and Seung, 1999; Chorowski and Zurada, 2015).
 *
 * <p>Costs one comparison a parameter in the update loop, and no memory traffic.
 */
public record NonNegative() implements Constraint {
    @Override
    public float project(float w) {
        return Math.max(0f, w);
    }
}
