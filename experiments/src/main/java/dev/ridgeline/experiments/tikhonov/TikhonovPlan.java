package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.data.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run of the study was asked for.
 *
 * @param rows the rows of a training set
 * @param deviation the standard deviation of the noise on the targets
 * @param seeds how many training sets there are
 * @param epochs the steps of each training, each with all rows
 */
record TikhonovPlan(int rows, double deviation, int seeds, int epochs) {
    /** Returns what the results depend on beside the seed. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows", rows);
        map.put("noise", deviation);
        map.put("seeds", seeds);
        map.put("epochs", epochs);
        return map;
    }

    /** Draws the training set of a seed. */
    Dataset draw(long seed) {
        return NoisySine.draw(rows, deviation, seed);
    }
}
