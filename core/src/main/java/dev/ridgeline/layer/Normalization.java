package dev.ridgeline.layer;

import dev.ridgeline.layer.Parameter.Regularization;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.Schedule;
import java.util.Arrays;
import java.util.List;

/**
 * A layer that normalizes, then scales and shifts each channel: y = γ·x̂ + β, x̂ = (x - μ)/√(σ² + ε). The layers differ in
 * what μ and σ² (biased) are taken over. γ starts at 1, β at 0. Both are free unless penalised or constrained here: what
 * regularizes kernels does not touch them.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
public abstract class Normalization<L extends Normalization<L>> extends Layer<L> {
    private final double epsilon;
    private Regularization onGamma = Regularization.NONE;
    private Regularization onBeta = Regularization.NONE;

    /** The scales, one a channel. */
    Parameter gamma;

    /** The offsets, one a channel. */
    Parameter beta;

    Normalization(double epsilon) {
        if (!((float) epsilon > 0 && epsilon <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    kind() + ": epsilon is " + epsilon + "; it must be a finite number above 0");
        }
        this.epsilon = epsilon;
    }

    /**
     * Penalises the elements of γ. L2 pulls γ to 0, which scales a channel down; L1 switches channels off.
     *
     * @param regularizer the penalty, or null for none
     * @return this
     */
    public L gammaRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        onGamma = onGamma.with(regularizer);
        return self();
    }

    /**
     * Lets γ's penalty change from step to step.
     *
     * @param strength what multiplies it; 1 unless set
     * @return this
     */
    public L gammaSchedule(Schedule strength) {
        requireUnbuilt();
        onGamma = onGamma.with(requireSchedule("gamma", strength));
        return self();
    }

    /**
     * Constrains γ after each update.
     *
     * @param constraint the constraint, or null for none
     * @return this
     */
    public L gammaConstraint(Constraint constraint) {
        requireUnbuilt();
        onGamma = onGamma.with(constraint);
        return self();
    }

    /**
     * Penalises the elements of β.
     *
     * @param regularizer the penalty, or null for none
     * @return this
     */
    public L betaRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        onBeta = onBeta.with(regularizer);
        return self();
    }

    /**
     * Lets β's penalty change from step to step.
     *
     * @param strength what multiplies it; 1 unless set
     * @return this
     */
    public L betaSchedule(Schedule strength) {
        requireUnbuilt();
        onBeta = onBeta.with(requireSchedule("beta", strength));
        return self();
    }

    /**
     * Constrains β after each update.
     *
     * @param constraint the constraint, or null for none
     * @return this
     */
    public L betaConstraint(Constraint constraint) {
        requireUnbuilt();
        onBeta = onBeta.with(constraint);
        return self();
    }

    /**
     * Returns what is added to a variance.
     *
     * @return ε
     */
    public final double epsilon() {
        return epsilon;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(gamma, beta);
    }

    /** Makes γ and β. */
    final void makeScale(int channels) {
        gamma = new Parameter(this, Role.GAMMA, onGamma, channels);
        beta = new Parameter(this, Role.BETA, onBeta, channels);
        Arrays.fill(gamma.value(), 1);
    }

    /** Shares γ and β with a twin. */
    final L shareScale(L twin) {
        Normalization<?> other = twin;
        other.gamma = gamma;
        other.beta = beta;
        return twin;
    }
}
