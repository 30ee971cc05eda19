package dev.ridgeline.layer;

import dev.ridgeline.kernel.Dropout;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.layer.Parameter.Regularization;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.schedule.Schedule;
import java.util.List;
import java.util.Objects;

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

    private float dropRate;
    private long dropKey;
    private float[] dropped = new float[0];
    private float[] weights;
    private final Draw drop = new Draw((from, to, start, key, step, words, normals, x, y) ->
            Dropout.apply(from, to, start, dropRate, key, step, words, x, y));

    WeightedLayer() {}

    /**
     * Sets how the kernel starts; the bias starts at 0.
     *
     * @param start the initializer; {@link Initializer#GLOROT_UNIFORM} unless set
     * @return this
     */
    public L initializer(Initializer start) {
        requireUnbuilt();
        initializer = Objects.requireNonNull(start, () -> this + ": the initializer is null");
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
     * @param regularizer the penalty, or null for none
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
        onKernel = onKernel.with(requireSchedule("kernel", strength));
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
        onBias = onBias.with(requireSchedule("bias", strength));
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

    /**
     * DropConnect (Wan et al., Regularization of neural networks using DropConnect, 2013): in training the layer computes
     * with W∘M/(1 - rate) in place of its kernel W, with a fresh mask M each step, P(M = 0) = rate. Backward: dW and dX are
     * those of that kernel, so that dW = M∘dW'/(1 - rate) with the gradient dW' to it. The mask is a function of (seed,
     * layer name, step, weight) and is never stored. The bias is not dropped.
     *
     * <p>The authors draw a mask for each sample of a batch, for the bias too, do not scale, and predict by sampling each
     * unit's sum from a normal distribution of the same moments. Here a batch shares a mask, which keeps the matrix
     * products, and the scale lets prediction use W as it is, as with {@link dev.ridgeline.layer.Dropout}.
     *
     * <p>Use it on wide dense layers, in the place of dropout. Costs 16 random bits a weight, forward and again backward,
     * whatever the batch, and memory for a second kernel.
     *
     * @param rate the probability of dropping a weight, 0..1; 0 unless set
     * @return this
     */
    public L dropConnect(float rate) {
        requireUnbuilt();
        dropRate = RandomLayer.requireMaskRate(this + ": DropConnect", rate);
        return self();
    }

    /**
     * Returns the probability of dropping a weight.
     *
     * @return the rate of DropConnect; 0 for none
     */
    public float dropConnect() {
        return dropRate;
    }

    @Override
    public boolean stochastic() {
        return dropRate > 0;
    }

    @Override
    public String effect() {
        return dropRate > 0 ? "DropConnect rate " + dropRate : "";
    }

    /** Draws the weights of a pass: the kernel itself, or with DropConnect what its mask leaves. */
    final float[] drawWeights(Pass pass) {
        weights = kernel.value();
        if (dropRate > 0 && pass.stochastic()) {
            dropped = atLeast(dropped, weights.length);
            drop.run(pass, dropKey, 0, weights.length, weights, dropped);
            weights = dropped;
        }
        return weights;
    }

    /** Returns the weights of the last forward pass, which the gradient to the inputs needs. */
    final float[] weights() {
        return weights;
    }

    /** Turns the gradient to the weights of the last forward pass into the gradient to the kernel. */
    final void maskKernelGradient(Pass pass) {
        if (dropRate > 0 && pass.stochastic()) {
            drop.run(pass, dropKey, 0, kernel.gradient().length, kernel.gradient(), kernel.gradient());
        }
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
        dropKey = RandomBits.key(seed, name() + "/dropconnect");
        int receptiveField = inputs / kernelSizes[kernelSizes.length - 2];
        initializer.fill(RandomBits.key(seed, name() + "/kernel"), inputs, receptiveField * units, kernel.value());
    }

    /** Shares the weights with a twin. */
    final L shareWeights(L twin) {
        WeightedLayer<?> other = twin;
        other.kernel = kernel;
        other.bias = bias;
        other.dropRate = dropRate;
        other.dropKey = dropKey;
        return twin;
    }
}
