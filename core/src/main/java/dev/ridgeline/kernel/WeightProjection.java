package dev.ridgeline.kernel;

/**
 * An element-wise projection w ← P(w) after the update, inlined by the JIT into the loop it is specialised with.
 *
 * <p>An implementation must be a pure function of {@code w} and its own final fields.
 */
@FunctionalInterface
public interface WeightProjection {
    /** The identity: no constraint. */
    WeightProjection NONE = new None();

    /**
     * Returns P(w).
     *
     * @param w an updated weight
     * @return the nearest weight that is allowed
     */
    float project(float w);

    /** No constraint. */
    record None() implements WeightProjection {
        @Override
        public float project(float w) {
            return w;
        }
    }
}
