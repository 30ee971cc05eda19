package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import java.util.Arrays;

/** Lets tests of other packages compute a loss alone. */
public final class LossProbe {
    private LossProbe() {}

    /** Returns the mean loss of outputs against labels (or, if null, targets) and fills the gradient to the outputs. */
    public static double evaluate(
            Loss loss, int outputs, float[] z, int classes, int[] labels, float[] targets, float[] gradient) {
        return evaluate(loss, 0, outputs, z, classes, labels, targets, gradient);
    }

    /** Returns the mean loss with smoothed labels, as a model trains with it, and fills the gradient likewise. */
    public static double evaluate(
            Loss loss,
            float smoothing,
            int outputs,
            float[] z,
            int classes,
            int[] labels,
            float[] targets,
            float[] gradient) {
        Dataset data = labels == null
                ? Dataset.regression(outputs, z, outputs, targets)
                : Dataset.classification(outputs, z, classes, labels);
        loss.requireFit(data, outputs);
        int[] order = new int[data.rows()];
        Arrays.setAll(order, i -> i);
        Batch batch = new Batch();
        batch.gather(data, order, 0, order.length);
        float[] losses = new float[data.rows() * loss.elements(outputs)];
        loss.elements(data.rows(), outputs, z, batch, losses, gradient);
        if (smoothing > 0) {
            loss.smooth(smoothing, data.rows(), outputs, z, batch, losses, gradient);
        }
        return loss.mean(data.rows(), outputs, losses);
    }
}
