package dev.ridgeline.bench.cost;

import java.util.List;

/**
 * What a run says of a variant.
 *
 * @param variant the variant
 * @param nanosPerStep the time of a step over the blocks, in nanoseconds
 * @param overhead what the regularizer adds; null for the controls
 * @param bytesPerStep the mean of the bytes allocated per step
 */
public record Estimate(Variant variant, Interval nanosPerStep, Overhead overhead, double bytesPerStep) {
    static Estimate of(Variant variant, List<Timing> timings, Overhead overhead) {
        double[] nanos = timings.stream().mapToDouble(Timing::nanosPerStep).toArray();
        double bytes =
                timings.stream().mapToDouble(Timing::bytesPerStep).average().orElse(Double.NaN);
        return new Estimate(variant, Interval.of(nanos), overhead, bytes);
    }

    /**
     * Returns what the overhead says.
     *
     * @return the verdict, or null for a control
     */
    public Verdict verdict() {
        return overhead == null ? null : overhead.verdict();
    }
}
