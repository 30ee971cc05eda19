package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Inverted dropout without a stored mask (Srivastava et al., Dropout, JMLR 2014). The mask of an element is a function
 * of (key, step, element): forward and backward compute it anew.
 *
 * <p>Elements come in chunks of 256. Chunk c draws the 64 blocks (64c..64c+63, step) of {@link RandomBits}; block b
 * gives four 16-bit numbers, in this order: low and high half of word 0, low and high half of word 1; number s of block
 * b belongs to element 256c + 64s + b. An element is dropped if its number is below rate·65536, rounded: the rate is met
 * within 2⁻¹⁷.
 */
public final class Dropout {
    /** The number of elements that share 64 random blocks: a split among threads cuts at multiples of it. */
    public static final int CHUNK = 256;

    private Dropout() {}

    /**
     * y_i = x_i / (1 - rate) where the mask keeps element i, else +0. In place is allowed.
     *
     * @param from the first element, a multiple of {@link #CHUNK}
     * @param to the element after the last
     * @param rate the probability of dropping, 0..1; at 1 all is zero
     * @param key the stream of the layer
     * @param step the training step
     * @param words scratch of {@link RandomBits#WORDS}; modified
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void apply(int from, int to, float rate, long key, int step, int[] words, float[] x, float[] y) {
        Objects.checkFromToIndex(from, to, x.length);
        Objects.checkFromToIndex(from, to, y.length);
        Objects.checkFromToIndex(0, RandomBits.WORDS, words.length);
        if (from % CHUNK != 0) {
            throw new IllegalArgumentException("from: " + from + " must be a multiple of " + CHUNK);
        }
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: " + rate + " must be within 0 and 1");
        }
        int threshold = Math.round(rate * 65536);
        float scale = 1 / (1 - rate);
        if (Kernels.VECTOR) {
            DropoutVector.apply(from, to, threshold, scale, key, step, words, x, y);
        } else {
            dev.ridgeline.kernel.reference.Dropout.apply(from, to, threshold, scale, key, step, words, x, y);
        }
    }
}
