package dev.ridgeline.experiments.iris;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.function.Supplier;

/**
 * The four models of the Iris study: 4-64-32-3, ReLU, softmax with cross-entropy, Adam with η 0.001 and ε 10⁻⁷. They
 * differ in what regularizes the two hidden layers, and start from the same weights for the same seed.
 */
enum IrisModel {
    /** No regularizer. */
    BASE("base", null, null, "1.0000", "0.9333"),
    /** λ = 0.005 on both hidden kernels. */
    L1("L1", new L1(0.005f), null, "0.9833", "1.0000"),
    /** Half of each hidden layer's outputs are dropped. */
    DROPOUT("dropout", null, () -> new Dropout(0.5f), "0.9833-0.9917", "0.9667"),
    /** Normalises each hidden layer's outputs. */
    BATCH_NORM("batch norm", null, BatchNorm::new, "1.0000", "0.9667-1.0000");

    private static final int[] HIDDEN = {64, 32};

    private final String title;
    private final Regularizer kernelRegularizer;
    private final Supplier<Layer<?>> afterActivation;
    private final String kerasTrainAccuracy;
    private final String kerasValidationAccuracy;

    IrisModel(
            String title,
            Regularizer kernelRegularizer,
            Supplier<Layer<?>> afterActivation,
            String kerasTrainAccuracy,
            String kerasValidationAccuracy) {
        this.title = title;
        this.kernelRegularizer = kernelRegularizer;
        this.afterActivation = afterActivation;
        this.kerasTrainAccuracy = kerasTrainAccuracy;
        this.kerasValidationAccuracy = kerasValidationAccuracy;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the training accuracy published for Keras, or its range over several runs. */
    String kerasTrainAccuracy() {
        return kerasTrainAccuracy;
    }

    /** Returns the validation accuracy published for Keras, or its range over several runs. */
    String kerasValidationAccuracy() {
        return kerasValidationAccuracy;
    }

    /** Makes the model with its initial weights. */
    Model build(long seed, IrisData data) {
        ModelBuilder builder = Model.inputs(data.train().features())
                .optimizer(new Adam(1e-3, 0.9, 0.999, 1e-7))
                .seed(seed);
        for (int units : HIDDEN) {
            Dense dense = new Dense(units);
            if (kernelRegularizer != null) {
                dense.kernelRegularizer(kernelRegularizer);
            }
            builder.add(dense).add(new Activation(Activation.Function.RELU));
            if (afterActivation != null) {
                builder.add(afterActivation.get());
            }
        }
        return builder.add(new Dense(data.train().classes())).build();
    }
}
