package dev.ridgeline.layer;

/**
 * Additive Gaussian noise: in training y = x + σ·n with n from N(0, 1), drawn anew each step; otherwise y = x. Backward:
 * dx = dy. Costs 32 random bits and one inverse normal distribution function an element, forward only.
 *
 * <p>Use it as the first layer on standardized inputs, with σ of 0.01 to 0.5, where a small change of the inputs must not
 * change the answer. For a linear model with squared loss and one output that is an L2 penalty: the mean loss rises by
 * σ²·‖w‖². In general it is a penalty on the derivatives of the outputs to the inputs (Bishop, Training with noise is
 * equivalent to Tikhonov regularization, 1995).
 */
public final class GaussianNoise extends RandomLayer<GaussianNoise> {
    private final float deviation;

    /**
     * Makes the layer.
     *
     * @param deviation σ, the standard deviation of the noise, finite and not negative
     */
    public GaussianNoise(float deviation) {
        if (!(deviation >= 0 && deviation <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("GaussianNoise: the standard deviation is " + deviation
                    + "; it must be finite and not negative, for example 0.1");
        }
        this.deviation = deviation;
    }

    /**
     * Returns the standard deviation of the noise.
     *
     * @return σ
     */
    public float deviation() {
        return deviation;
    }

    @Override
    GaussianNoise self() {
        return this;
    }

    @Override
    public String defaultName() {
        return "noise";
    }

    @Override
    public String effect() {
        return "standard deviation " + deviation;
    }

    @Override
    GaussianNoise copy() {
        return new GaussianNoise(deviation);
    }

    @Override
    void draw(int from, int to, long start, long key, int step, int[] words, float[] normals, float[] x, float[] y) {
        dev.ridgeline.kernel.GaussianNoise.add(from, to, start, deviation, key, step, words, normals, x, y);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        return wantInputGradient ? dy : null;
    }
}
