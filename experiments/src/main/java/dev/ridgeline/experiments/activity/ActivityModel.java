package dev.ridgeline.experiments.activity;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.LambdaConvention;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.List;
import java.util.Optional;

/**
 * The models of the study: two networks, each without and with penalties. Both of one network start from the same weights
 * for the same seed. All are trained by gradient descent with η 0.01, on softmax with cross-entropy; kernels start as
 * Glorot and Bengio's.
 */
enum ActivityModel {
    /** 4-512-256-64-32-3; tanh, tanh, tanh, ReLU. */
    DEEP("deep", false, new Published("96.43", "92.11"), new Published("97.0 \u00b1 0.7", "93.9 \u00b1 4.5")),
    /** The same with λ = 0.001 on the first layer's activations. */
    DEEP_ACTIVITY(
            "deep, activity L1",
            true,
            new Published("98.21", "94.74"),
            new Published("97.0 \u00b1 0.7", "93.6 \u00b1 4.4")),
    /** 4-500-3, tanh. */
    WIDE("500 units", false, Published.NOTHING, Published.NOTHING),
    /**
     * The same with L1 0.001 on the layer's kernel, L2 0.001 in Keras's sense on its bias and L1 0.002 on its activations.
     */
    WIDE_PENALISED("500 units, penalised", true, Published.NOTHING, Published.NOTHING);

    /** The other models against those without a penalty that they differ from in nothing else. */
    static final List<ActivityModel> PENALISED = List.of(DEEP_ACTIVITY, WIDE_PENALISED);

    private static final int[] DEEP_UNITS = {512, 256, 64, 32};
    private static final int WIDE_UNITS = 500;

    /**
     * Accuracies from elsewhere, in percent.
     *
     * @param train on the training rows
     * @param validation on the validation rows
     */
    record Published(String train, String validation) {
        static final Published NOTHING = new Published("\u2013", "\u2013");

        /** Returns the validation accuracy, if there is one. */
        Optional<Double> validationAccuracy() {
            return this == NOTHING ? Optional.empty() : Optional.of(Double.valueOf(validation));
        }
    }

    private final String title;
    private final boolean penalised;
    private final Published published;
    private final Published trial;

    ActivityModel(String title, boolean penalised, Published published, Published trial) {
        this.title = title;
        this.penalised = penalised;
        this.published = published;
        this.trial = trial;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the accuracies of the published run. */
    Published published() {
        return published;
    }

    /** Returns mean and standard deviation over the 12 splits of an independent trial with PyTorch. */
    Published trial() {
        return trial;
    }

    /** Returns the same network without penalties; itself if it has none. */
    ActivityModel control() {
        return switch (this) {
            case DEEP, DEEP_ACTIVITY -> DEEP;
            case WIDE, WIDE_PENALISED -> WIDE;
        };
    }

    /** Makes the model with its initial weights. */
    Model build(long seed, int features, int classes) {
        ModelBuilder builder = Model.inputs(features).optimizer(new Sgd(0.01f)).seed(seed);
        if (control() == DEEP) {
            addDeep(builder);
        } else {
            addWide(builder);
        }
        return builder.add(new Dense(classes)).build();
    }

    private void addDeep(ModelBuilder builder) {
        for (int i = 0; i < DEEP_UNITS.length; i++) {
            boolean last = i == DEEP_UNITS.length - 1;
            Activation activation = new Activation(last ? Activation.Function.RELU : Activation.Function.TANH);
            if (i == 0 && penalised) {
                activation.activityRegularizer(new L1(0.001f));
            }
            builder.add(new Dense(DEEP_UNITS[i])).add(activation);
        }
    }

    private void addWide(ModelBuilder builder) {
        Dense dense = new Dense(WIDE_UNITS);
        Activation activation = new Activation(Activation.Function.TANH);
        if (penalised) {
            dense.kernelRegularizer(new L1(0.001f));
            dense.biasRegularizer(new L2((float) LambdaConvention.KERAS.toL2(0.001, 1, 1)));
            activation.activityRegularizer(new L1(0.002f));
        }
        builder.add(dense).add(activation);
    }
}
