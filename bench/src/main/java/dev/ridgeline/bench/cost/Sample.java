package dev.ridgeline.bench.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One fork of a run.
 *
 * @param block the block, from 1
 * @param position the place of the fork within its block, from 1
 * @param variant what was measured
 * @param timing what came out
 */
public record Sample(int block, int position, Variant variant, Timing timing) {
    /** Returns the fork as it stands in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("block", block);
        map.put("position", position);
        map.put("model", variant.model());
        map.put("name", variant.name());
        map.put("nanosPerStep", timing.nanosPerStep());
        map.put("bytesPerStep", timing.bytesPerStep());
        map.put("iterationNanosPerStep", timing.iterations());
        return map;
    }

    /** Reads what {@link #toMap} returned; another shape ends in a {@link RuntimeException}. */
    static Sample of(Map<?, ?> map) {
        List<?> iterations = (List<?>) map.get("iterationNanosPerStep");
        Timing timing = new Timing(
                number(map.get("nanosPerStep")),
                numberOrNaN(map.get("bytesPerStep")),
                iterations.stream().map(Sample::number).toList());
        Variant variant = new Variant((String) map.get("model"), (String) map.get("name"));
        return new Sample((int) map.get("block"), (int) map.get("position"), variant, timing);
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** JSON has no NaN: it stands there as null. */
    static double numberOrNaN(Object value) {
        return value == null ? Double.NaN : number(value);
    }
}
