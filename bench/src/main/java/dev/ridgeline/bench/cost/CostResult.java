package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A finished run.
 *
 * @param settings what was measured
 * @param environment what it was measured with
 * @param started when it began
 * @param took how long it lasted
 * @param samples every fork, in the order in which they ran
 */
public record CostResult(
        Settings settings, Environment environment, Instant started, Duration took, List<Sample> samples) {
    /** Copies the samples. */
    public CostResult {
        samples = List.copyOf(samples);
    }

    /**
     * Returns what the run says.
     *
     * @return one estimate a variant
     */
    public List<Estimate> estimates() {
        return Estimate.of(settings.variants(), samples);
    }
}
