package dev.ridgeline.train;

import dev.ridgeline.data.Dataset;

/**
 * A figure of merit of predictions, computed over a whole data set at once: what a mean over batches cannot give, for
 * example {@link MacroF1}. A {@link Trainer} computes the metrics it is given ({@link Trainer#metrics}) once an epoch;
 * a {@link Monitor} watches one.
 *
 * <p>A metric of your own is one class with these three methods:
 *
 * <pre>{@code
 * record MeanAbsoluteError() implements Metric {
 *     public String name() { return "meanAbsoluteError"; }
 *     public boolean higherIsBetter() { return false; }
 *     public double value(Dataset data, float[] outputs, int[] predicted) {
 *         double sum = 0;
 *         for (int i = 0; i < outputs.length; i++) {
 *             sum += Math.abs((double) outputs[i] - data.targets()[i]);
 *         }
 *         return sum / outputs.length;
 *     }
 * }
 * }</pre>
 */
public interface Metric {
    /**
     * Returns what the metric is called in a history.
     *
     * @return a name that no other metric of the trainer has
     */
    String name();

    /**
     * Returns the direction of improvement.
     *
     * @return true if a larger value is better, false if a smaller one is
     */
    boolean higherIsBetter();

    /**
     * Computes the metric.
     *
     * @param data the rows, with their labels or targets
     * @param outputs rows x outputs of the model, row-major, in the order of the rows: logits for a cross-entropy,
     *     values for a regression; not to be modified
     * @param predicted the predicted class of each row, not to be modified; null for a regression
     * @return the value; NaN where it is not defined, which no policy takes for an improvement
     * @throws IllegalArgumentException if the metric has no meaning for such data
     */
    double value(Dataset data, float[] outputs, int[] predicted);
}
