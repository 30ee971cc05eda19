package dev.ridgeline.layer;

import dev.ridgeline.kernel.GaussianNoise;

/**
 * Multiplicative Gaussian noise (Srivastava et al., 2014, section 10): in training y = x·(1 + σ·n) with n from N(0, 1),
 * drawn anew each step, σ² = rate/(1 - rate); otherwise y = x. Mean and variance of the factor are those of {@link
 * Dropout} with the same rate, but nothing is lost altogether. Backward: dx = dy·(1 + σ·n), with n drawn again.
 *
 * <p>Use it where dropout is too harsh, as in narrow layers. Costs 32 random bits and one inverse normal distribution
 * function an element, forward and again backward: about five times as much as dropout.
 */
public final class GaussianDropout extends RandomLayer<GaussianDropout> {
    private final float rate;
    private final float deviation;

    /**
     * Makes the layer.
     *
     * @param rate the rate of the dropout that has the same variance, from 0 to below 1
     */
    public GaussianDropout(float rate) {
        this.rate = requireBelowOne("GaussianDropout", requireProbability("GaussianDropout", rate));
        deviation = (float) Math.sqrt(rate / (1.0 - rate));
    }

    /**
     * Returns the rate.
     *
     * @return the rate of the dropout that has the same variance
     */
    public float rate() {
        return rate;
    }

    @Override
    GaussianDropout self() {
        return this;
    }

    @Override
    public String effect() {
        return "rate " + rate;
    }

    @Override
    GaussianDropout copy() {
        return new GaussianDropout(rate);
    }

    @Override
    void draw(int from, int to, long start, long key, int step, int[] words, float[] normals, float[] x, float[] y) {
        GaussianNoise.multiply(from, to, start, deviation, key, step, words, normals, x, y);
    }
}
