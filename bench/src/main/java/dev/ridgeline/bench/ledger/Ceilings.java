package dev.ridgeline.bench.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the machine can do at most, measured: the roofs of the roofline model.
 *
 * @param gigaflops the peak of fused multiply-adds in GFLOP/s, f32
 * @param bandwidths the levels of the memory hierarchy, memory last
 */
public record Ceilings(double gigaflops, List<Bandwidth> bandwidths) {
    /** Copies the levels. */
    public Ceilings {
        bandwidths = List.copyOf(bandwidths);
    }

    /**
     * A level of the memory hierarchy.
     *
     * @param level its name
     * @param capacity the bytes that it holds for all threads together
     * @param workingSet the bytes over which it was measured, of each thread
     * @param gigabytes its bandwidth in GB/s, over all threads
     */
    public record Bandwidth(String level, long capacity, long workingSet, double gigabytes) {}

    /**
     * Returns the level that a working set lies in.
     *
     * @param workingSet the bytes that are gone through again and again
     * @return the first level that holds them all
     */
    public Bandwidth holding(long workingSet) {
        return bandwidths.stream()
                .filter(level -> workingSet <= level.capacity())
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the time that a loop takes under the roof: t = max(flops/peak, bytes/bandwidth).
     *
     * @param demand what it does
     * @param level where its arrays lie
     * @return nanoseconds; no loop can be faster, unless it finds its arrays nearer than there
     */
    public double nanos(Demand demand, Bandwidth level) {
        return Math.max(demand.flops() / gigaflops, demand.bytes() / level.gigabytes());
    }

    /** Returns whether the arrays over which memory was measured are so large that the last cache holds half of them at most. */
    boolean reachesMemory(int threads) {
        int memory = bandwidths.size() - 1;
        return memory == 0
                || threads * bandwidths.get(memory).workingSet()
                        >= 2 * bandwidths.get(memory - 1).capacity();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("gigaflops", gigaflops);
        map.put(
                "bandwidths",
                bandwidths.stream()
                        .map(level -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("level", level.level());
                            one.put("capacityBytes", level.capacity() == Long.MAX_VALUE ? null : level.capacity());
                            one.put("workingSetBytes", level.workingSet());
                            one.put("gigabytes", level.gigabytes());
                            return one;
                        })
                        .toList());
        return map;
    }
}
