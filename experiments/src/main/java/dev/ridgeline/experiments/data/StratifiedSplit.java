package dev.ridgeline.experiments.data;

import dev.ridgeline.data.Shuffle;
import dev.ridgeline.kernel.RandomBits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows to train on and rows to validate on, in which each class has the same share, up to whole rows.
 *
 * @param train the rows to train on, ascending
 * @param validation the other rows, ascending
 */
public record StratifiedSplit(int[] train, int[] validation) {
    /**
     * Draws a split, a function of the arguments alone. ⌈share·rows⌉ rows are for validation, as in scikit-learn. Each class
     * gives its part of them rounded down; those still missing come from the classes with the largest remainders, from
     * equal ones at random. A class that has rows keeps at least one on either side.
     *
     * @param labels the class of each row
     * @param classes the number of classes; none of them has a single row
     * @param share the share of the rows that is for validation, above 0 and below 1
     * @param seed the seed
     * @return the split
     * @throws IllegalArgumentException if the share is out of range, or a class has a single row
     */
    public static StratifiedSplit draw(int[] labels, int classes, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("StratifiedSplit: the share for validation is " + share
                    + "; it must be above 0 and below 1, for example 0.25");
        }
        int[][] members = IntStream.range(0, classes)
                .mapToObj(k -> rows(labels, row -> labels[row] == k))
                .toArray(int[][]::new);
        int[] sizes = Arrays.stream(members).mapToInt(rows -> rows.length).toArray();
        int[] quotas = quotas(sizes, share, seed);
        Shuffle shuffle = new Shuffle(RandomBits.key(seed, "split"));
        boolean[] validates = new boolean[labels.length];
        for (int k = 0; k < classes; k++) {
            int[] order = new int[sizes[k]];
            shuffle.order(k, order);
            for (int i = 0; i < quotas[k]; i++) {
                validates[members[k][order[i]]] = true;
            }
        }
        return new StratifiedSplit(rows(labels, row -> !validates[row]), rows(labels, row -> validates[row]));
    }

    /** Returns how many rows of each class are for validation. */
    private static int[] quotas(int[] sizes, double share, long seed) {
        long total = IntStream.of(sizes).sum();
        long wanted = (long) Math.ceil(share * total);
        int[] random = new int[sizes.length];
        new Shuffle(RandomBits.key(seed, "remainders")).order(0, random);
        List<Integer> byRemainder = IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(k -> -(wanted * sizes[k] % total))
                        .thenComparingInt(k -> random[k]))
                .toList();
        int[] quotas = new int[sizes.length];
        Arrays.setAll(quotas, k -> (int) (wanted * sizes[k] / total));
        long missing = wanted - IntStream.of(quotas).sum();
        byRemainder.stream().limit(missing).forEach(k -> quotas[k]++);
        for (int k = 0; k < sizes.length; k++) {
            if (sizes[k] == 1) {
                throw new IllegalArgumentException("StratifiedSplit: class " + k + " has 1 row, which cannot be both"
                        + " for training and for validation; give it another, or leave the class out");
            }
            quotas[k] = sizes[k] == 0 ? 0 : Math.clamp(quotas[k], 1, sizes[k] - 1);
        }
        return quotas;
    }

    private static int[] rows(int[] labels, IntPredicate wanted) {
        return IntStream.range(0, labels.length).filter(wanted).toArray();
    }
}
