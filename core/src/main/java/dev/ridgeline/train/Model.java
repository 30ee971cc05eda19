package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.GradientClipping;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;

/**
 * A feed-forward model with its loss, its optimizer, its threads and its workspaces. It minimises the mean data loss of
 * a batch plus Σ penalties.
 *
 * <p>Training is for one thread at a time; {@link #predictor()} gives each other thread its own way in. Close the model
 * to end its threads.
 */
public final class Model implements AutoCloseable {
    private final Shape inputShape;
    private final int inputs;
    private final List<Layer<?>> layers;
    private final List<Parameter> parameters;
    private final Loss loss;
    private final float labelSmoothing;
    private final Optimizer optimizer;
    private final GradientClipping clipping;
    private final Updater updater;
    private final Schedule rate;
    private final long seed;
    private final Team team;
    private final Network network;
    private final Tikhonov tikhonov;
    private final TikhonovPenalty functionPenalty;

    private volatile boolean closed;
    private int steps;
    private int epochs;
    private Dataset fitting;
    private float[] output;
    private float[] losses = new float[0];
    private float[] outputGradient = new float[0];

    Model(ModelBuilder builder) {
        inputShape = builder.inputs;
        inputs = inputShape.size();
        rate = builder.rate;
        loss = builder.loss;
        labelSmoothing = builder.labelSmoothing;
        optimizer = builder.optimizer;
        seed = builder.seed;
        layers = List.copyOf(builder.layers);
        Network.build(layers, inputShape, seed);
        parameters = layers.stream().flatMap(l -> l.parameters().stream()).toList();
        tikhonov = builder.tikhonov;
        functionPenalty = functionPenalty(layers);
        clipping = new GradientClipping(trained(), builder.largestGradient, builder.largestNorm);
        updater = optimizer.bind(trained());
        team = new Team(builder.threads, builder.observer);
        network = new Network(layers, new Pass(team, true));
    }

