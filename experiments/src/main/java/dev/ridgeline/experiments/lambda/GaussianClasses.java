package dev.ridgeline.experiments.lambda;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.GaussianNoise;
import dev.ridgeline.kernel.RandomBits;

/**
 * Two classes, each a spherical normal distribution of deviation σ = {@value #DEVIATION} in {@value #FEATURES} dimensions,
 * their centres {@value #DISTANCE} apart on the first axis, at equal distances from 0. The best classifier errs in Φ(-13.86/16)
 * = 19.3 % of the rows. The direction matters to L1, which finds the only feature that tells the classes apart; L2, and
 * weights that start normally distributed, see no difference.
 *
 * @param raw whether the features stay as drawn; else they are divided by σ
 */
record GaussianClasses(boolean raw) {
    static final int FEATURES = 10;
    static final float DEVIATION = 8;
    static final double DISTANCE = 13.86;

    /**
     * Draws rows, the classes in turns.
     *
     * @param seed the seed
     * @param name what the rows are for; another name gives other rows
     * @param rows how many
     */
    Dataset draw(long seed, String name, int rows) {
        float scale = raw ? 1 : DEVIATION;
        float centre = (float) (DISTANCE / 2) / scale;
        float[] x = new float[rows * FEATURES];
        int[] labels = new int[rows];
        for (int r = 0; r < rows; r++) {
            labels[r] = r % 2;
            x[r * FEATURES] = labels[r] == 1 ? centre : -centre;
        }
        addNormals(RandomBits.key(seed, name), DEVIATION / scale, x);
        return Dataset.classification(FEATURES, x, 2, labels);
    }

    /** Adds normal numbers of a stream. */
    static void addNormals(long key, float deviation, float[] values) {
        int[] words = new int[RandomBits.WORDS];
        float[] normals = new float[GaussianNoise.CHUNK];
        GaussianNoise.add(0, values.length, 0, deviation, key, 0, words, normals, values, values);
    }
}
