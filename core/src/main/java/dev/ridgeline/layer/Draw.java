package dev.ridgeline.layer;

import dev.ridgeline.kernel.Dropout;
import dev.ridgeline.kernel.GaussianNoise;
import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;

/**
 * One pass over elements with random numbers for each, cut among threads at chunks. Made once; a run allocates nothing
 * after the first.
 */
final class Draw implements Team.Task {
    /** About as much work as 16 random bits an element: what decides whether a pass is worth more than one thread. */
    private static final long FLOPS = 32;

    /** What is done to the elements from..to-1 of x, into y, which may be x. */
    @FunctionalInterface
    interface Loop {
        void apply(
                int from, int to, long start, long key, int step, int[] words, float[] normals, float[] x, float[] y);
    }

    private final Loop loop;
    private int[][] words = new int[0][];
    private float[][] normals;
    private int elements;
    private long start;
    private long key;
    private int step;
    private float[] x;
    private float[] y;

    Draw(Loop loop) {
        this.loop = loop;
    }

    /** Applies the loop to n elements; {@code first} is the number of x[0] in its batch. */
    void run(Pass pass, long stream, long first, int n, float[] in, float[] out) {
        int threads = pass.team().threads();
        if (words.length != threads) {
            words = new int[threads][RandomBits.WORDS];
            normals = new float[threads][GaussianNoise.CHUNK];
        }
        elements = n;
        start = first;
        key = stream;
        step = pass.step();
        x = in;
        y = out;
        pass.team().run(FLOPS * n, this);
    }

    @Override
    public void run(GemmScratch scratch, int part, int parts) {
        int from = Split.begin(elements, Dropout.CHUNK, part, parts);
        int to = Split.begin(elements, Dropout.CHUNK, part + 1, parts);
        loop.apply(from, to, start, key, step, words[part], normals[part], x, y);
    }
}
