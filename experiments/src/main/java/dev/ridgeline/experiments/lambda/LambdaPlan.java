package dev.ridgeline.experiments.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a run of the study varies.
 *
 * @param rows the numbers of training rows N, ascending
 * @param seeds how many training sets there are of each
 * @param epochs how often each network goes through its rows
 * @param batch the rows of a batch, or 0 for all of them
 * @param raw whether inputs stay undivided
 * @param grid the values of λ
 */
record LambdaPlan(List<Integer> rows, int seeds, int epochs, int batch, boolean raw, LambdaGrid grid) {
    /** Copies the list. */
    LambdaPlan {
        rows = List.copyOf(rows);
    }

    /**
     * Returns numbers of rows at equal ratios, rounded.
     *
     * @param from the first, at least 2: a row of each class
     * @param to the last
     * @param steps how many, at least 2
     * @throws IllegalArgumentException if the range is none, or so narrow that two of them are the same
     */
    static List<Integer> logarithmic(int from, int to, int steps) {
        if (from < 2 || to <= from || steps < 2) {
            throw new IllegalArgumentException("lambda: " + steps + " numbers of rows from " + from + " to " + to
                    + "; there must be at least 2 of them, ascending from at least 2");
        }
        List<Integer> rows = IntStream.range(0, steps)
                .mapToObj(i -> (int) Math.round(from * Math.pow((double) to / from, i / (steps - 1.0))))
                .distinct()
                .toList();
        if (rows.size() < steps) {
            throw new IllegalArgumentException("lambda: " + steps + " numbers of rows from " + from + " to " + to
                    + " are not all different; give fewer steps or a wider range");
        }
        return rows;
    }

    /** Returns what the results depend on beside the seed. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows", rows);
        map.put("seeds", seeds);
        map.put("epochs", epochs);
        map.put("batch", batch);
        map.put("raw", raw);
        map.put("grid", grid.toString());
        return map;
    }
}
