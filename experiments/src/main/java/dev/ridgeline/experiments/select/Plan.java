package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.data.Folds;
import dev.ridgeline.experiments.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What is trained on which rows. Every recipe is trained for the same number of epochs, with the same initial weights and
 * the same batches on each split; stopping early is a candidate of its own, so that what another regularizer buys is not
 * mixed with what stopping buys, and so that stopping has to prove itself as the others have.
 *
 * <p>Cross-validation is nested (Varma and Simon, Bias in error estimation when using cross-validation for model selection,
 * 2006): in each of {@code repeats} x {@code folds} splits the strength is chosen by the inner folds of the training rows
 * alone, and then judged on the rows that had no part in the choice.
 *
 * @param network the sizes
 * @param folds the parts of the outer split, at least 2
 * @param repeats how often the rows are split anew
 * @param innerFolds the parts that the training rows of a split are divided into to choose a strength
 * @param epochs how often a model goes through its training rows
 * @param batchSize the rows of a mini-batch
 * @param seed the seed of splits, initial weights, masks and shuffles
 */
record Plan(Network network, int folds, int repeats, int innerFolds, int epochs, int batchSize, long seed) {
    static final int FOLDS = 5;
    static final int REPEATS = 2;
    static final int INNER_FOLDS = 3;

    private static final int BATCH_SIZE = 32;
    private static final int MOST_EPOCHS = 200;
    private static final int LEAST_EPOCHS = 10;

    /** The steps of a training, where the table is small enough: enough for Adam with its default rate to overfit. */
    private static final int STEPS = 1000;

    /** The parts of the epochs after which a training is looked at. */
    private static final double[] CHECKPOINTS = {0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    /**
     * One split of the rows.
     *
     * @param repeat which splitting, from 0
     * @param fold which part of it judges, from 0
     * @param training the rows to train on
     * @param validation the rows that judge
     */
    record Split(int repeat, int fold, int[] training, int[] validation) {}

    /**
     * Makes a plan. What is null is chosen by the size of the table: about 1,000 steps a training.
     *
     * @throws IllegalArgumentException if there are more folds than rows in a class can bear
     */
    static Plan of(Table table, Network network, int folds, int repeats, Integer epochs, long seed) {
        int rows = table.rows();
        if (folds < 2 || folds > rows / 4) {
            throw new IllegalArgumentException(
                    "--folds is " + folds + "; with " + rows + " rows use from 2 to " + rows / 4);
        }
        int training = rows - rows / folds;
        int steps = (training + BATCH_SIZE - 1) / BATCH_SIZE;
        int chosen = epochs != null ? epochs : Math.clamp(STEPS / steps, LEAST_EPOCHS, MOST_EPOCHS);
        Plan plan = new Plan(network, folds, repeats, INNER_FOLDS, chosen, BATCH_SIZE, seed);
        return new Plan(network, folds, repeats, INNER_FOLDS, chosen, plan.batchWithoutRest(table), seed);
    }

    /**
     * Returns the largest batch size that leaves no batch of a single row, which batch normalization could make nothing of,
     * in any training, that on the whole table among them.
     */
    private int batchWithoutRest(Table table) {
        List<Integer> sizes = new ArrayList<>(List.of(table.rows()));
        for (Split split : splits(table)) {
            sizes.add(split.training().length);
            Folds inner = inner(table, split);
            IntStream.range(0, innerFolds).forEach(k -> sizes.add(inner.training(k).length));
        }
        int size = batchSize;
        while (size > 2 && sizes.stream().anyMatch(restOfOne(size))) {
            size--;
        }
        return size;
    }

    private static Predicate<Integer> restOfOne(int size) {
        return rows -> rows % size == 1;
    }

    /** Returns the splits, those of the first repeat first. */
    List<Split> splits(Table table) {
        List<Split> splits = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            Folds outer = Folds.of(table, table.allRows(), folds, seed, "repeat " + repeat);
            for (int fold = 0; fold < folds; fold++) {
                splits.add(new Split(repeat, fold, outer.training(fold), outer.validation(fold)));
            }
        }
        return splits;
    }

    /** Returns the parts of the training rows of a split. */
    Folds inner(Table table, Split split) {
        return Folds.of(
                table, split.training(), innerFolds, seed, "repeat " + split.repeat() + " fold " + split.fold());
    }

    /** Returns the epochs after which a training is looked at, ascending; the last one is the end. */
    int[] checkpoints() {
        return Arrays.stream(CHECKPOINTS)
                .mapToInt(part -> Math.max(1, (int) Math.round(part * epochs)))
                .distinct()
                .toArray();
    }

    /** Returns how many models are trained. */
    int trainings() {
        return Candidate.allTrained().size() * folds * repeats * (1 + innerFolds);
    }

    /** Returns the training steps of an epoch on some rows. */
    int stepsPerEpoch(int rows) {
        return (rows + batchSize - 1) / batchSize;
    }

    /** Returns how many training steps are taken in all. */
    long steps(Table table) {
        int outer = table.rows() - table.rows() / folds;
        int inner = outer - outer / innerFolds;
        return (long) Candidate.allTrained().size()
                * folds
                * repeats
                * epochs
                * (stepsPerEpoch(outer) + (long) innerFolds * stepsPerEpoch(inner));
    }

    /** Returns the plan as it stands in {@code result.json}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("network", network.toString());
        map.put("folds", folds);
        map.put("repeats", repeats);
        map.put("innerFolds", innerFolds);
        map.put("epochs", epochs);
        map.put("batchSize", batchSize);
        map.put("trainings", trainings());
        return map;
    }
}
