package dev.ridgeline.optimizer;

import dev.ridgeline.kernel.Update;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.Regularizer;
import java.util.List;

/**
 * Stochastic gradient descent: w ← w - η·g; with momentum v ← μ·v + g, w ← w - η·v; with Nesterov's look-ahead w ← w -
 * η·(g + μ·v) (Robbins and Monro, 1951; Polyak, 1964; Sutskever et al., 2013). As PyTorch does it: v = g at the first
 * step.
 *
 * <p>Use it where its learning rate is tuned, and wherever a penalty shall act as its λ says: adaptive rules rescale the
 * gradient of a penalty with that of the loss. Costs 2 flops and 12 bytes a parameter; with momentum 4 flops, 20 bytes, and
 * a float of state.
 *
 * @param learningRate η, positive
 * @param momentum μ, at least 0 and below 1
 * @param nesterov whether to look ahead; needs momentum
 */
public record Sgd(float learningRate, float momentum, boolean nesterov) implements Optimizer {
    /** Checks the numbers. */
    public Sgd {
        Checks.positive("Sgd", "learningRate", learningRate);
        Checks.fraction("Sgd", "momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Sgd: nesterov needs a momentum above 0; set one or leave nesterov off");
        }
    }

    /**
     * Plain gradient descent.
     *
     * @param learningRate η, positive
     */
    public Sgd(float learningRate) {
        this(learningRate, 0, false);
    }

    /**
     * Gradient descent with momentum.
     *
     * @param learningRate η, positive
     * @param momentum μ, at least 0 and below 1
     */
    public Sgd(float learningRate, float momentum) {
        this(learningRate, momentum, false);
    }

    @Override
    public Updater bind(List<Parameter> parameters) {
        parameters.forEach(this::requireEffect);
        Rate rate = new Rate();
        return new Updater(parameters.stream()
                .map(p -> momentum == 0 ? new Plain(p, rate) : new Momentum(p, rate))
                .toList()) {
            @Override
            protected void prepare(int step, double factor) {
                rate.now = (float) (learningRate * factor);
            }
        };
    }

    /**
     * A penalty whose step is below half the spacing of the floats moves no weight, and would be there in name only. It is
     * judged at its strongest: a schedule's largest factor is 1.
     */
    private void requireEffect(Parameter parameter) {
        Regularizer penalty = parameter.regularizer();
        if (penalty == null) {
            return;
        }
        float effectiveRate = learningRate / (1 - momentum);
        double needed = Double.POSITIVE_INFINITY;
        for (float w : parameter.value()) {
            float step = effectiveRate * slope(penalty, w);
            if (w - step != w) {
                return;
            }
            if (step != 0) {
                needed = Math.min(needed, Math.ulp(w) / 2.0 / Math.abs(step));
            }
        }
        if (needed < Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(parameter.name() + ": " + penalty
                    + " is too weak to move any weight at learning rate " + learningRate
                    + "; the float nearest to w - learningRate·gradient is w itself. Make it at least "
                    + (long) Math.ceil(needed * 1.01) + " times stronger, or remove it");
        }
    }

    /** The derivative at w; for a convex penalty that has none r(w)/w, which is no steeper than its proximal step. */
    private static float slope(Regularizer penalty, float w) {
        if (penalty.hasGradient()) {
            return penalty.gradient(w);
        }
        return w == 0 ? 0 : (float) (penalty.value(w) / w);
    }

    /** What all tensors share in a step. */
    private static final class Rate {
        private float now;
    }

    private final class Plain extends Updater.Tensor {
        private final Update.Sgd loop;
        private final Rate rate;

        Plain(Parameter parameter, Rate rate) {
            super(parameter);
            this.rate = rate;
            loop = Update.sgd(penalty, projection);
        }

        @Override
        protected void update(int from, int to) {
            loop.step(rate.now, strength, penalty, projection, from, to, parameter.gradient(), parameter.value());
        }
    }

    private final class Momentum extends Updater.Tensor {
        private final Update.Momentum loop;
        private final Rate rate;
        private final float[] velocity;

        Momentum(Parameter parameter, Rate rate) {
            super(parameter);
            this.rate = rate;
            loop = Update.momentum(nesterov, penalty, projection);
            velocity = state("velocity");
        }

        @Override
        protected void update(int from, int to) {
            loop.step(
                    rate.now,
                    momentum,
                    strength,
                    penalty,
                    projection,
                    from,
                    to,
                    parameter.gradient(),
                    velocity,
                    parameter.value());
        }
    }
}
