package dev.ridgeline.experiments.linear;

import dev.ridgeline.experiments.data.Folds;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.linear.LogisticRegression;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The loss of a path's models on rows that they have not seen, by k-fold cross-validation: each fold is judged by a path
 * that is fitted to the others, standardised anew.
 *
 * @param losses for each fold the mean loss of its rows for each λ
 * @param sizes the rows of each fold
 */
record CrossValidation(double[][] losses, int[] sizes) {
    /**
     * Judges a path.
     *
     * @param regression the regression whose penalty the λ multiply
     * @param lambdas the λ, descending
     * @param rows the data
     * @param members which rows take part
     * @param folds how many folds
     * @param seed the seed of the folds
     * @param foldDone called after each fold
     */
    static CrossValidation of(
            LogisticRegression regression,
            double[] lambdas,
            LabelledRows rows,
            int[] members,
            int folds,
            long seed,
            Runnable foldDone) {
        // a class with a single row would be missing where its row judges
        rows.requireEach(
                members,
                2,
                " to train on, and cross-validation needs 2: give it more, merge it with another class, or lower"
                        + " --validation");
        double[][] losses = new double[folds][];
        int[] sizes = new int[folds];
        Folds parts = Folds.ofClasses(rows.labels(), members, folds, seed, "linear");
        for (int f = 0; f < folds; f++) {
            LabelledRows.Parts fold = rows.standardized(parts.training(f), parts.validation(f));
            losses[f] = regression.path(fold.fit(), lambdas).stream()
                    .mapToDouble(model -> model.loss(fold.judge()))
                    .toArray();
            sizes[f] = fold.judge().rows();
            foldDone.run();
        }
        return new CrossValidation(losses, sizes);
    }

    /** Returns the mean loss of all rows for a λ. */
    double loss(int lambda) {
        double sum = 0;
        for (int f = 0; f < sizes.length; f++) {
            sum += sizes[f] * losses[f][lambda];
        }
        return sum / IntStream.of(sizes).sum();
    }

    /** Returns the standard error of the folds' losses for a λ. */
    double error(int lambda) {
        double[] values =
                Arrays.stream(losses).mapToDouble(fold -> fold[lambda]).toArray();
        return new Distribution(values).deviation() / Math.sqrt(values.length);
    }
}
