package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.RandomBits;
import java.util.Random;

/**
 * Rows of y = sin x + ε, with x uniform on [-π, π] and ε normal. On this interval the sine and its derivatives are alike in
 * size: the mean square of each is ½. So one λ means about the same for each order.
 */
final class NoisySine {
    static final double LEFT = -Math.PI;
    static final double RIGHT = Math.PI;

    /** How many points of the interval a curve is judged at. */
    private static final int POINTS = 201;

    private NoisySine() {}

    /**
     * Draws rows. The generator is specified bit for bit by the Java platform.
     *
     * @param rows how many
     * @param deviation the standard deviation of ε
     * @param seed what they depend on
     * @return one input and one target each
     */
    static Dataset draw(int rows, double deviation, long seed) {
        Random random = new Random(RandomBits.key(seed, "noisy sine")); // of seeds in a row it would begin alike
        float[] x = new float[rows];
        float[] y = new float[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = (float) (LEFT + (RIGHT - LEFT) * random.nextDouble());
            y[i] = (float) (StrictMath.sin(x[i]) + deviation * random.nextGaussian());
        }
        return Dataset.regression(1, x, 1, y);
    }

    /** Returns the sine without noise at equidistant points, both ends among them: what curves are judged by. */
    static Dataset truth() {
        float[] x = new float[POINTS];
        float[] y = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = (float) (LEFT + (RIGHT - LEFT) * i / (POINTS - 1));
            y[i] = (float) StrictMath.sin(x[i]);
        }
        return Dataset.regression(1, x, 1, y);
    }
}
