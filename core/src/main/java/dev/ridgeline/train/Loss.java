package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Activations;
import dev.ridgeline.kernel.Losses;

/** What training minimises: the mean over the batch. */
public enum Loss {
    /** -log softmax(z)_label, from logits z with one column a class. */
    SOFTMAX_CROSS_ENTROPY {
        @Override
        void elements(int rows, int outputs, float[] z, Batch batch, float[] losses, float[] gradient) {
            Losses.softmaxCrossEntropy(rows, outputs, z, 0, batch.labels(), 0, losses, 0, gradient, 0);
        }

        @Override
        void smooth(float smoothing, int rows, int outputs, float[] z, Batch batch, float[] losses, float[] gradient) {
            Losses.smoothSoftmaxCrossEntropy(rows, outputs, smoothing, z, 0, batch.labels(), 0, losses, 0, gradient, 0);
        }

        @Override
        void requireFit(Dataset data, int outputs) {
            if (data.classes() != outputs) {
                throw mismatch(data, outputs, "one output for each class");
            }
        }

        @Override
        int classOf(float[] z, int outputs, int row) {
            int best = row * outputs;
            for (int i = best + 1; i < (row + 1) * outputs; i++) {
                best = z[i] > z[best] ? i : best;
            }
            return best - row * outputs;
        }

        @Override
        void probabilities(int rows, int outputs, float[] z) {
            Losses.softmax(rows, outputs, z, 0, z, 0);
        }
    },

    /** log(1 + e^z) - label·z, from one logit z for two classes: the cross-entropy of sigmoid(z). */
    BINARY_CROSS_ENTROPY {
        @Override
        void elements(int rows, int outputs, float[] z, Batch batch, float[] losses, float[] gradient) {
            Losses.binaryCrossEntropy(rows, z, 0, batch.labels(), 0, losses, 0, gradient, 0);
        }

        @Override
        void smooth(float smoothing, int rows, int outputs, float[] z, Batch batch, float[] losses, float[] gradient) {
            Losses.smoothBinaryCrossEntropy(rows, smoothing, z, 0, batch.labels(), 0, losses, 0, gradient, 0);
        }

        @Override
        void requireFit(Dataset data, int outputs) {
            if (data.classes() != 2 || outputs != 1) {
                throw mismatch(data, outputs, "two classes and one output");
            }
        }

        @Override
        int classOf(float[] z, int outputs, int row) {
            return z[row] > 0 ? 1 : 0;
        }

        @Override
        void probabilities(int rows, int outputs, float[] z) {
            Activations.sigmoid(rows, z, 0, z, 0);
        }
    },

    /** (y - target)², the mean over batch and outputs. */
    MEAN_SQUARED_ERROR {
        @Override
        void elements(int rows, int outputs, float[] y, Batch batch, float[] losses, float[] gradient) {
            Losses.meanSquaredError(rows * outputs, y, 0, batch.targets(), 0, losses, 0, gradient, 0);
        }

        @Override
        void smooth(float smoothing, int rows, int outputs, float[] y, Batch batch, float[] losses, float[] gradient) {
            throw new IllegalStateException(this + " has no labels to smooth");
        }

        @Override
        boolean hasClasses() {
            return false;
        }

        @Override
        int elements(int outputs) {
            return outputs;
        }

        @Override
        void requireFit(Dataset data, int outputs) {
            if (data.outputs() != outputs) {
                throw mismatch(data, outputs, "target values, one for each output");
            }
        }

        @Override
        int classOf(float[] y, int outputs, int row) {
            throw new IllegalStateException("a model trained with " + this + " gives no classes; use predict");
        }

        @Override
        void probabilities(int rows, int outputs, float[] y) {
            throw new IllegalStateException("a model trained with " + this + " gives no probabilities; use predict");
        }
    };

    /** Computes the loss of each row (or element) and the gradient of the mean to the outputs. */
    abstract void elements(int rows, int outputs, float[] z, Batch batch, float[] losses, float[] gradient);

    /** Turns losses and gradient into those for smoothed labels; {@code z} must be another array than the gradient. */
    abstract void smooth(
            float smoothing, int rows, int outputs, float[] z, Batch batch, float[] losses, float[] gradient);

    /** Returns whether the outputs stand for classes. */
    boolean hasClasses() {
        return true;
    }

    /** Returns how many losses a row has. */
    int elements(int outputs) {
        return 1;
    }

    /** Throws if a data set's labels or targets do not fit this loss and the model's outputs. */
    abstract void requireFit(Dataset data, int outputs);

    /** Returns the predicted class of a row; throws where there are no classes. */
    abstract int classOf(float[] z, int outputs, int row);

    /** Turns outputs into probabilities, in place. */
    abstract void probabilities(int rows, int outputs, float[] z);

    /** Returns the mean, added in double in four chains (element i in chain i mod 4), which are added in pairs at the end. */
    final double mean(int rows, int outputs, float[] losses) {
        int n = rows * elements(outputs);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            s0 += losses[i];
            s1 += losses[i + 1];
            s2 += losses[i + 2];
            s3 += losses[i + 3];
        }
        s0 += i < n ? losses[i] : 0;
        s1 += i + 1 < n ? losses[i + 1] : 0;
        s2 += i + 2 < n ? losses[i + 2] : 0;
        return (s0 + s2 + (s1 + s3)) / n;
    }

    /** Returns how many rows are classified as labelled. */
    final int correct(int rows, int outputs, float[] z, int[] labels) {
        int correct = 0;
        for (int r = 0; r < rows; r++) {
            correct += classOf(z, outputs, r) == labels[r] ? 1 : 0;
        }
        return correct;
    }

    final IllegalArgumentException mismatch(Dataset data, int outputs, String needed) {
        String has = data.labels() == null ? data.outputs() + " target values a row" : data.classes() + " classes";
        return new IllegalArgumentException("the data set has " + has + ", the model has " + outputs
                + " outputs and the loss " + this + ", which needs " + needed);
    }
}
