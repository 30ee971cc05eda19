package dev.ridgeline.experiments.data;

import dev.ridgeline.kernel.RandomBits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Splits rows into parts of like targets, for cross-validation (Kohavi, A study of cross-validation and bootstrap, 1995).
 * Each class is dealt to the parts in turn, so that they differ by at most one row of it and by at most one row in all. For
 * regression the rows are sorted by target, and each run of as many rows as there are parts is dealt at random.
 *
 * @param parts the parts, each with its rows in ascending order
 */
public record Folds(int[][] parts) {
    /**
     * Splits rows.
     *
     * @param table the table
     * @param rows the rows to split
     * @param count the number of parts, at least 2, at most the number of rows
     * @param seed the seed of the split
     * @param name what it is for: another name gives another split
     * @return the parts
     * @throws IllegalArgumentException if there are fewer than 2 parts, or more than rows
     */
    public static Folds of(Table table, int[] rows, int count, long seed, String name) {
        return of(table::value, table.task() == Task.REGRESSION, rows, count, seed, name);
    }

    /**
     * Splits rows of classes.
     *
     * @param labels the class of each row
     * @param rows the rows to split
     * @param count the number of parts, at least 2, at most the number of rows
     * @param seed the seed of the split
     * @param name what it is for: another name gives another split
     * @return the parts
     * @throws IllegalArgumentException if there are fewer than 2 parts, or more than rows
     */
    public static Folds ofClasses(int[] labels, int[] rows, int count, long seed, String name) {
        return of(row -> labels[row], false, rows, count, seed, name);
    }

    private static Folds of(
            IntToDoubleFunction target, boolean regression, int[] rows, int count, long seed, String name) {
        if (count < 2 || count > rows.length) {
            throw new IllegalArgumentException(
                    "Folds: " + count + " parts of " + rows.length + " rows; use from 2 to " + rows.length);
        }
        long key = RandomBits.key(seed, "folds/" + name);
        int[] order = rows.clone();
        shuffle(key, 0, order);
        order = Arrays.stream(order)
                .boxed()
                .sorted(Comparator.comparingDouble(target::applyAsDouble))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] turn = IntStream.range(0, count).toArray();
        int[] part = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            if (regression && i % count == 0) {
                shuffle(key, order.length + i, turn);
            }
            part[i] = turn[i % count];
        }
        int[][] parts = new int[count][];
        for (int p = 0; p < count; p++) {
            int wanted = p;
            int[] sorted = order;
            parts[p] = IntStream.range(0, order.length)
                    .filter(i -> part[i] == wanted)
                    .map(i -> sorted[i])
                    .sorted()
                    .toArray();
        }
        return new Folds(parts);
    }

    /** Shuffles in place (Durstenfeld, 1964), with the random numbers of the stream from an index on. */
    private static void shuffle(long key, long from, int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = RandomBits.below(key, from + i, i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /**
     * Returns the rows of a part: those that judge.
     *
     * @param part the part, from 0
     * @return its rows, ascending
     */
    public int[] validation(int part) {
        return parts[part];
    }

    /**
     * Returns the rows of all other parts: those to train on.
     *
     * @param part the part, from 0
     * @return their rows, ascending
     */
    public int[] training(int part) {
        return IntStream.range(0, parts.length)
                .filter(p -> p != part)
                .flatMap(p -> Arrays.stream(parts[p]))
                .sorted()
                .toArray();
    }
}
