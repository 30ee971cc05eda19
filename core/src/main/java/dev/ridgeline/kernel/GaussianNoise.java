package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Gaussian noise without storing it: the normal number of an element is a function of (key, step, element). Forward and
 * backward compute it anew.
 *
 * <p>Elements come in chunks of 128. Chunk c draws the 64 blocks (64c..64c+63, step) of {@link RandomBits}; word s of
 * block b belongs to element 128c + 64s + b. So an element has 32 bits, which are drawn at the price of 24, for a block
 * gives numbers to two elements either way. The lowest 31 bits m give the probability q = (m + 1/2)·2⁻³² in (0, 1/2],
 * rounded to float; the highest bit gives the sign. The number is ±Φ⁻¹(q) with {@link Elementary#inverseNormal}: its
 * distribution is symmetric and never infinite. Its tails are as fine as floats are, up to 6.3 standard deviations; beyond
 * lies 2·10⁻¹⁰ of the normal distribution. (With 24 bits the last numbers would be 5.2 and 5.4.)
 */
public final class GaussianNoise {
    /** The number of elements that share 64 random blocks: a split among threads cuts at multiples of it. */
    public static final int CHUNK = 128;

    private GaussianNoise() {}

    /**
     * y_i = x_i + σ·n_i with n_i from N(0, 1). In place is allowed.
     *
     * @param from the first element, a multiple of {@link #CHUNK}
     * @param to the element after the last
     * @param start which element of the batch the arrays begin with, a multiple of {@link #CHUNK}
     * @param deviation σ, finite and not negative
     * @param key the stream of the layer
     * @param step the training step
     * @param words scratch of {@link RandomBits#WORDS}; modified
     * @param normals scratch of {@link #CHUNK}; modified
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void add(
            int from,
            int to,
            long start,
            float deviation,
            long key,
            int step,
            int[] words,
            float[] normals,
            float[] x,
            float[] y) {
        check(from, to, start, deviation, words, normals, x, y);
        int block = (int) (start >> 1);
        if (Kernels.vectorAfter(64L * (to - from))) {
            GaussianNoiseVector.add(from, to, block, deviation, key, step, words, normals, x, y);
        } else {
            dev.ridgeline.kernel.reference.GaussianNoise.add(
                    from, to, block, deviation, key, step, words, normals, x, y);
        }
    }

    /**
     * y_i = x_i·(1 + σ·n_i) with n_i from N(0, 1). As it is linear in x, it is its own derivative: from dy it gives dx. In
     * place is allowed.
     *
     * @param from the first element, a multiple of {@link #CHUNK}
     * @param to the element after the last
     * @param start which element of the batch the arrays begin with, a multiple of {@link #CHUNK}
     * @param deviation σ, finite and not negative
     * @param key the stream of the layer
     * @param step the training step
     * @param words scratch of {@link RandomBits#WORDS}; modified
     * @param normals scratch of {@link #CHUNK}; modified
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void multiply(
            int from,
            int to,
            long start,
            float deviation,
            long key,
            int step,
            int[] words,
            float[] normals,
            float[] x,
            float[] y) {
        check(from, to, start, deviation, words, normals, x, y);
        int block = (int) (start >> 1);
        if (Kernels.vectorAfter(64L * (to - from))) {
            GaussianNoiseVector.multiply(from, to, block, deviation, key, step, words, normals, x, y);
        } else {
            dev.ridgeline.kernel.reference.GaussianNoise.multiply(
                    from, to, block, deviation, key, step, words, normals, x, y);
        }
    }

    private static void check(
            int from, int to, long start, float deviation, int[] words, float[] normals, float[] x, float[] y) {
        Objects.checkFromToIndex(from, to, x.length);
        Objects.checkFromToIndex(from, to, y.length);
        Objects.checkFromToIndex(0, RandomBits.WORDS, words.length);
        Objects.checkFromToIndex(0, CHUNK, normals.length);
        if (from % CHUNK != 0 || start < 0 || start % CHUNK != 0) {
            throw new IllegalArgumentException(
                    "from: " + from + " and start: " + start + " must be multiples of " + CHUNK + ", not negative");
        }
        if (!(deviation >= 0 && deviation <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("deviation: " + deviation + " must be finite and not negative");
        }
    }
}
