package dev.ridgeline.experiments.linear;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.Preprocessing;
import dev.ridgeline.experiments.data.StratifiedSplit;
import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.experiments.study.Sha256;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What the study learns from: rows with a class each.
 *
 * @param name what the rows are of
 * @param features the names of the features
 * @param classes the names of the classes, at least 2
 * @param labels the class of each row
 * @param digest the SHA-256 of the rows
 * @param notes what the reader of the rows did of its own accord, a sentence each without a full stop
 * @param parts standardises two selections of rows
 */
record LabelledRows(
        String name,
        List<String> features,
        List<String> classes,
        int[] labels,
        String digest,
        List<String> notes,
        BiFunction<int[], int[], Parts> parts) {
    /**
     * Rows to fit on and rows to judge by.
     *
     * @param fit the rows to fit on
     * @param judge the rows to judge by
     */
    record Parts(Dataset fit, Dataset judge) {}

    /** Returns the flowers of the Iris study. */
    static LabelledRows iris() {
        Dataset flowers = IrisData.flowers();
        return new LabelledRows(
                "Iris",
                IrisData.FEATURES,
                IrisData.SPECIES,
                flowers.labels(),
                Sha256.of(flowers),
                List.of(),
                (fit, judge) -> {
                    IrisData data = IrisData.of(flowers, new StratifiedSplit(fit, judge));
                    return new Parts(data.train(), data.validation());
                });
    }

    /**
     * Returns the rows of a user's table.
     *
     * @throws IllegalArgumentException if its target is a number to predict
     */
    static LabelledRows of(Table table) {
        if (table.task() == Task.REGRESSION) {
            throw new IllegalArgumentException(table.name() + ": the target, column \"" + table.target()
                    + "\", is a number to predict (" + table.rule()
                    + "); logistic regression needs classes: name another"
                    + " --target, or --task classification if each number is a class");
        }
        Dataset all = Preprocessing.fit(table, table.allRows()).transform(table.allRows());
        return new LabelledRows(
                table.name(),
                table.features(),
                table.classes(),
                all.labels(),
                Sha256.of(all),
                table.notes(),
                (fit, judge) -> {
                    Preprocessing fitted = Preprocessing.fit(table, fit);
                    return new Parts(fitted.transform(fit), fitted.transform(judge));
                });
    }

    /**
     * Refuses rows of which a class has too few.
     *
     * @param members the rows
     * @param least how many of each class there must be
     * @param remedy what is said of the class behind the number of its rows
     * @throws IllegalArgumentException if a class has fewer: names the class
     */
    void requireEach(int[] members, int least, String remedy) {
        for (int k = 0; k < classes.size(); k++) {
            int label = k;
            long count =
                    IntStream.of(members).filter(row -> labels[row] == label).count();
            if (count < least) {
                throw new IllegalArgumentException(name + ": class \"" + classes.get(k) + "\" has " + count
                        + (count == 1 ? " row" : " rows") + remedy);
            }
        }
    }

    /**
     * Returns some rows to fit on and others to judge by, both standardised with what the first say.
     *
     * @param fit the rows to fit on
     * @param judge the other rows
     */
    Parts standardized(int[] fit, int[] judge) {
        return parts.apply(fit, judge);
    }
}
