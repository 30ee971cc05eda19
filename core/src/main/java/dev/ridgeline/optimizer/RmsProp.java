package dev.ridgeline.optimizer;

import dev.ridgeline.kernel.Update;
import dev.ridgeline.layer.Parameter;
import java.util.List;

/**
 * RMSprop (Tieleman and Hinton, 2012, lecture 6.5): v ← ρv + (1-ρ)g², w ← w - η·g/(√v + ε), as PyTorch does it without
 * momentum and centring. Use it where gradients change their size during training, as in recurrent and adversarial
 * training; {@link Adam} adds momentum and a correction of the first steps.
 *
 * <p>Costs 7 flops a parameter, among them a square root and a division, and moves 20 bytes; its state is a float a
 * parameter.
 *
 * @param learningRate η, positive
 * @param rho ρ, PyTorch's alpha, at least 0 and below 1
 * @param epsilon ε, positive
 */
public record RmsProp(double learningRate, double rho, double epsilon) implements Optimizer {
    /** Checks the numbers. */
    public RmsProp {
        Checks.positive("RmsProp", "learningRate", learningRate);
        Checks.fraction("RmsProp", "rho", rho);
        Checks.positive("RmsProp", "epsilon", epsilon);
    }

    /** RMSprop with learning rate 0.01, ρ 0.99, ε 10⁻⁸. */
    public RmsProp() {
        this(1e-2);
    }

    /**
     * RMSprop with ρ 0.99, ε 10⁻⁸.
     *
     * @param learningRate η, positive
     */
    public RmsProp(double learningRate) {
        this(learningRate, 0.99, 1e-8);
    }

    @Override
    public Updater bind(List<Parameter> parameters) {
        Rate rate = new Rate();
        return new Updater(parameters.stream().map(p -> new MeanSquare(p, rate)).toList()) {
            @Override
            protected void prepare(int step, double factor) {
                rate.now = (float) (learningRate * factor);
            }
        };
    }

    /** What all tensors share in a step. */
    private static final class Rate {
        private float now;
    }

    private final class MeanSquare extends Updater.Tensor {
        private final Update.RmsProp loop;
        private final Rate rate;
        private final float[] square;

        MeanSquare(Parameter parameter, Rate rate) {
            super(parameter);
            this.rate = rate;
            loop = Update.rmsProp(penalty, projection);
            square = state("mean square");
        }

        @Override
        protected void update(int from, int to) {
            loop.step(
                    rate.now,
                    (float) rho,
                    (float) (1 - rho),
                    (float) epsilon,
                    strength,
                    penalty,
                    projection,
                    from,
                    to,
                    parameter.gradient(),
                    square,
                    parameter.value());
        }
    }
}
