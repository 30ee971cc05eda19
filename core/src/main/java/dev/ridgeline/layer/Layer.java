package dev.ridgeline.layer;

import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.kernel.Update;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One layer of a feed-forward model: y = f(x) for a batch of rows, and its derivative. A layer is configured, then built
 * once by the model that it is added to. It owns its parameters and its workspaces, which grow to the largest batch seen
 * and are then reused.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
public abstract class Layer<L extends Layer<L>> {
    private String name;
    private Regularizer activityRegularizer;
    private Schedule activityStrength = new Constant();
    private AtomicLong room;
    private Shape inputShape;
    private Shape outputShape;
    private int inputs;
    private int outputs;

    private Update.Activity activityLoop;
    private float[] activation = new float[0];
    private float[] activationGradient;
    private float activityScale;
    private int activityElements;
    private final Team.Task activityTask = (scratch, part, parts) -> addActivityGradient(part, parts);

    /** For subclasses of this package: other layers belong here. */
    Layer() {}

    abstract L self();

    /**
     * Names the layer; without it the model numbers the layers of a kind: dense1, dense2, relu1 ...
     *
     * @param layerName a name that is unique in the model
     * @return this
     */
    public L name(String layerName) {
        requireUnbuilt();
        Objects.requireNonNull(layerName, () -> kind() + ": the name is null; leave it out to have one made");
        if (layerName.isBlank() || layerName.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(kind() + ": the name \"" + layerName
                    + "\" is blank or has a control character; give it one that is unique in the model");
        }
        name = layerName;
        return self();
    }

