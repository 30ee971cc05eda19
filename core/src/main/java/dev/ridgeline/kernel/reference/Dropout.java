package dev.ridgeline.kernel.reference;

import dev.ridgeline.kernel.RandomBits;

/** The reference of {@link dev.ridgeline.kernel.Dropout}. */
public final class Dropout {
    private Dropout() {}

    /** y_i = x_i·scale (max(0, x_i)·scale) where element i's 16 random bits reach the threshold, else +0. */
    public static void apply(
            boolean rectify,
            int from,
            int to,
            int block,
            int threshold,
            float scale,
            long key,
            int step,
            int[] words,
            float[] x,
            float[] y) {
        for (int chunk = from; chunk < to; chunk += dev.ridgeline.kernel.Dropout.CHUNK) {
            RandomBits.blocks(key, block + (chunk >> 2), step, words);
            for (int i = chunk; i < Math.min(to, chunk + dev.ridgeline.kernel.Dropout.CHUNK); i++) {
                float v = rectify && x[i] <= 0 ? 0 : x[i];
                y[i] = number(i - chunk, words) >= threshold ? v * scale : 0;
            }
        }
    }

    /** y_i = x_i·scale + shift where element i's 16 random bits reach the threshold, else the constant. */
    public static void affine(
            int from,
            int to,
            int block,
            int threshold,
            float scale,
            float shift,
            float dropped,
            long key,
            int step,
            int[] words,
            float[] x,
            float[] y) {
        for (int chunk = from; chunk < to; chunk += dev.ridgeline.kernel.Dropout.CHUNK) {
            RandomBits.blocks(key, block + (chunk >> 2), step, words);
            for (int i = chunk; i < Math.min(to, chunk + dev.ridgeline.kernel.Dropout.CHUNK); i++) {
                y[i] = number(i - chunk, words) >= threshold ? x[i] * scale + shift : dropped;
            }
        }
    }

    /** The 16 random bits of an element of a chunk. */
    private static int number(int element, int[] words) {
        int half = element >> 6;
        int word = words[((half >> 1) << 6) + (element & 63)];
        return (half & 1) == 0 ? word & 0xFFFF : word >>> 16;
    }

    /** dy_i ← dy_i·scale where y_i > 0, else +0. */
    public static void rectifyGradient(int from, int to, float scale, float[] y, float[] dy) {
        for (int i = from; i < to; i++) {
            dy[i] = y[i] > 0 ? dy[i] * scale : 0;
        }
    }
}
