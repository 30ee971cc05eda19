package dev.ridgeline.bench.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished run.
 *
 * @param descriptions what each peer measured with, by its name
 * @param comparisons one a work and peer
 * @param samples every measurement, in the order in which they were taken
 */
public record PeersResult(
        Map<String, String> descriptions, List<Comparison> comparisons, List<PeersRun.Sample> samples) {
    /** Copies the parts. */
    public PeersResult {
        descriptions = new LinkedHashMap<>(descriptions);
        comparisons = List.copyOf(comparisons);
        samples = List.copyOf(samples);
    }
}