    /**
     * Starts a model.
     *
     * @param sizes the number of features of a row; or its sizes with the channels last, for example 28, 28, 1
     * @return the builder
     * @throws IllegalArgumentException if a size is below 1
     */
    public static ModelBuilder inputs(int... sizes) {
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("Model: inputs is " + size + "; it must be at least 1");
            }
        }
        return new ModelBuilder(Shape.of(sizes));
    }

    /**
     * Does one training step: forward, loss, backward, clipping, update. Allocates nothing once its buffers have grown to the
     * batch.
     *
     * @param batch the rows
     * @return the mean data loss before the update, in training mode, with smoothed labels if the model smooths them
     * @throws NonFiniteLossException if that loss is not finite; the weights are left as they were
     * @throws IllegalArgumentException if the batch is empty or its data set does not fit the model
     * @throws IllegalStateException if the model is closed
     */
    public double step(Batch batch) {
        if (closed) {
            throw new IllegalStateException(
                    "the model is closed, its threads have ended; close it after its last step");
        }
        if (batch.data() != fitting || fitting == null) {
            requireFit(batch);
        }
        int rows = batch.rows();
        grow(rows);
        network.pass().step(steps);
        output = network.forward(rows, batch.x());
        loss.elements(rows, outputs(), output, batch, losses, outputGradient);
        if (labelSmoothing > 0) {
            loss.smooth(labelSmoothing, rows, outputs(), output, batch, losses, outputGradient);
        }
        double mean = loss.mean(rows, outputs(), losses);
        if (!Double.isFinite(mean)) {
            throw NonFinite.loss(mean, steps, layers, rows, optimizer);
        }
        network.backward(rows, batch.x(), outputGradient);
        if (functionPenalty != null) {
            functionPenalty.addGradient(team, rows, batch.x());
        }
        clipping.clip(team);
        updater.step(team, steps, rate.at(steps));
        steps++;
        return mean;
    }

    private void requireFit(Batch batch) {
        if (batch.data() == null) {
            throw new IllegalArgumentException("the batch is empty; gather rows of a data set first");
        }
        requireFit(batch.data());
        fitting = batch.data();
    }

    private void grow(int rows) {
        int elements = Math.multiplyExact(rows, loss.elements(outputs()));
        if (losses.length < elements) {
            losses = new float[elements];
        }
        if (outputGradient.length < rows * outputs()) {
            outputGradient = new float[Math.multiplyExact(rows, outputs())];
        }
    }

    /** Throws if an update has made a weight or a moving statistic NaN or infinite. */
    void requireFiniteParameters() {
        NonFinite.requireNoneAfter(steps - 1, parameters, optimizer);
    }

    /**
     * Returns a way to predict that is independent of this thread.
     *
     * @return a predictor with workspaces of its own
     */
    public Predictor predictor() {
        return new Predictor(this);
    }

    /**
     * Returns a way to differentiate the outputs in inference mode.
     *
     * @return the derivative, with workspaces of its own; it writes the gradients of this model's tensors
     */
    public OutputDerivative outputDerivative() {
        return new OutputDerivative(this);
    }

    /**
     * Sets the optimizer's state and the counts of steps and epochs back to the start; the weights stay.
     */
    public void resetOptimizer() {
        updater.reset();
        continueAfter(0, 0);
    }

    /** Sets how far training has come. */
    void continueAfter(int numberOfSteps, int numberOfEpochs) {
        steps = numberOfSteps;
        epochs = numberOfEpochs;
    }

    /** Counts an epoch. */
    void endEpoch() {
        epochs++;
    }

    /**
     * Returns the bound on every element of the gradients.
     *
     * @return the largest magnitude; infinite for no bound
     */
    public float largestGradient() {
        return clipping.value();
    }

    /**
     * Returns the bound on the gradients of all tensors together.
     *
     * @return the largest Euclidean norm; infinite for no bound
     */
    public float largestGradientNorm() {
        return clipping.norm();
    }

    List<Updater.State> optimizerStates() {
        return updater.states();
    }

    /**
     * Writes weights, optimizer state, counts and configuration into one file, which appears whole or not at all. It is a
     * NumPy {@code .npz} archive: {@code numpy.load(file)} gives each tensor as {@code LAYER/TENSOR}.
     *
     * @param file the file; replaced if it is there
     * @throws IOException if it cannot be written; a file that was there before stays
     */
    public void save(Path file) throws IOException {
        ModelFile.write(this, Objects.requireNonNull(file, "Model: the file to save to is null"));
    }

    /**
     * Makes the model that a file holds. Training goes on from there as if it had never stopped, bit for bit.
     *
     * @param file what {@link #save} wrote
     * @param threads the threads of a training step, which no result depends on
     * @return the model
     * @throws ModelFileException if the file is no model, is damaged, or needs a class of the user's own; then build the
     *     model and use {@link #restore}
     * @throws IOException if it cannot be read
     */
    public static Model load(Path file, int threads) throws IOException {
        return ModelFile.read(Objects.requireNonNull(file, "Model: the file to load is null"), threads);
    }

    /**
     * Replaces weights, optimizer state and counts by those of a file that holds the same model. All of the file is read
     * and checked before anything is replaced.
     *
     * @param file what {@link #save} wrote
     * @throws ModelFileException if the file is no model, is damaged, or its configuration differs from this model's:
     *     names the first difference
     * @throws IOException if it cannot be read
     */
    public void restore(Path file) throws IOException {
        ModelFile.restore(this, Objects.requireNonNull(file, "Model: the file to restore is null"));
    }

    /**
     * Returns the optimizer.
     *
     * @return the update rule
     */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * Returns the factor of the learning rate, which depends on the training step.
     *
     * @return the schedule; the factor 1 unless set
     */
    public Schedule learningRateSchedule() {
        return rate;
    }

    /**
     * Returns how many training steps the model has taken.
     *
     * @return the number of updates
     */
    public int steps() {
        return steps;
    }

    /**
     * Returns how many epochs the model was trained for.
     *
     * @return the number of epochs that a trainer has ended
     */
    public int epochs() {
        return epochs;
    }

    /**
     * Returns the penalties on tensors and, as of the last training step, on activations and on the model's function.
     *
     * @param rows the rows of the last step, which activity penalties are divided by
     * @return one for each regularizer, in layer order, Tikhonov's last
     */
    public List<Penalty> penalties(int rows) {
        return penalties(i -> activity(layers.get(i), rows), () -> functionPenalty.value());
    }

    /**
     * Returns the penalties; {@code activity} gives the one on the activations of a layer, by the layer's number, {@code
     * function} Tikhonov's, if there is one.
     */
    List<Penalty> penalties(IntToDoubleFunction activity, DoubleSupplier function) {
        List<Penalty> penalties = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            Layer<?> layer = layers.get(i);
            for (Parameter p : layer.parameters()) {
                if (p.penalised()) {
                    penalties.add(new Penalty(p.name(), p.penalty(steps)));
                }
            }
            if (layer.activityRegularizer() != null) {
                penalties.add(new Penalty(layer + " activity", activity.applyAsDouble(i)));
            }
        }
        if (functionPenalty != null) {
            penalties.add(new Penalty(tikhonov.toString(), function.getAsDouble()));
        }
        return penalties;
    }

    /** Returns the penalty on the activations of the last batch of a layer of this model, or of its twin; 0 without one. */
    double activity(Layer<?> layer, int rows) {
        return layer.activityPenalty(rows, steps);
    }

    /** Makes Tikhonov's penalty of layers that share this model's parameters, or null if there is none. */
    TikhonovPenalty functionPenalty(List<? extends Layer<?>> chain) {
        return tikhonov == null || tikhonov.order() < 0 ? null : new TikhonovPenalty(tikhonov, chain);
    }

    /**
     * Proves that each regularizer changes a training step as its formula says; {@link ActiveRegularizers} says how, and what
     * it costs. The model is left as it was, bit for bit.
     *
     * @param data rows of the kind that the model is trained on; the first 256 are used
     * @return each regularizer with the size of its effect
     * @throws InactiveRegularizerException if one does not act: names it, what it does instead, and the remedy
     * @throws NonFiniteLossException if weights or the loss are not finite
     */
    public ActiveRegularizers verifyActive(Dataset data) {
        return Verification.of(this, data);
    }

    /**
     * Says of each tensor what regularizes it, or why nothing does.
     *
     * @return the explanation, which prints itself as a table
     */
    public Explanation explain() {
        return Explanation.of(this);
    }

    /**
     * Says how far each tensor with an L1 penalty is from a stationary point.
     *
     * @param data the whole training set
     * @return the certificates
     */
    public StationarityReport certificate(Dataset data) {
        return StationarityReport.of(this, data);
    }

    /**
     * Throws if a data set does not fit the model.
     *
     * @param data the data set
     * @throws IllegalArgumentException naming both sizes
     */
    public void requireFit(Dataset data) {
        Objects.requireNonNull(data, "the data set is null; make one with Dataset.classification or regression");
        if (data.features() != inputs) {
            throw new IllegalArgumentException("the data set has " + data.features() + " features, the model takes "
                    + inputs + "; make the model with Model.inputs(" + data.features() + ")");
        }
        loss.requireFit(data, outputs());
    }

    /**
     * Returns the SHA-256 of all tensors as little-endian floats, in layer order: kernel, bias, gamma, beta, moving mean,
     * moving variance. Equal digests mean equal bits.
     *
     * @return 64 hexadecimal digits
     */
    public String digest() {
        return Digest.of(parameters);
    }

    /**
     * Returns the shape of a row.
     *
     * @return the shape of what goes into the first layer
     */
    public Shape inputShape() {
        return inputShape;
    }

    /**
     * Returns the number of features of a row.
     *
     * @return the inputs
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Returns the number of outputs of a row.
     *
     * @return the last layer's outputs
     */
    public int outputs() {
        return layers.getLast().outputs();
    }

    /**
     * Returns the layers.
     *
     * @return the layers, first to last
     */
    public List<Layer<?>> layers() {
        return layers;
    }

    /**
     * Returns all tensors, in the order of the digest.
     *
     * @return the parameters, moving statistics included
     */
    public List<Parameter> parameters() {
        return parameters;
    }

    private List<Parameter> trained() {
        return parameters.stream().filter(p -> p.role().trained()).toList();
    }

    /**
     * Returns the number of values in all tensors, moving statistics included.
     *
     * @return the count as Keras counts it
     */
    public long parameterCount() {
        return parameters.stream().mapToLong(p -> p.value().length).sum();
    }

    /**
     * Returns what training minimises.
     *
     * @return the loss
     */
    public Loss loss() {
        return loss;
    }

    /**
     * Returns the penalty on the function that the model computes.
     *
     * @return the penalty, or null
     */
    public Tikhonov tikhonov() {
        return tikhonov;
    }

    /**
     * Returns how far labels are smoothed in training.
     *
     * @return s, 0 for not at all
     */
    public float labelSmoothing() {
        return labelSmoothing;
    }

    /**
     * Returns the seed.
     *
     * @return the seed of initial weights, masks and shuffles
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns the number of threads of a training step.
     *
     * @return at least 1
     */
    public int threads() {
        return team.threads();
    }

    /** Returns the outputs of the last training step. */
    float[] lastOutput() {
        return output;
    }

    /** Ends the model's threads. */
    @Override
    public void close() {
        closed = true;
        team.close();
    }

    /** Returns the model as a table: layer, output shape, parameters, regularizers. */
    @Override
    public String toString() {
        return ModelTable.of(this, optimizer) + (functionPenalty == null ? "" : ", " + tikhonov);
    }
}
