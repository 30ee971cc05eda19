package dev.ridgeline.layer;

/**
 * Instance normalization (Ulyanov, Vedaldi and Lempitsky, 2016): every channel of every sample is normalized with the mean
 * and the biased variance over its positions: y = γ·(x - μ)/√(σ² + ε) + β, γ and β per channel. It is {@link GroupNorm} with
 * as many groups as channels, at the same cost. There are no moving statistics: training equals inference.
 *
 * <p>Use it for images whose contrast and color should not matter. A row of plain features, or an image of one position, has
 * a single value in each channel: there x̂ is 0, y is β and the gradient to x is 0.
 */
public final class InstanceNorm extends GroupedNormalization<InstanceNorm> {
    /** Makes the layer with ε 0.001. */
    public InstanceNorm() {
        this(1e-3);
    }

    /**
     * Makes the layer.
     *
     * @param epsilon ε, positive
     * @throws IllegalArgumentException if it is not
     */
    public InstanceNorm(double epsilon) {
        super(epsilon);
    }

    @Override
    InstanceNorm self() {
        return this;
    }

    @Override
    public String effect() {
        return "statistics of each channel of a sample";
    }

    @Override
    int groups(int channels) {
        return channels;
    }

    @Override
    InstanceNorm copy() {
        return new InstanceNorm(epsilon());
    }
}
