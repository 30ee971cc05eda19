package dev.ridgeline.experiments.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of the study was asked for.
 *
 * @param data what to train on, at least one
 * @param seeds how many starts there are
 * @param epochs the epochs of the first training; 0 for those of the data
 */
record PrunePlan(List<PruneData> data, int seeds, int epochs) {
    private static final int RETRAINING = 3;

    /** Copies the list. */
    PrunePlan {
        data = List.copyOf(data);
    }

    /** Returns what the results depend on beside the seed. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("data", data);
        map.put("seeds", seeds);
        map.put("epochs", data.stream().map(this::epochs).toList());
        return map;
    }

    /** Returns the epochs of the first training. */
    int epochs(PruneData of) {
        return epochs == 0 ? of.epochs() : epochs;
    }

    /** Returns the epochs after each removal: a third of the first ones. */
    int retraining(PruneData of) {
        return Math.max(1, epochs(of) / RETRAINING);
    }
}
