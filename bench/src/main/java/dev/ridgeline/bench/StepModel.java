package dev.ridgeline.bench;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model whose training step is measured: dense layers with an activation after each but the last.
 *
 * @param name its name on the command line
 * @param batch the rows of a step
 * @param sizes the features, the units of each hidden layer, the outputs
 * @param activations one for each hidden layer
 * @param optimizer the update rule
 * @param loss softmax cross-entropy, or binary cross-entropy for one output
 */
public record StepModel(
        String name,
        int batch,
        List<Integer> sizes,
        List<Activation.Function> activations,
        Optimizer optimizer,
        Loss loss) {
    /** Checks that the sizes fit together. */
    public StepModel {
        sizes = List.copyOf(sizes);
        activations = List.copyOf(activations);
        if (activations.size() != sizes.size() - 2) {
            throw new IllegalArgumentException("StepModel \"" + name + "\": " + activations.size() + " activations for "
                    + sizes + "; give one for each hidden layer");
        }
    }

    /**
     * Builds the model with a regularizer.
     *
     * @param regularizer what is put where, from the {@link Catalogue}
     * @param seed the seed of weights and masks
     * @param threads the threads of a step
     * @return a new model, to be closed by the caller
     */
    public Model build(Catalogue.Entry regularizer, long seed, int threads) {
        Model.Builder model = Model.inputs(sizes.getFirst())
                .loss(loss)
                .optimizer(optimizer)
                .seed(seed)
                .threads(threads);
        for (int hidden = 0; hidden < activations.size(); hidden++) {
            Dense dense = new Dense(sizes.get(hidden + 1));
            Activation activation = new Activation(activations.get(hidden));
            regularizer.onKernel().accept(dense);
            if (hidden == 0) {
                regularizer.onFirstActivation().accept(activation);
            }
            model.add(dense).add(activation);
            regularizer.afterActivation().get().ifPresent(model::add);
        }
        regularizer.onModel().accept(model);
        return model.add(new Dense(sizes.getLast())).build();
    }

    /**
     * Makes a batch of synthetic rows, uniform in [-1, 1). Rows 2i and 2i+1 have the same features and different labels:
     * no model can fit them, so that gradients stay of the size they have in training, far from subnormal numbers.
     *
     * @param seed the seed of the rows
     * @return the batch
     */
    public Batch data(long seed) {
        int features = sizes.getFirst();
        int classes = loss == Loss.BINARY_CROSS_ENTROPY ? 2 : sizes.getLast();
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
     * Returns the floating-point operations of the matrix products of a step: 2·batch·inputs·units for Y = XW, again for dW
     * = XᵀdY, and again for dX = dYWᵀ but for the first layer.
     *
     * @return the operations, a fused multiply-add counted as two
     */
    public long flops() {
        long flops = 0;
        for (int layer = 1; layer < sizes.size(); layer++) {
            int products = layer == 1 ? 2 : 3;
            flops += 2L * products * batch * sizes.get(layer - 1) * sizes.get(layer);
        }
        return flops;
    }
}
