package dev.ridgeline.layer;

import dev.ridgeline.kernel.Dropout;

/**
 * Dropout for self-normalizing networks (Klambauer et al., Self-normalizing neural networks, 2017, "New dropout technique"): in training
 * y = a·(x·m + α'·(1 - m)) + b with a fresh mask m each step, P(m = 0) = rate; otherwise y = x. A dropped element takes α'
 * = -1.7580993, the limit of SELU at -∞; a = ((1 - rate)·(1 + rate·α'²))^-½ and b = -a·rate·α' then keep mean 0 and
 * variance 1. Backward: dx = dy·a·m. Costs 16 random bits an element, forward and again backward.
 *
 * <p>Use it after SELU, whose outputs have mean 0 and variance 1, with a small rate such as 0.1. After other activations
 * it shifts the mean: use {@link dev.ridgeline.layer.Dropout}.
 */
public final class AlphaDropout extends RandomLayer<AlphaDropout> {
    /** -λ·α of SELU. */
    private static final double LOWEST = -1.6732632423543772 * 1.0507009873554805;

    private final float rate;
    private final float scale;
    private final float shift;
    private final float dropped;

    /**
     * Makes the layer.
     *
     * @param rate the probability of dropping an element, from 0 to below 1
     */
    public AlphaDropout(float rate) {
        this.rate = requireBelowOne("AlphaDropout", requireMaskRate("AlphaDropout", rate));
        double a = 1 / Math.sqrt((1.0 - rate) * (1 + rate * LOWEST * LOWEST));
        double b = -a * rate * LOWEST;
        scale = (float) a;
        shift = (float) b;
        dropped = (float) (a * LOWEST + b);
    }

    /**
     * Returns the probability of dropping.
     *
     * @return the rate
     */
    public float rate() {
        return rate;
    }

    @Override
    AlphaDropout self() {
        return this;
    }

    @Override
    public String effect() {
        return "rate " + rate;
    }

    @Override
    AlphaDropout copy() {
        return new AlphaDropout(rate);
    }

    @Override
    void draw(int from, int to, long start, long key, int step, int[] words, float[] normals, float[] x, float[] y) {
        Dropout.affine(from, to, start, rate, scale, shift, dropped, key, step, words, x, y);
    }

    @Override
    void drawGradient(
            int from, int to, long start, long key, int step, int[] words, float[] normals, float[] dy, float[] dx) {
        Dropout.affine(from, to, start, rate, scale, 0, 0, key, step, words, dy, dx);
    }
}
