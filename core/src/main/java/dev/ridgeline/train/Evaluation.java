package dev.ridgeline.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pass over a data set found: the data loss and, apart from it, each penalty.
 *
 * @param loss the mean data loss, without penalties
 * @param accuracy the fraction of rows classified as labelled; NaN for regression
 * @param penalties the value of each penalty on tensors and activations, in layer order, Tikhonov's last; copied
 * @param metrics the values of the metrics asked for, by name, in the order asked for; copied
 */
public record Evaluation(double loss, double accuracy, List<Penalty> penalties, Map<String, Double> metrics) {
    /** Copies the collections. */
    public Evaluation {
        penalties = List.copyOf(penalties);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Makes an evaluation without penalties and metrics.
     *
     * @param loss the mean data loss
     * @param accuracy the accuracy; NaN for regression
     */
    public Evaluation(double loss, double accuracy) {
        this(loss, accuracy, List.of(), Map.of());
    }

    /**
     * Returns ((loss + penalty 1) + penalty 2) + ..., added in double in the order of {@link #penalties()}: so the parts
     * that a report shows add up to its total bit for bit.
     *
     * @return the data loss with all penalties
     */
    public double totalLoss() {
        double total = loss;
        for (Penalty penalty : penalties) {
            total += penalty.value();
        }
        return total;
    }
}
