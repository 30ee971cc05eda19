package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts with a model's weights and with workspaces of its own. Several predictors may work at once, each in its own
 * thread; one predictor serves one thread at a time. It sees the weights as they are: do not train the model meanwhile.
 */
public final class Predictor {
    /** Rows that go through the network at once: enough for the kernels, small enough for the cache. */
    private static final int ROWS = 256;

    private final Model model;
    private final List<Layer<?>> layers = new ArrayList<>();
    private final Pass pass = new Pass(new Team(1), false);
    private final Network network;
    private final TikhonovPenalty functionPenalty;
    private final Batch batch = new Batch();
    private float[] chunk = new float[0];
    private float[] losses = new float[0];

    /** Not needed, but the losses are computed faster where there is room for it. */
    private float[] gradient = new float[0];

    private int[] order = new int[0];

    Predictor(Model model) {
        this.model = model;
        for (Layer<?> layer : model.layers()) {
            layers.add(layer.share());
        }
        network = new Network(layers, pass);
        functionPenalty = model.functionPenalty(layers);
    }

    /**
     * Computes the model's outputs: logits for a cross-entropy loss, values for regression.
     *
     * @param x rows x inputs, row-major; not modified
     * @return rows x outputs, row-major, new
     * @throws IllegalArgumentException if x is not whole rows, or a value of it is not finite
     * @throws IllegalStateException if an output is not finite
     */
    public float[] predict(float[] x) {
        int inputs = model.inputs();
        int outputs = model.outputs();
        if (x.length % inputs != 0) {
            throw new IllegalArgumentException(
                    x.length + " values are not whole rows: the model takes " + inputs + " inputs a row");
        }
        for (int i = 0; i < x.length; i++) {
            if (!Float.isFinite(x[i])) {
                throw new IllegalArgumentException(
                        "input " + i % inputs + " of row " + i / inputs + " is " + x[i] + "; inputs must be finite");
            }
        }
        int rows = x.length / inputs;
        float[] y = new float[Math.multiplyExact(rows, outputs)];
        for (int from = 0; from < rows; from += ROWS) {
            int n = Math.min(ROWS, rows - from);
            if (chunk.length < n * inputs) {
                chunk = new float[n * inputs];
            }
            System.arraycopy(x, from * inputs, chunk, 0, n * inputs);
            System.arraycopy(network.forward(n, chunk), 0, y, from * outputs, n * outputs);
        }
        for (int i = 0; i < y.length; i++) {
            if (!Float.isFinite(y[i])) {
                throw new IllegalStateException("output " + i % outputs + " of row " + i / outputs + " is " + y[i]
                        + "; the inputs of this row are too large for the model, or its weights are not finite");
            }
        }
        return y;
    }

    /**
     * Computes class probabilities: softmax or sigmoid of the outputs, as the model's loss reads them.
     *
     * @param x rows x inputs, row-major; not modified
     * @return rows x outputs, row-major, new
     */
    public float[] probabilities(float[] x) {
        float[] y = predict(x);
        model.loss().probabilities(y.length / model.outputs(), model.outputs(), y);
        return y;
    }

    /**
     * Computes the most probable class of each row.
     *
     * @param x rows x inputs, row-major; not modified
     * @return a class for each row, new; the first one at a tie
     * @throws IllegalStateException if the model was trained with a loss that has no classes
     */
    public int[] classify(float[] x) {
        float[] y = predict(x);
        int[] classes = new int[y.length / model.outputs()];
        Arrays.setAll(classes, row -> model.loss().classOf(y, model.outputs(), row));
        return classes;
    }

    /**
     * Computes loss, accuracy and penalties over a data set. An activity penalty and Tikhonov's are means over its rows.
     *
     * @param data the rows
     * @return the evaluation, without metrics
     */
    public Evaluation evaluate(Dataset data) {
        return evaluate(data, List.of());
    }

    /**
     * Computes loss, accuracy, penalties and metrics over a data set. An activity penalty and Tikhonov's are means over
     * its rows.
     *
     * @param data the rows
     * @param metrics what else to compute
     * @return the evaluation
     */
    public Evaluation evaluate(Dataset data, List<Metric> metrics) {
        return evaluate(data, new Outputs(model.loss(), model.outputs(), metrics));
    }

    Evaluation evaluate(Dataset data, Outputs all) {
        model.requireFit(data);
        int outputs = model.outputs();
        int perRow = model.loss().elements(outputs);
        if (order.length < data.rows()) {
            order = new int[data.rows()];
            Arrays.setAll(order, i -> i);
        }
        if (losses.length < ROWS * perRow) {
            losses = new float[ROWS * perRow];
            gradient = new float[ROWS * outputs];
        }
        double sum = 0;
        double[] activity = new double[layers.size()];
        double function = 0;
        int correct = 0;
        for (int from = 0; from < data.rows(); from += ROWS) {
            int n = Math.min(ROWS, data.rows() - from);
            batch.gather(data, order, from, from + n);
            float[] y = network.forward(n, batch.x());
            model.loss().elements(n, outputs, y, batch, losses, gradient);
            sum += model.loss().mean(n, outputs, losses) * n;
            for (int i = 0; i < activity.length; i++) {
                activity[i] += model.activity(layers.get(i), n) * n;
            }
            if (functionPenalty != null && !functionPenalty.fixed()) {
                function += functionPenalty.evaluate(pass.team(), n, batch.x()) * n;
            }
            if (data.labels() != null) {
                correct += model.loss().correct(n, outputs, y, batch.labels());
            }
            all.put(data, n, y, order, from);
        }
        double rows = data.rows();
        double accuracy = data.labels() == null ? Double.NaN : correct / rows;
        double overRows = function / rows;
        List<Penalty> penalties = model.penalties(
                i -> activity[i] / rows,
                () -> functionPenalty.fixed() ? functionPenalty.evaluate(pass.team(), 0, null) : overRows);
        return new Evaluation(sum / rows, accuracy, penalties, all.measure(data));
    }
}
