package dev.ridgeline.bench.cost;

import java.util.List;

/**
 * What a run measured of one variant, ready to be compared with another run's.
 *
 * @param label what the reports call it, for example {@code l2 on mnist128}
 * @param group what stands above it in charts: the model; empty for a benchmark of JMH
 * @param logTimes the logarithms of its nanoseconds, one for each block or fork
 * @param logOverheads the logarithms of its ratios to the control of the same block; none where there is no control
 * @param floor the noise floor of the run for it; 0 where the run has no A/A pair
 */
public record Series(String label, String group, List<Double> logTimes, List<Double> logOverheads, double floor) {
    /** Copies the lists. */
    public Series {
        logTimes = List.copyOf(logTimes);
        logOverheads = List.copyOf(logOverheads);
    }

    /** Returns whether there are enough blocks or forks to know how far they scatter. */
    boolean replicated() {
        return logTimes.size() > 1;
    }

    /** Returns the mean of the logarithms of its times; it must be replicated. */
    SampleMean time() {
        return SampleMean.of(logTimes);
    }

    /** Returns whether it has a control. */
    boolean hasOverhead() {
        return !logOverheads.isEmpty();
    }

    /** Returns the mean of the logarithms of its ratios to the control; it must have one. */
    SampleMean overhead() {
        return SampleMean.of(logOverheads);
    }

    /** Returns the geometric mean of its times in nanoseconds. */
    double nanos() {
        return Math.exp(
                logTimes.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
}
