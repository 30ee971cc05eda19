package dev.ridgeline.regularizer;

/**
 * L1 by its proximal step: λ Σ|w|, enforced after the gradient step by w ← sign(z)·max(|z| - t·λ, 0), soft thresholding
 * (Daubechies, Defrise and De Mol, 2004, ISTA; Parikh and Boyd, Proximal Algorithms, 2014, section 6.5.2). With gradient
 * descent t is the learning rate η, with momentum η/(1-μ); Adam and RMSprop use each coordinate's own rate η/(√v̂ + ε). So
 * all of them end where the loss and λ Σ|w| are in balance.
 *
 * <p>Use it for sparse weights: what the loss does not hold up becomes zero exactly and stays there, while {@link L1}
 * hovers around zero. It penalises tensors alone: activations have no update that could take a proximal step.
 *
 * <p>Costs a multiplication, two comparisons and a subtraction a parameter, and no memory traffic: it is part of the
 * update loop.
 *
 * @param lambda λ, at least 0
 */
public record ProximalL1(float lambda) implements Regularizer {
    /** Checks λ. */
    public ProximalL1 {
        Checks.atLeastZero("ProximalL1", "lambda", lambda);
    }

    @Override
    public double value(float w) {
        return lambda * Math.abs((double) w);
    }

    /** Nothing: the penalty acts by {@link #proximal} alone. Adding -0 leaves every float as it is. */
    @Override
    public float gradient(float w) {
        return -0f;
    }

    @Override
    public boolean hasGradient() {
        return false;
    }

    /**
     * Returns z - clamp(z, -t·λ, t·λ), which is sign(z)·max(|z| - t·λ, 0) without a branch: the same bits, and a zero is
     * always +0. A NaN stays one; an infinite z keeps its sign.
     */
    @Override
    public float proximal(float z, float t) {
        float threshold = t * lambda;
        return z - Math.max(-threshold, Math.min(threshold, z));
    }
}
