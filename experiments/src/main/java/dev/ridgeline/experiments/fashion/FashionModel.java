package dev.ridgeline.experiments.fashion;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.LambdaConvention;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The models of the study: hidden layers of ReLU, softmax with cross-entropy, Adam with η 0.001 and ε 10⁻⁷. They differ in
 * what regularizes the hidden layers, and start from the same weights for the same seed.
 */
enum FashionModel {
    /** No regularizer. */
    BASELINE("baseline", null, null, new Evaluation(0.3747, 0.8761)),
    /** Keras's {@code l2(0.01)} on the hidden kernels. */
    L2("L2", new L2((float) LambdaConvention.KERAS.toL2(0.01, 1, 1)), null, new Evaluation(0.4767, 0.8551)),
    /** Keras's {@code l1(0.0001)} on the hidden kernels. */
    L1("L1", new L1((float) LambdaConvention.KERAS.toL1(1e-4, 1, 1)), null, null),
    /** Half of each hidden layer's outputs are dropped. */
    DROPOUT("dropout", null, () -> new Dropout(0.5f), new Evaluation(0.3585, 0.8690)),
    /** Normalises each hidden layer's outputs. */
    BATCH_NORM("batch norm", null, BatchNorm::new, null),
    /** No regularizer; stops when the loss on rows held out no longer falls. */
    EARLY_STOPPING("early stopping", null, null, null);

    private final String title;
    private final Regularizer kernelRegularizer;
    private final Supplier<Layer<?>> afterActivation;
    private final Evaluation published;

    FashionModel(
            String title, Regularizer kernelRegularizer, Supplier<Layer<?>> afterActivation, Evaluation published) {
        this.title = title;
        this.kernelRegularizer = kernelRegularizer;
        this.afterActivation = afterActivation;
        this.published = published;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns test loss and accuracy published for Keras on the whole of Fashion-MNIST, where they are. */
    Optional<Evaluation> published() {
        return Optional.ofNullable(published);
    }

    /** Makes the model with its initial weights. */
    Model build(long seed, int inputs, List<Integer> hidden, int classes) {
        ModelBuilder builder =
                Model.inputs(inputs).optimizer(new Adam(1e-3, 0.9, 0.999, 1e-7)).seed(seed);
        for (int units : hidden) {
            Dense dense = new Dense(units);
            if (kernelRegularizer != null) {
                dense.kernelRegularizer(kernelRegularizer);
            }
            builder.add(dense).add(new Activation(Activation.Function.RELU));
            if (afterActivation != null) {
                builder.add(afterActivation.get());
            }
        }
        return builder.add(new Dense(classes)).build();
    }
}
