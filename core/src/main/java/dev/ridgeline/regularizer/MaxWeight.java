package dev.ridgeline.regularizer;

/**
 * Clips every weight to -max..max after the update, in the update loop. Use it where weights must fit
 * a range, for example a fixed-point format. Costs two comparisons a parameter, and no memory traffic.
 *
 * @param max the largest magnitude allowed, positive
 */
public record MaxWeight(float max) implements Constraint {
    /** Checks the bound. */
    public MaxWeight {
        Checks.positive("MaxWeight", "max", max);
    }

    @Override
    public float project(float w) {
        return Math.max(-max, Math.min(max, w));
    }
}
