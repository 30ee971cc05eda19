package dev.ridgeline.data;

import dev.ridgeline.kernel.RandomBits;

/** The order of the rows in an epoch: a function of seed and epoch alone (Fisher and Yates; Durstenfeld, 1964). */
public final class Shuffle {
    private final long seed;

    /**
     * Makes the shuffles of a run.
     *
     * @param seed the run's seed
     */
    public Shuffle(long seed) {
        this.seed = seed;
    }

    /**
     * Fills an array with a permutation of 0..n-1.
     *
     * @param epoch the epoch, from 0
     * @param order the array; modified
     */
    public void order(int epoch, int[] order) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        long key = RandomBits.key(seed, "shuffle") + epoch;
        for (int i = order.length - 1; i > 0; i--) {
            int j = RandomBits.below(key, i, i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
