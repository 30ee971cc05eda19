package dev.ridgeline.kernel;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;

/** A program that trains a little and prints which kernels did it and the digest. */
public final class TinyTraining {
    private TinyTraining() {}

    /** Prints one line. */
    public static void main(String[] arguments) {
        System.out.println(Kernels.describe() + " " + digest());
    }

    static String digest() {
        int[] labels = new int[40];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
        }
        Dataset data = Dataset.classification(5, Floats.random(1, 200, 1), 3, labels);
        try (Model model = Model.inputs(5)
                .add(new Dense(19).kernelRegularizer(new L1(0.01f)))
                .add(new Activation(Activation.Function.TANH))
                .add(new BatchNorm())
                .add(new Dropout(0.5f))
                .add(new Dense(3))
                .build()) {
            new Trainer(model).batchSize(16).epochs(2).fit(data);
            return model.digest();
        }
    }
}
