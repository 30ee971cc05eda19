package dev.ridgeline.train;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Small data sets for tests. */
public final class Samples {
    private Samples() {}

    /** Returns rows around one corner for each class, overlapping a little. */
    public static Dataset classes(long seed, int rows, int features, int classes) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] centers = Floats.random(99, classes * features, 1.5f);
        float[] x = new float[rows * features];
        int[] labels = new int[rows];
        for (int r = 0; r < rows; r++) {
            labels[r] = random.nextInt(classes);
            for (int j = 0; j < features; j++) {
                // a sum of uniform numbers, not nextGaussian: its bits are the same everywhere
                double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
                x[r * features + j] = (float) (centers[labels[r] * features + j] + noise);
            }
        }
        return Dataset.classification(features, x, classes, labels);
    }

    /** Returns rows with targets that are a smooth function of them. */
    public static Dataset values(long seed, int rows, int features, int outputs) {
        float[] x = Floats.random(seed, rows * features, 1);
        float[] targets = new float[rows * outputs];
        for (int i = 0; i < targets.length; i++) {
            float first = x[i / outputs * features];
            targets[i] = first * first - 0.5f * x[i / outputs * features + (i + 1) % features];
        }
        return Dataset.regression(features, x, outputs, targets);
    }

    /** Returns a batch of the first rows, in order. */
    public static Batch batch(Dataset data, int rows) {
        int[] order = new int[data.rows()];
        Arrays.setAll(order, i -> i);
        Batch batch = new Batch();
        batch.gather(data, order, 0, rows);
        return batch;
    }
}
