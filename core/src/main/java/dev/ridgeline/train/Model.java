package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.GradientClipping;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private int steps;
    private int epochs;
    private Dataset fitting;
    private float[] output;
    private float[] losses = new float[0];
    private float[] outputGradient = new float[0];

    private Model(Builder builder) {
        inputShape = builder.inputs;
        inputs = inputShape.size();
        rate = builder.rate;
        loss = builder.loss;
        labelSmoothing = builder.labelSmoothing;
        optimizer = builder.optimizer;
        seed = builder.seed;
        layers = List.copyOf(builder.layers);
        buildLayers();
        parameters = layers.stream().flatMap(l -> l.parameters().stream()).toList();
        clipping = new GradientClipping(trained(), builder.largestGradient, builder.largestNorm);
        updater = optimizer.bind(trained());
        team = new Team(builder.threads);
        network = new Network(layers, new Pass(team, true));
    }

    /**
     * Starts a model.
     *
     * @param sizes the number of features of a row; or its sizes with the channels last, for example 28, 28, 1
     * @return the builder
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Builder inputs(int... sizes) {
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("Model: inputs is " + size + "; it must be at least 1");
            }
        }
        return new Builder(Shape.of(sizes));
    }

    /** Names the layers and gives each the outputs of the one before. */
    private void buildLayers() {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> names = new HashSet<>();
        Shape shape = inputShape;
        for (Layer<?> layer : layers) {
            String kind = layer.defaultName();
            layer.build(kind + counts.merge(kind, 1, Integer::sum), shape, seed);
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException(
                        layer + ": another layer has this name; names must be unique in a model");
            }
            shape = layer.outputShape();
        }
    }

    /**
     * Does one training step: forward, loss, backward, clipping, update. Allocates nothing once its buffers have grown to the
     * batch.
     *
     * @param batch the rows
     * @return the mean data loss before the update, in training mode, with smoothed labels if the model smooths them
     * @throws NonFiniteLossException if that loss is not finite; the weights are left as they were
     * @throws IllegalArgumentException if the batch is empty or its data set does not fit the model
     */
    public double step(Batch batch) {
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

    GradientClipping clipping() {
        return clipping;
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
        ModelFile.write(this, file);
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
        return ModelFile.read(file, threads);
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
        ModelFile.restore(this, file);
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
     * Returns the penalties on tensors and, as of the last training step, on activations.
     *
     * @param rows the rows of the last step, which activity penalties are divided by
     * @return one for each regularizer, in layer order
     */
    public List<Penalty> penalties(int rows) {
        return penalties(i -> activity(layers.get(i), rows));
    }

    /** Returns the penalties; {@code activity} gives the one on the activations of a layer, by the layer's number. */
    List<Penalty> penalties(IntToDoubleFunction activity) {
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
        return penalties;
    }

    /** Returns the penalty on the activations of the last batch of a layer of this model, or of its twin; 0 without one. */
    double activity(Layer<?> layer, int rows) {
        return layer.activityPenalty(rows, steps);
    }

    /**
     * Throws if a data set does not fit the model.
     *
     * @param data the data set
     * @throws IllegalArgumentException naming both sizes
     */
    public void requireFit(Dataset data) {
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
        team.close();
    }

    /** Returns the model as a table: layer, output shape, parameters, regularizers. */
    @Override
    public String toString() {
        return ModelTable.of(this, optimizer);
    }

    /** Puts a model together. */
    public static final class Builder {
        private final Shape inputs;
        private final List<Layer<?>> layers = new ArrayList<>();
        private Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
        private float labelSmoothing;
        private Optimizer optimizer = new Adam();
        private long seed = 42;
        private Schedule rate = new Constant();
        private float largestGradient = Float.POSITIVE_INFINITY;
        private float largestNorm = Float.POSITIVE_INFINITY;
        private int threads = 1;

        private Builder(Shape inputs) {
            this.inputs = inputs;
        }

        /**
         * Adds a layer after the last one.
         *
         * @param layer a layer that belongs to no model yet
         * @return this
         */
        public Builder add(Layer<?> layer) {
            layers.add(Objects.requireNonNull(layer, "Model: the layer is null"));
            return this;
        }

        /**
         * Sets the loss.
         *
         * @param objective the loss; {@link Loss#SOFTMAX_CROSS_ENTROPY} unless set
         * @return this
         */
        public Builder loss(Loss objective) {
            loss = Objects.requireNonNull(objective, "Model: the loss is null");
            return this;
        }

        /**
         * Smooths the labels in training (Szegedy et al., Rethinking the Inception architecture, 2016, section 7). With n
         * classes the targets are (1 - s)·onehot + s/n for softmax cross-entropy, (1 - s)·label + s/2 for binary
         * cross-entropy. The model then does not gain from ever larger logits, and its probabilities are less extreme. The
         * losses of training include it; {@link Predictor#evaluate} reports the plain cross-entropy. Use 0.1 where
         * classes overlap or labels may be wrong. Costs a few flops an output.
         *
         * @param smoothing s, from 0 to below 1; 0 unless set
         * @return this
         */
        public Builder labelSmoothing(float smoothing) {
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("Model: label smoothing is " + smoothing
                        + "; it must be at least 0 and below 1, where labels would say nothing");
            }
            labelSmoothing = smoothing;
            return this;
        }

        /**
         * Sets the optimizer.
         *
         * @param rule the update rule; Adam with its defaults unless set
         * @return this
         */
        public Builder optimizer(Optimizer rule) {
            optimizer = Objects.requireNonNull(rule, "Model: the optimizer is null");
            return this;
        }

        /**
         * Lets the learning rate change from step to step.
         *
         * @param factor what multiplies the optimizer's learning rate; 1 unless set
         * @return this
         */
        public Builder learningRateSchedule(Schedule factor) {
            rate = Objects.requireNonNull(factor, "Model: the learning rate's schedule is null");
            return this;
        }

        /**
         * Clips every element of the gradients before the update; see {@link GradientClipping}.
         *
         * @param value the largest magnitude, positive; no bound unless set
         * @return this
         */
        public Builder clipGradientValue(float value) {
            largestGradient = bound("clipGradientValue", value);
            return this;
        }

        /**
         * Scales the gradients of all tensors before the update so that their norm, taken together, is within a bound; after
         * {@link #clipGradientValue}, if both are set. See {@link GradientClipping}.
         *
         * @param norm the largest Euclidean norm, positive; no bound unless set
         * @return this
         */
        public Builder clipGradientNorm(float norm) {
            largestNorm = bound("clipGradientNorm", norm);
            return this;
        }

        private static float bound(String name, float bound) {
            if (!(bound > 0 && bound < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Model: " + name + " is " + bound + "; it must be a finite number above 0");
            }
            return bound;
        }

        /**
         * Sets the seed of initial weights, masks and shuffles.
         *
         * @param number the seed; 42 unless set
         * @return this
         */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /**
         * Sets the number of threads of a training step. The results are the same for any number.
         *
         * @param number the threads, at least 1; 1 unless set
         * @return this
         */
        public Builder threads(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("Model: threads is " + number + "; it must be at least 1");
            }
            threads = number;
            return this;
        }

        /**
         * Builds the model.
         *
         * @return the model, with its initial weights
         * @throws IllegalArgumentException if there is no layer, sizes do not chain, names repeat, a penalty cannot
         *     act, or labels are to be smoothed and the loss has none
         */
        public Model build() {
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("Model: it has no layer; add at least one");
            }
            if (labelSmoothing > 0 && !loss.hasClasses()) {
                throw new IllegalArgumentException("Model: label smoothing is " + labelSmoothing + ", but the loss "
                        + loss + " has no labels; leave labelSmoothing out, or train with a cross-entropy loss");
            }
            return new Model(this);
        }
    }
}
