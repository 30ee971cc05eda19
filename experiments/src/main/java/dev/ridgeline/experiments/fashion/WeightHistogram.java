package dev.ridgeline.experiments.fashion;

import java.util.Arrays;

/**
 * How often the weights of a tensor lie in each of {@value #BINS} bins of width {@value #WIDTH}. The middle one is around
 * 0; the first and the last one also count what lies beyond them.
 *
 * @param counts the weights in each bin
 */
record WeightHistogram(int[] counts) {
    static final int BINS = 2001;
    static final double WIDTH = 0.005;

    private static final int MIDDLE = BINS / 2;

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
            counts[MIDDLE + Math.clamp(Math.round(w / WIDTH), -MIDDLE, MIDDLE)]++;
        }
        return new WeightHistogram(counts);
    }

    /** Returns the fraction of the weights that lies in some bins, numbered from 0 around the middle one; both ends count. */
    double share(int first, int last) {
        long within = 0;
        for (int bin = Math.max(first, -MIDDLE); bin <= Math.min(last, MIDDLE); bin++) {
            within += counts[MIDDLE + bin];
        }
        return (double) within / Arrays.stream(counts).asLongStream().sum();
    }

    /** Returns the least r for which so large a share of the weights lies in the bins -r to r. */
    int reach(double share) {
        int r = 0;
        while (share(-r, r) < share && r < MIDDLE) {
            r++;
        }
        return r;
    }
}
