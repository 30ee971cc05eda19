package dev.ridgeline.kernel.reference;

import dev.ridgeline.kernel.RandomBits;

/** The reference of {@link dev.ridgeline.kernel.GaussianNoise}. */
public final class GaussianNoise {
    private static final int CHUNK = dev.ridgeline.kernel.GaussianNoise.CHUNK;

    private GaussianNoise() {}

    /** y_i = x_i + σ·n_i. */
    public static void add(
            int from,
            int to,
            int block,
            float deviation,
            long key,
            int step,
            int[] words,
            float[] normals,
            float[] x,
            float[] y) {
        for (int chunk = from; chunk < to; chunk += CHUNK) {
            int n = Math.min(CHUNK, to - chunk);
            draw(n, key, block + (chunk >> 1), step, words, normals);
            addChunk(chunk, 0, n, deviation, words, normals, x, y);
        }
    }

    /** y_i = x_i·(1 + σ·n_i). */
    public static void multiply(
            int from,
            int to,
            int block,
            float deviation,
            long key,
            int step,
            int[] words,
            float[] normals,
            float[] x,
            float[] y) {
        for (int chunk = from; chunk < to; chunk += CHUNK) {
            int n = Math.min(CHUNK, to - chunk);
            draw(n, key, block + (chunk >> 1), step, words, normals);
            multiplyChunk(chunk, 0, n, deviation, words, normals, x, y);
        }
    }

    private static void draw(int n, long key, int block, int step, int[] words, float[] normals) {
        RandomBits.blocks(key, block, step, words);
        probabilities(words, normals);
        Elementary.inverseNormal(n, normals, 0, normals, 0);
    }

    /** q = (m + 1/2)·2⁻³² of the lowest 31 bits m of each word: what a normal number of negative sign is drawn with. */
    public static void probabilities(int[] words, float[] q) {
        for (int i = 0; i < CHUNK; i++) {
            q[i] = ((words[i] & Integer.MAX_VALUE) + 0.5f) * 0x1p-32f;
        }
    }

    /** The elements i..n-1 of a chunk: y = x + σ·n. */
    public static void addChunk(
            int chunk, int i, int n, float deviation, int[] words, float[] normals, float[] x, float[] y) {
        for (int e = i; e < n; e++) {
            y[chunk + e] = x[chunk + e] + noise(e, deviation, words, normals);
        }
    }

    /** The elements i..n-1 of a chunk: y = x·(1 + σ·n). */
    public static void multiplyChunk(
            int chunk, int i, int n, float deviation, int[] words, float[] normals, float[] x, float[] y) {
        for (int e = i; e < n; e++) {
            y[chunk + e] = x[chunk + e] * (noise(e, deviation, words, normals) + 1);
        }
    }

    /** σ·n; the highest bit of the word turns the sign. */
    private static float noise(int i, float deviation, int[] words, float[] normals) {
        int sign = words[i] & Elementary.SIGN;
        return Float.intBitsToFloat(Float.floatToRawIntBits(normals[i]) ^ sign) * deviation;
    }
}
