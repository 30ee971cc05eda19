package dev.ridgeline.layer;

import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.layer.Parameter.Regularization;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.schedule.Schedule;
import java.util.List;

/**
 * A layer with a kernel and a bias: how they start, and what regularizes them. The kernel is a matrix whose columns hold
 * the incoming weights of one unit (or filter) each.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
public abstract class WeightedLayer<L extends WeightedLayer<L>> extends Layer<L> {
    private Initializer initializer = Initializer.GLOROT_UNIFORM;
    private Regularization onKernel = Regularization.NONE;
    private Regularization onBias = Regularization.NONE;

    /** The weights, inputs of a unit x units. */
    Parameter kernel;

    /** The offsets, one a unit. */
    Parameter bias;

    WeightedLayer() {}

    /**
     * Sets how the kernel starts; the bias starts at 0.
     *
     * @param start the initializer; {@link Initializer#GLOROT_UNIFORM} unless set
     * @return this
     */
    public L initializer(Initializer start) {
        requireUnbuilt();
        initializer = start;
        return self();
    }

    /**
     * Penalises the kernel's elements.
     *
     * @param regularizer the penalty, or null for none
     * @return this
     */
    public L kernelRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        onKernel = onKernel.with(regularizer);
        return self();
    }

    /**
     * Penalises the kernel as a whole, in addition to a penalty on its elements.
     *
     * @param regularizer the penalty
     * @return this
     */
    public L kernelTensorRegularizer(TensorRegularizer regularizer) {
        requireUnbuilt();
        onKernel = onKernel.with(regularizer);
        return self();
    }

    /**
     * Lets the kernel's penalties change from step to step.
     *
     * @param strength what multiplies them; 1 unless set
     * @return this
     */
    public L kernelSchedule(Schedule strength) {
        requireUnbuilt();
        onKernel = onKernel.with(strength);
        return self();
    }

    /**
     * Constrains the kernel after each update.
     *
     * @param constraint the constraint, or null for none
     * @return this
     */
    public L kernelConstraint(Constraint constraint) {
        requireUnbuilt();
        onKernel = onKernel.with(constraint);
        return self();
    }

    /**
     * Penalises the bias's elements.
     *
     * @param regularizer the penalty, or null for none
     * @return this
     */
    public L biasRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        onBias = onBias.with(regularizer);
        return self();
    }

    /**
     * Lets the bias's penalty change from step to step.
     *
     * @param strength what multiplies it; 1 unless set
     * @return this
     */
    public L biasSchedule(Schedule strength) {
        requireUnbuilt();
        onBias = onBias.with(strength);
        return self();
    }

    /**
     * Constrains the bias after each update.
     *
     * @param constraint the constraint, or null for none
     * @return this
     */
    public L biasConstraint(Constraint constraint) {
        requireUnbuilt();
        onBias = onBias.with(constraint);
        return self();
    }

    /**
     * Returns how the kernel starts.
     *
     * @return the initializer
     */
    public Initializer initializer() {
        return initializer;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(kernel, bias);
    }

    /**
     * Makes kernel and bias and fills the kernel.
     *
     * @param seed the model's seed
     * @param kernelSizes the kernel's sizes; the last two are the input channels (or inputs) and the units
     */
    final void makeWeights(long seed, int... kernelSizes) {
        int units = kernelSizes[kernelSizes.length - 1];
        int inputs = Shape.of(kernelSizes).positions();
        kernel = new Parameter(this, Role.KERNEL, onKernel, kernelSizes);
        bias = new Parameter(this, Role.BIAS, onBias, units);
        int receptiveField = inputs / kernelSizes[kernelSizes.length - 2];
        initializer.fill(RandomBits.key(seed, name() + "/kernel"), inputs, receptiveField * units, kernel.value());
    }

    /** Shares the weights with a twin. */
    final L shareWeights(L twin) {
        WeightedLayer<?> other = twin;
        other.kernel = kernel;
        other.bias = bias;
        return twin;
    }
}
