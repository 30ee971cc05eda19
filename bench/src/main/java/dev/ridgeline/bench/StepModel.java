package dev.ridgeline.bench;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.layer.WeightedLayer;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A model whose training step is measured.
 *
 * @param name its name on the command line
 * @param batch the rows of a step
 * @param inputs the shape of a row
 * @param layers the layers; the last is dense and gives the outputs, the others are hidden
 * @param optimizer the update rule
 * @param loss softmax cross-entropy, or binary cross-entropy for one output
 */
public record StepModel(String name, int batch, Shape inputs, List<StepLayer> layers, Optimizer optimizer, Loss loss) {
    /** Checks that the last layer is dense. */
    public StepModel {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || !(layers.getLast() instanceof StepLayer.Dense)) {
            throw new IllegalArgumentException(
                    "StepModel \"" + name + "\": its layers are " + layers + "; the last must be dense");
        }
    }

    /**
     * Dense layers with an activation after each but the last.
     *
     * @param name its name on the command line
     * @param batch the rows of a step
     * @param sizes the features, the units of each hidden layer, the outputs
     * @param activations one for each hidden layer
     * @param optimizer the update rule
     * @param loss softmax cross-entropy, or binary cross-entropy for one output
     * @return the model
     * @throws IllegalArgumentException if the sizes do not fit together
     */
    public static StepModel dense(
            String name,
            int batch,
            List<Integer> sizes,
            List<Activation.Function> activations,
            Optimizer optimizer,
            Loss loss) {
        if (activations.size() != sizes.size() - 2) {
            throw new IllegalArgumentException("StepModel \"" + name + "\": " + activations.size() + " activations for "
                    + sizes + "; give one for each hidden layer");
        }
        List<StepLayer> layers = new ArrayList<>();
        for (int hidden = 0; hidden < activations.size(); hidden++) {
            layers.add(new StepLayer.Dense(sizes.get(hidden + 1)));
            layers.add(new StepLayer.Activation(activations.get(hidden)));
        }
        layers.add(new StepLayer.Dense(sizes.getLast()));
        return new StepModel(name, batch, Shape.of(sizes.getFirst()), layers, optimizer, loss);
    }

    /**
     * Returns whether a regularizer is for this model.
     *
     * @param regularizer what is put where, from the {@link Catalogue}
     * @return true if the model has the inputs that it needs
     */
    public boolean takes(Catalogue.Entry regularizer) {
        return switch (regularizer.inputs()) {
            case ANY -> true;
            case FEATURES -> inputs.flat();
            case IMAGES -> !inputs.flat();
        };
    }

    /**
     * Builds the model with a regularizer.
     *
     * @param regularizer what is put where, from the {@link Catalogue}
     * @param seed the seed of weights and masks
     * @param threads the threads of a step
     * @return a new model, to be closed by the caller
     * @throws IllegalArgumentException if the regularizer is not for this model
     */
    public Model build(Catalogue.Entry regularizer, long seed, int threads) {
        return builder(regularizer, seed, threads).build();
    }

    /**
     * Puts the model together with a regularizer, for a caller that has more to set.
     *
     * @param regularizer what is put where, from the {@link Catalogue}
     * @param seed the seed of weights and masks
     * @param threads the threads of a step
     * @return the builder of a new model
     * @throws IllegalArgumentException if the regularizer is not for this model
     */
    public ModelBuilder builder(Catalogue.Entry regularizer, long seed, int threads) {
        if (!takes(regularizer)) {
            throw new IllegalArgumentException("StepModel \"" + name + "\": its inputs are " + inputs + ", and "
                    + regularizer.name() + " needs "
                    + regularizer.inputs().toString().toLowerCase(Locale.ROOT)
                    + "; choose another model or regularizer");
        }
        ModelBuilder model = Model.inputs(
                        inputs.sizes().stream().mapToInt(Integer::intValue).toArray())
                .loss(loss)
                .optimizer(optimizer)
                .seed(seed)
                .threads(threads);
        boolean first = true;
        for (StepLayer hidden : layers.subList(0, layers.size() - 1)) {
            Layer<?> layer = hidden.layer();
            model.add(layer);
            if (layer instanceof WeightedLayer<?> weighted) {
                regularizer.onKernel().accept(weighted);
            } else if (layer instanceof Activation activation) {
                if (first) {
                    regularizer.onFirstActivation().accept(activation);
                }
                first = false;
                regularizer.afterActivation().get().ifPresent(model::add);
            }
        }
        regularizer.onModel().accept(model);
        return model.add(layers.getLast().layer());
    }

    /**
     * Makes a batch of synthetic rows, uniform in [-1, 1). Rows 2i and 2i+1 have the same features and different labels:
     * no model can fit them, so that gradients stay of the size they have in training, far from subnormal numbers.
     *
     * @param seed the seed of the rows
     * @return the batch
     */
    public Batch data(long seed) {
        int features = inputs.size();
        int classes = Math.max(2, outputs());
        long featureKey = RandomBits.key(seed, name + "/features");
        long labelKey = RandomBits.key(seed, name + "/labels");
        float[] x = new float[batch * features];
        int[] labels = new int[batch];
        for (int row = 0; row < batch; row++) {
            for (int f = 0; f < features; f++) {
                x[row * features + f] = 2 * RandomBits.uniform(featureKey, (long) row / 2 * features + f) - 1;
            }
            labels[row] = (RandomBits.below(labelKey, row / 2, classes) + row % 2) % classes;
        }
        Batch rows = new Batch();
        rows.gather(
                Dataset.classification(features, x, classes, labels),
                IntStream.range(0, batch).toArray(),
                0,
                batch);
        return rows;
    }

    /**
     * Returns the number of outputs.
     *
     * @return the units of the last layer
     */
    public int outputs() {
        return ((StepLayer.Dense) layers.getLast()).units();
    }

    /**
     * Returns the floating-point operations of the matrix products of a step: 2·batch·positions·rows·columns of the kernel
     * for Y = XW, again for dW = XᵀdY, and again for dX = dYWᵀ but for the first layer with weights. A dense layer has one
     * position, a convolution those of its output; its X are the patches that its filters see.
     *
     * @return the operations, a fused multiply-add counted as two
     */
    public long flops() {
        long flops = 0;
        int products = 2;
        try (Model model = build(Catalogue.named(Catalogue.NONE), 0, 1)) {
            for (Layer<?> layer : model.layers()) {
                if (layer instanceof WeightedLayer<?>) {
                    Parameter kernel = layer.parameters().getFirst();
                    int positions = layer.outputShape().positions();
                    flops += 2L * products * batch * positions * kernel.rows() * kernel.columns();
                    products = 3;
                }
            }
        }
        return flops;
    }
}
