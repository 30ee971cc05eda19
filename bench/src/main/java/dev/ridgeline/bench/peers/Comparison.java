package dev.ridgeline.bench.peers;

import dev.ridgeline.bench.cost.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A peer beside the control at one work.
 *
 * @param work what was timed
 * @param peer the peer
 * @param nanos the geometric mean of its times over the rounds, in nanoseconds; NaN if it failed
 * @param ratio its time over the control's: the geometric mean over the rounds with its 95 % interval; null for the control
 *     and where the peer failed
 * @param problem why there are no numbers, or null
 */
public record Comparison(Work work, String peer, double nanos, Interval ratio, String problem) {
    static Comparison of(Work work, String peer, String control, List<PeersRun.Sample> samples, String problem) {
        if (problem != null) {
            return new Comparison(work, peer, Double.NaN, null, problem);
        }
        Map<Integer, Double> times = logTimes(work, peer, samples);
        double nanos = Math.exp(times.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN));
        if (peer.equals(control)) {
            return new Comparison(work, peer, nanos, null, null);
        }
        Map<Integer, Double> controls = logTimes(work, control, samples);
        double[] logRatios = times.entrySet().stream()
                .mapToDouble(time -> time.getValue() - controls.get(time.getKey()))
                .toArray();
        return new Comparison(work, peer, nanos, Interval.of(logRatios).map(Math::exp), null);
    }

    private static Map<Integer, Double> logTimes(Work work, String peer, List<PeersRun.Sample> samples) {
        return samples.stream()
                .filter(s -> s.work().equals(work) && s.peer().equals(peer))
                .collect(Collectors.toMap(PeersRun.Sample::round, s -> Math.log(s.nanos()), (a, b) -> b, TreeMap::new));
    }

    /** Returns the cells of its row: work, peer, microseconds, GFLOP/s, ratio, interval or what is wrong. */
    List<String> cells() {
        if (problem != null) {
            return List.of(work.name(), peer, "", "", "", problem);
        }
        String interval = ratio == null
                ? ""
                : String.format(Locale.ROOT, "[%s, %s]", threeDigits(ratio.low()), threeDigits(ratio.high()));
        return List.of(
                work.name(),
                peer,
                micros(nanos),
                threeDigits(work.flops() / nanos),
                ratio == null ? "1" : threeDigits(ratio.mean()),
                interval);
    }

    /** Returns a time in microseconds. */
    static String micros(double nanos) {
        return threeDigits(nanos / 1e3);
    }

    /** Returns a number with three digits or more. */
    static String threeDigits(double number) {
        int decimals = number < 10 ? 2 : number < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
