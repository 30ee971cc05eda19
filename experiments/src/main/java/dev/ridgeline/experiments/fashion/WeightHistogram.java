package dev.ridgeline.experiments.fashion;

/**
 * How often the weights of a tensor lie in each of {@value #BINS} bins of width {@value #WIDTH}. The middle one is around
 * 0; the first and the last one also count what lies beyond them.
 *
 * @param counts the weights in each bin
 */
record WeightHistogram(int[] counts) {
    static final int BINS = 201;
    static final double WIDTH = 0.005;

    /** Refuses another number of bins. */
    WeightHistogram {
        if (counts.length != BINS) {
            throw new IllegalArgumentException("WeightHistogram: " + counts.length + " bins; there must be " + BINS);
        }
    }

    /** Counts weights. */
    static WeightHistogram of(float[] weights) {
        int[] counts = new int[BINS];
        for (float w : weights) {
            counts[BINS / 2 + Math.clamp(Math.round(w / WIDTH), -BINS / 2, BINS / 2)]++;
        }
        return new WeightHistogram(counts);
    }

    /** Returns the middle of a bin. */
    static double middle(int bin) {
        return (bin - BINS / 2) * WIDTH;
    }

    /** Returns the fraction of the weights that lies in a bin. */
    double share(int bin) {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        return (double) counts[bin] / all;
    }
}
