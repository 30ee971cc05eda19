package dev.ridgeline.linear;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import java.util.SplittableRandom;

/** Data sets whose classes overlap, and the objective written out. */
final class LogisticSamples {
    private LogisticSamples() {}

    /** Returns uniform features, and labels that the first classes' features speak for, with much noise. */
    static Dataset overlapping(long seed, int rows, int features, int classes) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = Floats.random(seed + 1, rows * features, 2);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                double score = x[i * features + c % features] * (c < features ? 1 : -1) + 4 * random.nextDouble();
                if (score > best) {
                    best = score;
                    labels[i] = c;
                }
            }
        }
        return Dataset.classification(features, x, classes, labels);
    }

    /** Returns the data with each feature multiplied by its factor. */
    static Dataset scaled(Dataset data, float... factors) {
        float[] x = data.x().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] *= factors[i % data.features()];
        }
        return Dataset.classification(data.features(), x, data.classes(), data.labels());
    }

    /** Returns the data with a further feature that is the same in every row. */
    static Dataset withConstant(Dataset data, float value) {
        int features = data.features() + 1;
        float[] x = new float[data.rows() * features];
        for (int i = 0; i < x.length; i++) {
            int j = i % features;
            x[i] = j == features - 1 ? value : data.x()[i / features * (features - 1) + j];
        }
        return Dataset.classification(features, x, data.classes(), data.labels());
    }

    /** Returns F(W, b) by its definition. */
    static double objective(Dataset data, double[] w, double[] b, double l1, double l2) {
        int outputs = b.length;
        double sum = 0;
        for (int i = 0; i < data.rows(); i++) {
            double total = outputs == 1 ? 1 : 0;
            double own = 0;
            for (int k = 0; k < outputs; k++) {
                double z = b[k];
                for (int j = 0; j < data.features(); j++) {
                    z += w[k * data.features() + j] * data.x()[i * data.features() + j];
                }
                total += Math.exp(z);
                own = data.labels()[i] == (outputs == 1 ? 1 : k) ? z : own;
            }
            sum += Math.log(total) - own;
        }
        double penalty = 0;
        for (double value : w) {
            penalty += l1 * Math.abs(value) + 0.5 * l2 * value * value;
        }
        return sum / data.rows() + penalty;
    }
}