    /**
     * Penalises the layer's outputs: λ-weighted penalty Σ r(y)/rows of the batch is added to the loss.
     *
     * @param regularizer the penalty, or null for none
     * @return this
     * @throws IllegalArgumentException if the penalty acts by its proximal step: activations need a gradient
     */
    public L activityRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        if (regularizer != null && !regularizer.hasGradient()) {
            throw new IllegalArgumentException(this + ": " + regularizer
                    + " cannot penalise activations: it has no gradient, only a proximal step for weights; use L1");
        }
        activityRegularizer = regularizer;
        return self();
    }

    /**
     * Lets the penalty on the outputs change from step to step.
     *
     * @param strength what multiplies it; 1 unless set
     * @return this
     */
    public L activitySchedule(Schedule strength) {
        requireUnbuilt();
        activityStrength = requireSchedule("activity", strength);
        return self();
    }

    /**
     * Returns the layer's name.
     *
     * @return the name, or null before the model gave one
     */
    public final String name() {
        return name;
    }

    /**
     * Returns the penalty on the outputs.
     *
     * @return the regularizer, or null
     */
    public final Regularizer activityRegularizer() {
        return activityRegularizer;
    }

    /**
     * Returns the shape of a row that goes in.
     *
     * @return the shape, or null before the layer is built
     */
    public final Shape inputShape() {
        return inputShape;
    }

    /**
     * Returns the shape of a row that comes out.
     *
     * @return the shape, or null before the layer is built
     */
    public final Shape outputShape() {
        return outputShape;
    }

    /**
     * Returns the factor of the penalty on the outputs, which depends on the training step.
     *
     * @return the schedule; the factor 1 unless set
     */
    public final Schedule activityStrength() {
        return activityStrength;
    }

    /**
     * Returns the number of features of a row that goes in.
     *
     * @return the inputs
     */
    public final int inputs() {
        return inputs;
    }

    /**
     * Returns the number of features of a row that comes out.
     *
     * @return the outputs
     */
    public final int outputs() {
        return outputs;
    }

    /**
     * Returns the layer's kind.
     *
     * @return the class's simple name, for example {@code Dense}
     */
    public final String kind() {
        return getClass().getSimpleName();
    }

    /**
     * Returns what the layer is called where it has no name of its own, followed by a number.
     *
     * @return the kind in lower case, unless overridden
     */
    public String defaultName() {
        return kind().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns how the layer itself regularizes.
     *
     * @return a few words, or "" if it does not
     */
    public String effect() {
        return "";
    }

    /**
     * Returns whether the layer draws random numbers in training.
     *
     * @return false unless overridden
     */
    public boolean stochastic() {
        return false;
    }

    /**
     * Returns the layer's tensors, in the order of the digest.
     *
     * @return the parameters; empty if there are none
     */
    public abstract List<Parameter> parameters();

    /**
     * Asks the layer to do the work of the layer before it too, with the same bits. If it agrees, it is given what goes into
     * that layer, which is left out.
     *
     * @param before the layer before it in the model
     * @return false unless overridden
     */
    public boolean absorb(Layer<?> before) {
        return false;
    }

    /**
     * Limits the memory of the tensors, before the layer is built: for a model whose sizes come from a file.
     *
     * @param floats how many the tensors of all layers with this limit may have together; counted down
     */
    public final void limit(AtomicLong floats) {
        requireUnbuilt();
        room = floats;
    }

    /** Takes room for a tensor, before it is made. */
    final void reserve(String tensor, int floats) {
        if (room != null && room.addAndGet(-floats) < 0) {
            throw new IllegalArgumentException(
                    tensor + " with " + floats + " values is larger than what is there for it");
        }
    }

    /** Makes the parameters and returns the shape of a row of outputs. */
    abstract Shape build(Shape shape, long seed);

    /** Returns a twin with workspaces of its own that shares this layer's parameters. */
    abstract L twin();

    /** Computes y of the first {@code rows} rows of x into {@code y}. */
    abstract void forward(Pass pass, int rows, float[] x, float[] y);

    /**
     * From dy computes the parameters' gradients and, if asked, dx. May overwrite dy.
     *
     * @return dx, or null if it was not asked for
     */
    abstract float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient);

    /**
     * Builds the layer; called once, by the model.
     *
     * @param defaultName its name if it has none
     * @param shape the shape of a row that the layer before it gives
     * @param seed the model's seed
     */
    public final void build(String defaultName, Shape shape, long seed) {
        if (inputShape != null) {
            throw new IllegalStateException(this + " already belongs to a model; make a new layer for another one");
        }
        name = name == null ? defaultName : name;
        outputShape = build(shape, seed);
        inputShape = shape;
        inputs = inputShape.size();
        outputs = outputShape.size();
        if (activityRegularizer == null) {
            requireNoSchedule(this + " activity", activityStrength);
        } else {
            activityLoop = Update.activity(activityRegularizer);
        }
    }

    /**
     * Returns a layer with the same parameters and workspaces of its own, for another thread to predict with.
     *
     * @return the twin
     */
    public final L share() {
        L twin = twin();
        Layer<?> base = twin;
        base.name = name;
        base.inputShape = inputShape;
        base.outputShape = outputShape;
        base.inputs = inputs;
        base.outputs = outputs;
        base.activityStrength = activityStrength;
        base.activityRegularizer = activityRegularizer;
        base.activityLoop = activityLoop;
        return twin;
    }

    /**
     * y = f(x).
     *
     * @param pass threads and mode
     * @param rows the number of rows
     * @param x rows x inputs; not modified
     * @return rows x outputs in the layer's own buffer, valid until the next call
     */
    public final float[] forward(Pass pass, int rows, float[] x) {
        activation = atLeast(activation, Math.multiplyExact(rows, outputs));
        forward(pass, rows, x, activation);
        return activation;
    }

    /**
     * The derivative of the last {@link #forward(Pass, int, float[])}, in the same mode. In training mode the gradient of the
     * penalty on the outputs is added to dy first.
     *
     * @param pass threads and mode, as in the forward pass
     * @param rows the rows of the forward pass
     * @param x the input of the forward pass
     * @param dy rows x outputs, the gradient of the loss to the outputs; may be modified
     * @param wantInputGradient whether dx is needed
     * @return rows x inputs, the gradient to the inputs, or null if it is not needed
     */
    public final float[] backward(Pass pass, int rows, float[] x, float[] dy, boolean wantInputGradient) {
        if (pass.training()) {
            addActivityGradient(pass, rows, dy);
        }
        return backwardOfLoss(pass, rows, x, dy, wantInputGradient);
    }

    /**
     * The derivative as {@link #backward(Pass, int, float[], float[], boolean)} gives it, without the penalty on the outputs.
     *
     * @param pass threads and mode
     * @param rows the rows of the forward pass
     * @param x the input of the forward pass
     * @param dy rows x outputs, the gradient of the loss to the outputs; may be modified
     * @param wantInputGradient whether dx is needed
     * @return rows x inputs, the gradient to the inputs, or null if it is not needed
     */
    public final float[] backwardOfLoss(Pass pass, int rows, float[] x, float[] dy, boolean wantInputGradient) {
        return backward(pass, rows, x, activation, dy, wantInputGradient);
    }

    /**
     * dy ← dy + s·r'(y)/rows with the outputs y of the last forward pass: what the penalty on the outputs adds to the
     * gradient. Does nothing without a penalty.
     *
     * @param pass threads and the training step, which s depends on
     * @param rows the rows of the forward pass
     * @param dy rows x outputs, the gradient of the loss to the outputs; modified
     */
    public final void addActivityGradient(Pass pass, int rows, float[] dy) {
        if (activityLoop != null) {
            activityScale = (float) activityStrength.at(pass.step()) / rows;
            activationGradient = dy;
            activityElements = rows * outputs;
            pass.team().run(8L * activityElements, activityTask);
        }
    }

    /**
     * Returns the penalty on the outputs of the last forward pass.
     *
     * @param rows the rows of that pass, which the penalty is divided by
     * @param step the training step, which its strength depends on
     * @return s·Σ r(y)/rows, computed in double; 0 without a penalty
     * @throws IllegalStateException if no batch of so many rows has gone through the layer yet
     */
    public final double activityPenalty(int rows, int step) {
        if (activityRegularizer == null) {
            return 0;
        }
        if (rows < 1 || activation.length < (long) rows * outputs) {
            throw new IllegalStateException(this + ": no batch of " + rows
                    + " rows has gone through it yet; ask for its activity penalty after a training step");
        }
        return activityStrength.at(step) * (activityRegularizer.sum(activation, rows * outputs) / rows);
    }

    private void addActivityGradient(int part, int parts) {
        int from = Split.begin(activityElements, 64, part, parts);
        int to = Split.begin(activityElements, 64, part + 1, parts);
        activityLoop.add(activityScale, activityRegularizer, from, to, activation, activationGradient);
    }

    /**
     * Returns the buffer of the last forward pass.
     *
     * @return the outputs, row-major; longer than a small batch needs
     */
    public final float[] activation() {
        return activation;
    }

    final Schedule requireSchedule(String what, Schedule strength) {
        return Objects.requireNonNull(
                strength,
                () -> this + ": the schedule of its " + what
                        + " penalty is null; leave it out, or give new Constant()");
    }

    /** Throws if a schedule is set where there is no penalty that it could change. */
    static void requireNoSchedule(String where, Schedule strength) {
        if (!strength.equals(new Constant())) {
            throw new IllegalArgumentException(where + ": the schedule " + strength
                    + " has no penalty to change; set a regularizer there, or leave the schedule out");
        }
    }

    final void requireUnbuilt() {
        if (inputShape != null) {
            throw new IllegalStateException(this + " is built: configure it before it is added to a model");
        }
    }

    static float[] atLeast(float[] buffer, int length) {
        return buffer.length >= length ? buffer : new float[length];
    }

    @Override
    public String toString() {
        return name == null ? kind() : kind() + " \"" + name + "\"";
    }
}
