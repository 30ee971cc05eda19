package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.GradientClipping;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts a model together. */
public final class ModelBuilder {
    final Shape inputs;
    final List<Layer<?>> layers = new ArrayList<>();
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
    float labelSmoothing;
    Optimizer optimizer = new Adam();
    long seed = 42;
    Schedule rate = new Constant();
    float largestGradient = Float.POSITIVE_INFINITY;
    float largestNorm = Float.POSITIVE_INFINITY;
    int threads = 1;
    Team.Observer observer;
    Tikhonov tikhonov;

    ModelBuilder(Shape inputs) {
        this.inputs = inputs;
    }

    /**
     * Adds a layer after the last one.
     *
     * @param layer a layer that belongs to no model yet
     * @return this
     */
    public ModelBuilder add(Layer<?> layer) {
        layers.add(Objects.requireNonNull(layer, "Model: the layer is null"));
        return this;
    }

    /**
     * Sets the loss.
     *
     * @param objective the loss; {@link Loss#SOFTMAX_CROSS_ENTROPY} unless set
     * @return this
     */
    public ModelBuilder loss(Loss objective) {
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
    public ModelBuilder labelSmoothing(float smoothing) {
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
    public ModelBuilder optimizer(Optimizer rule) {
        optimizer = Objects.requireNonNull(rule, "Model: the optimizer is null");
        return this;
    }

    /**
     * Lets the learning rate change from step to step.
     *
     * @param factor what multiplies the optimizer's learning rate; 1 unless set
     * @return this
     */
    public ModelBuilder learningRateSchedule(Schedule factor) {
        rate = Objects.requireNonNull(factor, "Model: the learning rate's schedule is null");
        return this;
    }

    /**
     * Clips every element of the gradients before the update; see {@link GradientClipping}.
     *
     * @param value the largest magnitude, positive; no bound unless set
     * @return this
     */
    public ModelBuilder clipGradientValue(float value) {
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
    public ModelBuilder clipGradientNorm(float norm) {
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
    public ModelBuilder seed(long number) {
        seed = number;
        return this;
    }

    /**
     * Sets the number of threads of a training step. The results are the same for any number.
     *
     * @param number the threads, at least 1; 1 unless set
     * @return this
     */
    public ModelBuilder threads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Model: threads is " + number + "; it must be at least 1");
        }
        threads = number;
        return this;
    }

    /**
     * Has each parallel loop of a training step observed, for example to time it. The results do not depend on it, and it is
     * no part of a saved model.
     *
     * @param instrument hears of each loop in the thread that trains; none unless set
     * @return this
     */
    public ModelBuilder observer(Team.Observer instrument) {
        observer = Objects.requireNonNull(instrument, "Model: the observer is null; leave it out for none");
        return this;
    }

    /**
     * Penalises the function that the model computes: its outputs, its slope, its curvature.
     *
     * @param penalty the penalty; none unless set
     * @return this
     */
    public ModelBuilder tikhonov(Tikhonov penalty) {
        tikhonov = Objects.requireNonNull(penalty, "Model: Tikhonov's penalty is null");
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
            throw new IllegalArgumentException("Model: label smoothing is " + labelSmoothing + ", but the loss " + loss
                    + " has no labels; leave labelSmoothing out, or train with a cross-entropy loss");
        }
        return new Model(this);
    }
}
