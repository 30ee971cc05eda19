package dev.ridgeline.optimizer;

import dev.ridgeline.layer.Parameter;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019): w ← w - η·d·w, then the step of {@link Adam}, in
 * PyTorch's order. d decays kernels alone, not biases and not the scales of a normalization; PyTorch decays all that it
 * is given.
 *
 * <p>Use it in place of Adam with an {@link dev.ridgeline.regularizer.L2} penalty: Adam divides the penalty's gradient by
 * √v̂, so that weights with large gradients decay less; here all decay alike. The decay is no penalty: it is in no loss,
 * and a schedule of the learning rate scales it.
 *
 * <p>Costs one multiplication a parameter more than Adam, and no memory traffic.
 *
 * @param learningRate η, positive
 * @param beta1 β₁, at least 0 and below 1
 * @param beta2 β₂, at least 0 and below 1
 * @param epsilon ε, positive
 * @param weightDecay d, at least 0; η·d must be below 1, and above half the spacing of the floats below 1 if it is not 0
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Optimizer {
    /** Half the distance from 1 to the float below it. */
    private static final double WEAKEST = 0x1p-25;

    /** Checks the numbers. */
    public AdamW {
        Checks.positive("AdamW", "learningRate", learningRate);
        Checks.fraction("AdamW", "beta1", beta1);
        Checks.fraction("AdamW", "beta2", beta2);
        Checks.positive("AdamW", "epsilon", epsilon);
        Checks.atLeastZero("AdamW", "weightDecay", weightDecay);
        if (learningRate * weightDecay >= 1) {
            throw new IllegalArgumentException("AdamW: weightDecay is " + weightDecay + ", which at learning rate "
                    + learningRate + " turns the sign of a weight; make it less than " + 1 / learningRate);
        }
        if (weightDecay > 0 && learningRate * weightDecay <= WEAKEST) {
            throw new IllegalArgumentException("AdamW: weightDecay is " + weightDecay + ", which at learning rate "
                    + learningRate
                    + " is too weak to move any weight: the float nearest to 1 - learningRate·weightDecay"
                    + " is 1. Make it more than " + WEAKEST / learningRate + ", or 0");
        }
    }

    /** AdamW with learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 10⁻⁸, weight decay 0.01. */
    public AdamW() {
        this(1e-3, 1e-2);
    }

    /**
     * AdamW with β₁ 0.9, β₂ 0.999, ε 10⁻⁸.
     *
     * @param learningRate η, positive
     * @param weightDecay d, at least 0
     */
    public AdamW(double learningRate, double weightDecay) {
        this(learningRate, 0.9, 0.999, 1e-8, weightDecay);
    }

    @Override
    public Updater bind(List<Parameter> parameters) {
        return new Adam(learningRate, beta1, beta2, epsilon).bind(parameters, this);
    }

    /** Returns d for a kernel, 0 for any other tensor. */
    @Override
    public double weightDecay(Parameter parameter) {
        return parameter.role() == Parameter.Role.KERNEL ? weightDecay : 0;
    }
}
