package dev.ridgeline.experiments.data;

import dev.ridgeline.data.Dataset;
import java.util.List;

/**
 * Turns rows of a table into what a model takes. A missing number becomes the mean of its column, a missing category the
 * most frequent one; categories become features of 0 and 1; then each feature x becomes z = (x - mean)/deviation, and so
 * does the target of a regression. All of these numbers are those of the rows it was fitted on, so that nothing leaks from
 * the rows that judge. Computed in double, the deviation with divisor n. A feature that is the same in all fitted rows says
 * nothing, and becomes 0 everywhere.
 */
public final class Preprocessing {
    private final Table table;
    private final double[] fill;
    private final double[] mean;
    private final double[] inverseDeviation;
    private double targetMean;
    private double targetDeviation = 1;

    private Preprocessing(Table table, int features) {
        this.table = table;
        fill = new double[table.columns().size()];
        mean = new double[features];
        inverseDeviation = new double[features];
    }

    /**
     * Measures what the transformation needs.
     *
     * @param table the table
     * @param rows the training rows, at least one
     * @return the preprocessing
     */
    public static Preprocessing fit(Table table, int... rows) {
        Preprocessing fitted = new Preprocessing(table, table.features().size());
        fitted.fitFill(rows);
        fitted.fitScale(rows);
        if (table.task() == Task.REGRESSION) {
            fitted.fitTarget(rows);
        }
        return fitted;
    }

    private void fitFill(int[] rows) {
        List<Column> columns = table.columns();
        for (int c = 0; c < fill.length; c++) {
            fill[c] = switch (columns.get(c)) {
                case Column.Numbers numbers -> meanOf(numbers.values(), rows);
                case Column.Categories categories -> mostFrequent(categories, rows);
            };
        }
    }

    /** Returns the mean of the values that are there; 0 if none is. */
    private static double meanOf(double[] values, int[] rows) {
        double sum = 0;
        int there = 0;
        for (int row : rows) {
            if (!Double.isNaN(values[row])) {
                sum += values[row];
                there++;
            }
        }
        return there == 0 ? 0 : sum / there;
    }

    /** Returns the category with the most rows, the first one at a tie. */
    private static int mostFrequent(Column.Categories column, int[] rows) {
        int[] count = new int[column.categories().size()];
        int best = 0;
        for (int row : rows) {
            if (column.codes()[row] >= 0) {
                count[column.codes()[row]]++;
            }
        }
        for (int c = 1; c < count.length; c++) {
            best = count[c] > count[best] ? c : best;
        }
        return best;
    }

    private void fitScale(int[] rows) {
        double[] x = new double[mean.length];
        double[] squares = new double[mean.length];
        for (int row : rows) {
            encode(row, x);
            for (int j = 0; j < x.length; j++) {
                mean[j] += x[j] / rows.length;
            }
        }
        for (int row : rows) {
            encode(row, x);
            for (int j = 0; j < x.length; j++) {
                squares[j] += (x[j] - mean[j]) * (x[j] - mean[j]);
            }
        }
        for (int j = 0; j < x.length; j++) {
            double deviation = Math.sqrt(squares[j] / rows.length);
            inverseDeviation[j] = constant(deviation, mean[j]) ? 0 : 1 / deviation;
        }
    }

    /** Returns whether a deviation is nothing but rounding. */
    private static boolean constant(double deviation, double mean) {
        return deviation <= 1e-12 * Math.abs(mean);
    }

    private void fitTarget(int[] rows) {
        double squares = 0;
        for (int row : rows) {
            targetMean += table.value(row) / rows.length;
        }
        for (int row : rows) {
            squares += (table.value(row) - targetMean) * (table.value(row) - targetMean);
        }
        double deviation = Math.sqrt(squares / rows.length);
        targetDeviation = constant(deviation, targetMean) ? 1 : deviation;
    }

    /** Writes the features of a row: gaps filled, categories as 0 and 1, not yet scaled. */
    private void encode(int row, double[] x) {
        int j = 0;
        for (int c = 0; c < fill.length; c++) {
            switch (table.columns().get(c)) {
                case Column.Numbers numbers -> {
                    double value = numbers.values()[row];
                    x[j++] = Double.isNaN(value) ? fill[c] : value;
                }
                case Column.Categories categories -> {
                    int code = categories.codes()[row];
                    int category = code < 0 ? (int) fill[c] : code;
                    for (int k = categories.skipped();
                            k < categories.categories().size();
                            k++) {
                        x[j++] = k == category ? 1 : 0;
                    }
                }
            }
        }
    }

    /**
     * Applies the transformation.
     *
     * @param rows rows of the table, at least one
     * @return them in this order
     */
    public Dataset transform(int... rows) {
        int features = mean.length;
        float[] z = new float[Math.multiplyExact(rows.length, features)];
        double[] x = new double[features];
        for (int i = 0; i < rows.length; i++) {
            encode(rows[i], x);
            for (int j = 0; j < features; j++) {
                z[i * features + j] = (float) ((x[j] - mean[j]) * inverseDeviation[j]);
            }
        }
        if (table.task() == Task.CLASSIFICATION) {
            int[] labels = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                labels[i] = table.label(rows[i]);
            }
            return Dataset.classification(features, z, table.classes().size(), labels);
        }
        float[] targets = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            targets[i] = (float) ((table.value(rows[i]) - targetMean) / targetDeviation);
        }
        return Dataset.regression(features, z, 1, targets);
    }

    /**
     * Returns what turns an error of the standardised target into one in the target's unit.
     *
     * @return the standard deviation of the target in the fitted rows; 1 for classification
     */
    public double targetDeviation() {
        return targetDeviation;
    }
}
