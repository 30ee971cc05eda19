package dev.ridgeline.layer;

/**
 * Group normalization (Wu and He, 2018): the channels are cut into groups of neighbours, and every sample's group is
 * normalized with the mean and the biased variance over its positions and channels: y = γ·(x - μ)/√(σ² + ε) + β, γ and β per
 * channel. Backward, with g = γ·dy and means over the group: dx = (g - mean(g) - x̂·mean(g·x̂))/√(σ² + ε), dγ = Σ dy·x̂, dβ =
 * Σ dy. There are no moving statistics: training equals inference.
 *
 * <p>Use it for images in batches too small for {@link BatchNorm}; the paper takes 32 groups. One group normalizes the whole
 * sample, as many groups as channels make it {@link InstanceNorm}. It costs 17 flops and 24 bytes an activation and step (9
 * and 12 forward, 8 and 12 backward, if a sample fits the cache), no random bits, and a buffer for x̂ as large as the output.
 */
public final class GroupNorm extends GroupedNormalization<GroupNorm> {
    private final int groups;

    /**
     * Makes the layer with ε 0.001.
     *
     * @param groups the number of groups, a divisor of the channels
     * @throws IllegalArgumentException if it is below 1
     */
    public GroupNorm(int groups) {
        this(groups, 1e-3);
    }

    /**
     * Makes the layer.
     *
     * @param groups the number of groups, a divisor of the channels
     * @param epsilon ε, positive
     * @throws IllegalArgumentException if groups is below 1 or ε is not positive
     */
    public GroupNorm(int groups, double epsilon) {
        super(epsilon);
        if (groups < 1) {
            throw new IllegalArgumentException("GroupNorm: groups is " + groups + "; it must be at least 1");
        }
        this.groups = groups;
    }

    /**
     * Returns the number of groups.
     *
     * @return how many groups the channels are cut into
     */
    public int groups() {
        return groups;
    }

    @Override
    GroupNorm self() {
        return this;
    }

    @Override
    public String effect() {
        return groups == 1 ? "statistics of each sample" : "statistics of " + groups + " groups of channels";
    }

    @Override
    int groups(int channels) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(this + ": " + groups + " groups do not divide the " + channels
                    + " channels that the layer before it gives; make the one a multiple of the other");
        }
        return groups;
    }

    @Override
    GroupNorm copy() {
        return new GroupNorm(groups, epsilon());
    }
}
