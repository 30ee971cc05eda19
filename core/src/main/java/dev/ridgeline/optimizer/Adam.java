package dev.ridgeline.optimizer;

import dev.ridgeline.kernel.Update;
import dev.ridgeline.layer.Parameter;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015): m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·m̂/(√v̂ + ε) with m̂ = m/(1-β₁ᵗ), v̂ =
 * v/(1-β₂ᵗ). ε is added after the bias correction, as PyTorch does it.
 *
 * <p>Use it first: it needs little tuning. Costs 13 flops a parameter, among them a square root and a division, and moves
 * 28 bytes; its state is two floats a parameter.
 *
 * @param learningRate η, positive
 * @param beta1 β₁, at least 0 and below 1
 * @param beta2 β₂, at least 0 and below 1
 * @param epsilon ε, positive
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {
    /** Checks the numbers. */
    public Adam {
        Checks.positive("Adam", "learningRate", learningRate);
        Checks.fraction("Adam", "beta1", beta1);
        Checks.fraction("Adam", "beta2", beta2);
        Checks.positive("Adam", "epsilon", epsilon);
    }

    /** Adam with learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 10⁻⁸. */
    public Adam() {
        this(1e-3);
    }

    /**
     * Adam with β₁ 0.9, β₂ 0.999, ε 10⁻⁸.
     *
     * @param learningRate η, positive
     */
    public Adam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Updater bind(List<Parameter> parameters) {
        return bind(parameters, this);
    }

    /** The update in which tensors also lose η·(weight decay) of themselves, as a rule says: {@link AdamW}'s. */
    Updater bind(List<Parameter> parameters, Optimizer rule) {
        Corrections corrections = new Corrections();
        return new Updater(parameters.stream()
                .map(p -> new Moments(p, corrections, rule.weightDecay(p)))
                .toList()) {
            @Override
            protected void prepare(int step, double factor) {
                double rate = learningRate * factor;
                corrections.rate = (float) (rate / (1 - power(beta1, step + 1)));
                corrections.plainRate = rate;
                corrections.root = (float) (1 / Math.sqrt(1 - power(beta2, step + 1)));
            }
        };
    }

    /** By squaring: the same bits on every machine, and unlike StrictMath.pow it allocates nothing. */
    private static double power(double base, int exponent) {
        double power = 1;
        double square = base;
        for (int bits = exponent; bits > 0; bits >>>= 1) {
            power = (bits & 1) == 1 ? power * square : power;
            square *= square;
        }
        return power;
    }

    /** What all tensors share in a step. */
    private static final class Corrections {
        private float rate;
        private double plainRate;
        private float root;
    }

    private final class Moments extends Updater.Tensor {
        private final Update.Adam loop;
        private final Corrections corrections;
        private final double weightDecay;
        private final float[] first;
        private final float[] second;

        Moments(Parameter parameter, Corrections corrections, double weightDecay) {
            super(parameter);
            this.corrections = corrections;
            this.weightDecay = weightDecay;
            loop = Update.adam(penalty, projection);
            first = state("first moment");
            second = state("second moment");
        }

        @Override
        protected void update(int from, int to) {
            loop.step(
                    corrections.rate,
                    corrections.root,
                    (float) (1 - beta1),
                    (float) beta2,
                    (float) (1 - beta2),
                    (float) epsilon,
                    (float) (1 - corrections.plainRate * weightDecay),
                    (float) corrections.plainRate * strength,
                    strength,
                    penalty,
                    projection,
                    from,
                    to,
                    parameter.gradient(),
                    first,
                    second,
                    parameter.value());
        }
    }
}
