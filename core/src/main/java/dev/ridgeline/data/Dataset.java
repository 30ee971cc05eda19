package dev.ridgeline.data;

import java.util.Objects;

/**
 * Rows of features with a class label or with target values each. Checked on the way in: every number is finite, every
 * label in range.
 */
public final class Dataset {
    private final int rows;
    private final int features;
    private final float[] x;
    private final int classes;
    private final int[] labels;
    private final int outputs;
    private final float[] targets;

    private Dataset(int rows, int features, float[] x, int classes, int[] labels, int outputs, float[] targets) {
        this.rows = rows;
        this.features = features;
        this.x = x;
        this.classes = classes;
        this.labels = labels;
        this.outputs = outputs;
        this.targets = targets;
    }

    /**
     * Makes a data set for classification. The arrays are used, not copied.
     *
     * @param features the number of features, at least 1
     * @param x rows x features, row-major, finite
     * @param classes the number of classes, at least 2
     * @param labels a class 0..classes-1 for each row
     * @return the data set
     * @throws IllegalArgumentException if it is empty, sizes do not fit, a feature is not finite or a label out of range
     */
    public static Dataset classification(int features, float[] x, int classes, int[] labels) {
        int rows = checkFeatures(features, x);
        if (classes < 2) {
            throw new IllegalArgumentException("Dataset: " + classes + " classes; there must be at least 2");
        }
        Objects.requireNonNull(labels, "Dataset: the labels are null; for rows without labels use regression");
        if (labels.length != rows) {
            throw new IllegalArgumentException(
                    "Dataset: " + rows + " rows of features but " + labels.length + " labels; give one label a row");
        }
        for (int r = 0; r < rows; r++) {
            if (labels[r] < 0 || labels[r] >= classes) {
                throw new IllegalArgumentException("Dataset: the label of row " + r + " is " + labels[r] + "; with "
                        + classes + " classes it must be within 0 and " + (classes - 1));
            }
        }
        return new Dataset(rows, features, x, classes, labels, 0, null);
    }

    /**
     * Makes a data set for regression. The arrays are used, not copied.
     *
     * @param features the number of features, at least 1
     * @param x rows x features, row-major, finite
     * @param outputs the number of targets of a row, at least 1
     * @param targets rows x outputs, row-major, finite
     * @return the data set
     * @throws IllegalArgumentException if it is empty, sizes do not fit or a number is not finite
     */
    public static Dataset regression(int features, float[] x, int outputs, float[] targets) {
        int rows = checkFeatures(features, x);
        Objects.requireNonNull(targets, "Dataset: the targets are null; for rows with labels use classification");
        if (outputs < 1 || targets.length != (long) rows * outputs) {
            throw new IllegalArgumentException("Dataset: " + targets.length + " target values for " + rows
                    + " rows and " + outputs + " outputs; there must be rows x outputs of them");
        }
        checkFinite("target", outputs, targets);
        return new Dataset(rows, features, x, 0, null, outputs, targets);
    }

    private static int checkFeatures(int features, float[] x) {
        if (features < 1) {
            throw new IllegalArgumentException("Dataset: " + features + " features; there must be at least 1");
        }
        Objects.requireNonNull(x, "Dataset: the features are null; give rows x features values");
        if (x.length == 0) {
            throw new IllegalArgumentException("Dataset: it is empty; give at least one row");
        }
        if (x.length % features != 0) {
            throw new IllegalArgumentException("Dataset: " + x.length + " values are not whole rows of " + features
                    + " features; check the number of features");
        }
        checkFinite("feature", features, x);
        return x.length / features;
    }

    private static void checkFinite(String what, int columns, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("Dataset: " + what + " " + i % columns + " of row " + i / columns
                        + " is " + values[i] + "; replace or drop it: training needs finite numbers");
            }
        }
    }

    /**
     * Returns the number of rows.
     *
     * @return at least 1
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the number of features of a row.
     *
     * @return at least 1
     */
    public int features() {
        return features;
    }

    /**
     * Returns the features themselves, not a copy.
     *
     * @return rows x features, row-major
     */
    public float[] x() {
        return x;
    }

    /**
     * Returns the number of classes.
     *
     * @return at least 2, or 0 for regression
     */
    public int classes() {
        return classes;
    }

    /**
     * Returns the labels themselves, not a copy.
     *
     * @return a class for each row, or null for regression
     */
    public int[] labels() {
        return labels;
    }

    /**
     * Returns the number of targets of a row.
     *
     * @return at least 1, or 0 for classification
     */
    public int outputs() {
        return outputs;
    }

    /**
     * Returns the targets themselves, not a copy.
     *
     * @return rows x outputs, row-major, or null for classification
     */
    public float[] targets() {
        return targets;
    }

    /**
     * Returns a data set of some rows, copied, in the given order.
     *
     * @param indices the rows, at least one
     * @return the selection
     * @throws IllegalArgumentException if there is no index, or no such row
     */
    public Dataset select(int... indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("Dataset: the selection is empty; give at least one row");
        }
        for (int row : indices) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException("Dataset: the selection names row " + row + ", the data set has "
                        + rows + " rows; rows count from 0");
            }
        }
        Batch batch = new Batch();
        batch.gather(this, indices, 0, indices.length);
        return new Dataset(
                indices.length,
                features,
                batch.x(),
                classes,
                labels == null ? null : batch.labels(),
                outputs,
                targets == null ? null : batch.targets());
    }

    /** Returns the same rows with other features. */
    Dataset withFeatures(float[] other) {
        checkFinite("transformed feature", features, other);
        return new Dataset(rows, features, other, classes, labels, outputs, targets);
    }
}
