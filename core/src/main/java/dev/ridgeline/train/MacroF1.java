package dev.ridgeline.train;

import dev.ridgeline.data.Dataset;

/**
 * The macro-averaged F1 score: the plain mean over classes of F1_c = 2·TP_c / (2·TP_c + FP_c + FN_c), the harmonic mean of
 * precision and recall. TP_c counts the rows of class c that are predicted as c, FP_c the other rows predicted as c,
 * FN_c the rows of c predicted as another class.
 *
 * <p>A class that is neither among the labels nor among the predictions is left out of the mean. A class that is among
 * either counts, with 0 if no row of it is found: the convention of scikit-learn's
 * {@code f1_score(average="macro", zero_division=0)}.
 *
 * <p>Use it instead of the accuracy where classes are unequally frequent: each counts the same. It costs one pass over
 * labels and predictions and three counters a class.
 */
public record MacroF1() implements Metric {
    @Override
    public String name() {
        return "macroF1";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public double value(Dataset data, float[] outputs, int[] predicted) {
        if (data.labels() == null) {
            throw new IllegalArgumentException("macroF1: the data set has " + data.outputs()
                    + " target values a row and no labels; use the metric for classification");
        }
        int[] hits = new int[data.classes()];
        int[] predictions = new int[data.classes()];
        int[] members = new int[data.classes()];
        for (int row = 0; row < predicted.length; row++) {
            int label = data.labels()[row];
            members[label]++;
            predictions[predicted[row]]++;
            hits[label] += predicted[row] == label ? 1 : 0;
        }
        double sum = 0;
        int present = 0;
        for (int c = 0; c < hits.length; c++) {
            // 2 TP + FP + FN
            int either = predictions[c] + members[c];
            if (either > 0) {
                sum += 2.0 * hits[c] / either;
                present++;
            }
        }
        return sum / present;
    }
}
