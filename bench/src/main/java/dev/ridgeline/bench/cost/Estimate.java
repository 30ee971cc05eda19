package dev.ridgeline.bench.cost;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run says of a variant.
 *
 * @param variant the variant
 * @param nanosPerStep the time of a step over the rounds, in nanoseconds
 * @param overhead the ratio to the control less 1, over the rounds; null for the control itself
 * @param bytesPerStep the mean of the bytes allocated per step
 */
public record Estimate(Variant variant, Interval nanosPerStep, Interval overhead, double bytesPerStep) {
    /**
     * Estimates every variant of a run. A round gives one log-ratio ln(time/time of the control in the same round); their
     * mean and interval are turned back into a ratio.
     *
     * @param variants the variants
     * @param samples their forks, each variant once in each of two or more rounds
     * @return one estimate a variant, in their order
     */
    public static List<Estimate> of(List<Variant> variants, List<Sample> samples) {
        Map<Variant, Map<Integer, Timing>> timings = samples.stream()
                .collect(Collectors.groupingBy(
                        Sample::variant, Collectors.toMap(Sample::round, Sample::timing, (a, b) -> b, TreeMap::new)));
        return variants.stream()
                .map(v -> of(v, timings.get(v), timings.get(v.control())))
                .toList();
    }

    private static Estimate of(Variant variant, Map<Integer, Timing> rounds, Map<Integer, Timing> control) {
        Interval nanos = Interval.of(
                rounds.values().stream().mapToDouble(Timing::nanosPerStep).toArray());
        double bytes = rounds.values().stream()
                .mapToDouble(Timing::bytesPerStep)
                .average()
                .orElse(Double.NaN);
        if (variant.isControl()) {
            return new Estimate(variant, nanos, null, bytes);
        }
        double[] logRatios = rounds.entrySet().stream()
                .mapToDouble(round -> Math.log(round.getValue().nanosPerStep()
                        / control.get(round.getKey()).nanosPerStep()))
                .toArray();
        return new Estimate(variant, nanos, Interval.of(logRatios).map(Math::expm1), bytes);
    }

    /**
     * Returns what the overhead says.
     *
     * @return the verdict, or null for the control itself
     */
    public Verdict verdict() {
        return overhead == null ? null : Verdict.of(overhead);
    }
}
