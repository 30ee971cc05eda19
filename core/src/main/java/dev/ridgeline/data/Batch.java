package dev.ridgeline.data;

/** Some rows of a data set, gathered into buffers that grow to the largest batch seen and are then reused. */
public final class Batch {
    private Dataset data;
    private int rows;
    private float[] x = new float[0];
    private int[] labels = new int[0];
    private float[] targets = new float[0];

    /** Makes an empty batch. */
    public Batch() {}

    /**
     * Copies rows of a data set into this batch.
     *
     * @param data the data set
     * @param order row numbers of it
     * @param from the first of {@code order} to take
     * @param to the one after the last
     * @throws IllegalArgumentException if there is no row to take, or no such row; the batch is then as it was
     */
    public void gather(Dataset data, int[] order, int from, int to) {
        if (from >= to) {
            throw new IllegalArgumentException(
                    "Batch: rows " + from + " to " + to + " of the order are none; gather at least one");
        }
        if (from < 0 || to > order.length) {
            throw new IllegalArgumentException("Batch: rows " + from + " to " + to + " of an order of " + order.length
                    + " rows; gather within it");
        }
        for (int i = from; i < to; i++) {
            if (order[i] < 0 || order[i] >= data.rows()) {
                throw new IllegalArgumentException("Batch: the order names row " + order[i] + ", the data set has "
                        + data.rows() + " rows; rows count from 0");
            }
        }
        this.data = data;
        rows = to - from;
        int features = data.features();
        int outputs = data.outputs();
        if (x.length < rows * features) {
            x = new float[Math.multiplyExact(rows, features)];
        }
        if (data.labels() != null && labels.length < rows) {
            labels = new int[rows];
        }
        if (targets.length < rows * outputs) {
            targets = new float[Math.multiplyExact(rows, outputs)];
        }
        for (int i = 0; i < rows; i++) {
            int row = order[from + i];
            System.arraycopy(data.x(), row * features, x, i * features, features);
            if (data.labels() != null) {
                labels[i] = data.labels()[row];
            } else {
                System.arraycopy(data.targets(), row * outputs, targets, i * outputs, outputs);
            }
        }
    }

    /**
     * Returns where the rows come from.
     *
     * @return the data set gathered last, or null before
     */
    public Dataset data() {
        return data;
    }

    /**
     * Returns the number of rows.
     *
     * @return the rows gathered last
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the features.
     *
     * @return rows x features, row-major; may be longer
     */
    public float[] x() {
        return x;
    }

    /**
     * Returns the labels.
     *
     * @return a class for each row; may be longer; empty for regression
     */
    public int[] labels() {
        return labels;
    }

    /**
     * Returns the targets.
     *
     * @return rows x outputs, row-major; may be longer; empty for classification
     */
    public float[] targets() {
        return targets;
    }
}
