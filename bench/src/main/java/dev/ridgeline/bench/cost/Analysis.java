package dev.ridgeline.bench.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a run says. A block gives one log-ratio for each regularizer, ln t - (ln c + ln c')/2, where c and c' are the times
 * of the two controls in the same block. Mean, interval and tests are those of these numbers, one a block. The p-values
 * are Holm-adjusted over all models and regularizers of the run.
 *
 * @param noises the A/A pair of each model
 * @param estimates one a variant
 */
public record Analysis(List<Noise> noises, List<Estimate> estimates) {
    private static final double LOW = Math.log1p(-Verdict.MARGIN);
    private static final double HIGH = Math.log1p(Verdict.MARGIN);

    /** Copies the lists. */
    public Analysis {
        noises = List.copyOf(noises);
        estimates = List.copyOf(estimates);
    }

    /**
     * Analyses a run.
     *
     * @param variants the variants, the two controls of each model among them
     * @param samples their forks, each variant once in each of two or more blocks
     * @return the noise of each model and one estimate a variant, in their order
     */
    public static Analysis of(List<Variant> variants, List<Sample> samples) {
        Map<Variant, List<Timing>> timings = timings(samples);
        List<Variant> compared =
                variants.stream().filter(variant -> !variant.isControl()).toList();
        List<double[]> logRatios = compared.stream()
                .map(variant -> logRatios(
                        times(timings.get(variant)),
                        times(timings.get(variant.control())),
                        times(timings.get(variant.secondControl()))))
                .toList();
        double[] p = adjusted(logRatios, SampleMean::differsFromZero);
        double[] equivalenceP = adjusted(logRatios, mean -> mean.liesWithin(LOW, HIGH));

        Map<String, Noise> noises = variants.stream()
                .filter(variant -> variant.equals(variant.control()))
                .map(control -> noise(control, timings, compared.size()))
                .collect(Collectors.toMap(Noise::model, noise -> noise));
        List<Estimate> estimates = new ArrayList<>();
        for (Variant variant : variants) {
            int i = compared.indexOf(variant);
            Overhead overhead = null;
            if (i >= 0) {
                double control = geometricMean(timings.get(variant.control()), timings.get(variant.secondControl()));
                double floor = noises.get(variant.model()).floor();
                overhead = overhead(logRatios.get(i), control, p[i], equivalenceP[i], floor);
            }
            estimates.add(Estimate.of(variant, timings.get(variant), overhead));
        }
        List<Noise> inOrder = variants.stream()
                .map(Variant::model)
                .distinct()
                .map(noises::get)
                .toList();
        return new Analysis(inOrder, estimates);
    }

    private static Noise noise(Variant control, Map<Variant, List<Timing>> timings, int comparisons) {
        double[] first = times(timings.get(control));
        double[] second = times(timings.get(control.secondControl()));
        return Noise.of(control.model(), logRatios(second, first, first), comparisons);
    }

    private static Overhead overhead(double[] logRatios, double control, double p, double equivalenceP, double floor) {
        Interval fraction = Interval.of(logRatios).map(Math::expm1);
        Interval bootstrap = logRatios.length < Bootstrap.NEEDED
                ? null
                : Bootstrap.interval(logRatios).map(Math::expm1);
        return new Overhead(
                fraction,
                fraction.map(f -> control * f),
                p,
                equivalenceP,
                bootstrap,
                Verdict.of(fraction.mean(), p, equivalenceP, floor));
    }

    /** Returns the forks of each variant in the order of the blocks. */
    static Map<Variant, List<Timing>> timings(List<Sample> samples) {
        Map<Variant, TreeMap<Integer, Timing>> byBlock = samples.stream()
                .collect(Collectors.groupingBy(
                        Sample::variant, Collectors.toMap(Sample::block, Sample::timing, (a, b) -> b, TreeMap::new)));
        return byBlock.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> List.copyOf(e.getValue().values())));
    }

    static double[] times(List<Timing> timings) {
        return timings.stream().mapToDouble(Timing::nanosPerStep).toArray();
    }

    /** Returns the logarithm of each time less the mean of the logarithms of the two others. */
    static double[] logRatios(double[] times, double[] first, double[] second) {
        double[] logRatios = new double[times.length];
        for (int b = 0; b < times.length; b++) {
            logRatios[b] = Math.log(times[b]) - (Math.log(first[b]) + Math.log(second[b])) / 2;
        }
        return logRatios;
    }

    private static double[] adjusted(List<double[]> logRatios, ToDoubleFunction<SampleMean> test) {
        return Holm.adjust(
                logRatios.stream().map(SampleMean::of).mapToDouble(test).toArray());
    }

    private static double geometricMean(List<Timing> first, List<Timing> second) {
        double sum = 0;
        for (List<Timing> timings : List.of(first, second)) {
            sum += timings.stream()
                    .mapToDouble(timing -> Math.log(timing.nanosPerStep()))
                    .sum();
        }
        return Math.exp(sum / (first.size() + second.size()));
    }
}
