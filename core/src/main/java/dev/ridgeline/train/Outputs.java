package dev.ridgeline.train;

import dev.ridgeline.data.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's outputs for all rows of a data set, put together from batches, for metrics. Its buffers are reused. */
final class Outputs {
    private final Loss loss;
    private final int width;
    private final List<Metric> metrics;

    private float[] outputs = new float[0];
    private int[] predicted = new int[0];

    Outputs(Loss loss, int width, List<Metric> metrics) {
        this.loss = loss;
        this.width = width;
        this.metrics = metrics;
    }

    /** Keeps the outputs of a batch: its row i is row {@code order[from + i]} of the data set. */
    void put(Dataset data, int rows, float[] y, int[] order, int from) {
        if (metrics.isEmpty()) {
            return;
        }
        if (predicted.length != data.rows()) {
            outputs = new float[Math.multiplyExact(data.rows(), width)];
            predicted = new int[data.rows()];
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(y, i * width, outputs, order[from + i] * width, width);
        }
    }

    /** Computes the metrics once every row has been put. */
    Map<String, Double> measure(Dataset data) {
        boolean classes = data.labels() != null;
        for (int row = 0; classes && row < predicted.length; row++) {
            predicted[row] = loss.classOf(outputs, width, row);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            values.put(metric.name(), metric.value(data, outputs, classes ? predicted : null));
        }
        return values;
    }
}
