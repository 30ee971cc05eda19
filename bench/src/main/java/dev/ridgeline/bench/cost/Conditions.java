package dev.ridgeline.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the machine was like during a block.
 *
 * @param rulerBefore the time of the {@link Ruler} before the block, in nanoseconds
 * @param rulerAfter the same after it
 * @param loadBefore the load average before the block; NaN where the system does not tell
 * @param loadAfter the same after it
 * @param stolen the part of the time that the hypervisor gave to others, 0 to 1; NaN where the system does not tell
 */
public record Conditions(double rulerBefore, double rulerAfter, double loadBefore, double loadAfter, double stolen) {
    static Conditions between(Reading before, Reading after) {
        return new Conditions(
                before.ruler(),
                after.ruler(),
                before.load().average(),
                after.load().average(),
                after.load().stolenSince(before.load()));
    }

    /** Returns the conditions of a block as they stand in a JSON file. */
    Map<String, Object> toMap(int block) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("block", block);
        map.put("rulerNanosBefore", rulerBefore);
        map.put("rulerNanosAfter", rulerAfter);
        map.put("loadBefore", loadBefore);
        map.put("loadAfter", loadAfter);
        map.put("stolenPercent", 100 * stolen);
        return map;
    }

    /** Reads what {@link #toMap} returned; another shape ends in a {@link RuntimeException}. */
    static Conditions of(Map<?, ?> map) {
        return new Conditions(
                Sample.number(map.get("rulerNanosBefore")),
                Sample.number(map.get("rulerNanosAfter")),
                Sample.numberOrNaN(map.get("loadBefore")),
                Sample.numberOrNaN(map.get("loadAfter")),
                Sample.numberOrNaN(map.get("stolenPercent")) / 100);
    }
}
