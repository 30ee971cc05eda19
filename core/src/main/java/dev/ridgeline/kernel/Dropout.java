package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Inverted dropout without a stored mask (Srivastava et al., Dropout, JMLR 2014). The mask of an element is a function
 * of (key, step, element): forward and backward compute it anew.
 *
 * <p>Elements come in chunks of 256. Chunk c draws the 64 blocks (64c..64c+63, step) of {@link RandomBits}; block b
 * gives four 16-bit numbers, in this order: low and high half of word 0, low and high half of word 1; number s of block
 * b belongs to element 256c + 64s + b. An element is dropped if its number is below rate·65536, rounded: the rate is met
 * within 2⁻¹⁷. Where the arrays hold a later part of a batch, the argument {@code start} says which: masks do not depend
 * on how a batch is cut. They repeat after 2³⁴ elements.
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
     * @param start which element of the batch the arrays begin with, a multiple of {@link #CHUNK}
     * @param rate the probability of dropping, 0..1; at 1 all is zero
     * @param key the stream of the layer
     * @param step the training step
     * @param words scratch of {@link RandomBits#WORDS}; modified
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void apply(
            int from, int to, long start, float rate, long key, int step, int[] words, float[] x, float[] y) {
        apply(false, from, to, start, rate, key, step, words, x, y);
    }

    /**
     * Rectifier and dropout in one pass: y_i = max(0, x_i)/(1 - rate) where the mask keeps element i, else +0. The bits are
     * those of {@link Activations#relu} followed by {@link #apply}.
     *
     * @param from the first element, a multiple of {@link #CHUNK}
     * @param to the element after the last
     * @param start which element of the batch the arrays begin with, a multiple of {@link #CHUNK}
     * @param rate the probability of dropping, 0..1; at 1 all is zero
     * @param key the stream of the layer
     * @param step the training step
     * @param words scratch of {@link RandomBits#WORDS}; modified
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void rectify(
            int from, int to, long start, float rate, long key, int step, int[] words, float[] x, float[] y) {
        apply(true, from, to, start, rate, key, step, words, x, y);
    }

    private static void apply(
            boolean rectify,
            int from,
            int to,
            long start,
            float rate,
            long key,
            int step,
            int[] words,
            float[] x,
            float[] y) {
        check(from, to, start, words, x, y);
        int threshold = threshold(rate);
        int block = (int) (start >> 2);
        if (Kernels.vectorAfter(16L * (to - from))) {
            DropoutVector.apply(rectify, from, to, block, threshold, scale(rate), key, step, words, x, y);
        } else {
            dev.ridgeline.kernel.reference.Dropout.apply(
                    rectify, from, to, block, threshold, scale(rate), key, step, words, x, y);
        }
    }

    /**
     * y_i = x_i·scale + shift where the mask keeps element i, else a constant: alpha dropout, and with shift and constant 0
     * its derivative. The mask is that of {@link #apply}. In place is allowed.
     *
     * @param from the first element, a multiple of {@link #CHUNK}
     * @param to the element after the last
     * @param start which element of the batch the arrays begin with, a multiple of {@link #CHUNK}
     * @param rate the probability of dropping, 0..1
     * @param scale what multiplies the elements that are kept
     * @param shift what is added to them
     * @param dropped what the others become
     * @param key the stream of the layer
     * @param step the training step
     * @param words scratch of {@link RandomBits#WORDS}; modified
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void affine(
            int from,
            int to,
            long start,
            float rate,
            float scale,
            float shift,
            float dropped,
            long key,
            int step,
            int[] words,
            float[] x,
            float[] y) {
        check(from, to, start, words, x, y);
        int threshold = threshold(rate);
        int block = (int) (start >> 2);
        if (Kernels.vectorAfter(16L * (to - from))) {
            DropoutVector.affine(from, to, block, threshold, scale, shift, dropped, key, step, words, x, y);
        } else {
            dev.ridgeline.kernel.reference.Dropout.affine(
                    from, to, block, threshold, scale, shift, dropped, key, step, words, x, y);
        }
    }

    /**
     * The derivative of {@link #rectify}, in place: dy_i ← dy_i/(1 - rate) where y_i &gt; 0, else +0. The output tells what
     * was dropped, so that no bit is drawn again.
     *
     * @param from the first element
     * @param to the element after the last
     * @param rate the probability of dropping, 0..1
     * @param y the output of {@link #rectify}; not modified
     * @param dy the gradient to the output on entry, to the input on return; modified
     */
    public static void rectifyGradient(int from, int to, float rate, float[] y, float[] dy) {
        Objects.checkFromToIndex(from, to, y.length);
        Objects.checkFromToIndex(from, to, dy.length);
        float scale = scale(checked(rate));
        if (Kernels.vector(to - from)) {
            DropoutVector.rectifyGradient(from, to, scale, y, dy);
        } else {
            dev.ridgeline.kernel.reference.Dropout.rectifyGradient(from, to, scale, y, dy);
        }
    }

    private static void check(int from, int to, long start, int[] words, float[] x, float[] y) {
        Objects.checkFromToIndex(from, to, x.length);
        Objects.checkFromToIndex(from, to, y.length);
        Objects.checkFromToIndex(0, RandomBits.WORDS, words.length);
        if (from % CHUNK != 0 || start < 0 || start % CHUNK != 0) {
            throw new IllegalArgumentException(
                    "from: " + from + " and start: " + start + " must be multiples of " + CHUNK + ", not negative");
        }
    }

    private static int threshold(float rate) {
        return Math.round(checked(rate) * 65536);
    }

    private static float checked(float rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: " + rate + " must be within 0 and 1");
        }
        return rate;
    }

    private static float scale(float rate) {
        return 1 / (1 - rate);
    }
}
