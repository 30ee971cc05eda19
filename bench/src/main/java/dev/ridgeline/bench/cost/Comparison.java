package dev.ridgeline.bench.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What changed from one run to another. The blocks of two runs are not pairs, so the difference of their means is Welch's.
 * Times are compared by their logarithms. Overheads are ratios within blocks, so that what makes one whole run slower does
 * not change them; their difference is that of e^mean - 1, with errors to first order (the delta method). The p-values are
 * Holm-adjusted over all times, and over all overheads.
 *
 * <p>Whole runs can differ because the machine was faster or slower during one of them. Where both have a ruler, the time of
 * a computation that is the same in both, its change tells: no change of a step's time within the interval of the ruler's
 * is called one.
 *
 * @param a the first run
 * @param b the second run
 * @param margin what changes by less than this fraction is equivalent
 * @param ruler how the ruler's time changed, as a fraction with its 95 % interval; null where a run has none
 * @param rows one for each variant that both runs have, in the order of the second
 * @param notes what a reader must know: forced differences, what is in one run alone, what the files lack
 */
public record Comparison(TimedRun a, TimedRun b, double margin, Interval ruler, List<Row> rows, List<String> notes) {
    /**
     * A variant in both runs.
     *
     * @param label what the reports call it
     * @param group what stands above it in charts
     * @param time how the time of the step differs
     * @param overhead how what the regularizer adds differs; null for a step without one and for a benchmark of JMH
     */
    public record Row(String label, String group, Difference time, Difference overhead) {}

    /** Copies the lists. */
    public Comparison {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * Compares two runs.
     *
     * @param a the first
     * @param b the second
     * @param margin what changes by less than this fraction is equivalent, above 0
     * @param force whether runs are compared that were measured under different conditions
     * @return the comparison
     * @throws IllegalArgumentException if they are not of one kind, have nothing in common, or were measured under different conditions and that
     *     is not forced
     */
    public static Comparison of(TimedRun a, TimedRun b, double margin, boolean force) {
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException("Margin " + 100 * margin + " %: use more than 0 and less than 100");
        }
        if (a.cost() != b.cost()) {
            throw new IllegalArgumentException(a.name() + " is " + kind(a) + " and " + b.name() + " is " + kind(b)
                    + ", which time other things; name two of one kind");
        }
        Map<String, Series> before = byLabel(a);
        Map<String, Series> after = byLabel(b);
        List<Series> common = b.series().stream()
                .filter(series -> before.containsKey(series.label()))
                .toList();
        if (common.isEmpty()) {
            throw new IllegalArgumentException(a.name() + " and " + b.name() + " have no variant in common: there are "
                    + String.join(", ", before.keySet()) + "; and " + String.join(", ", after.keySet()));
        }
        List<String> differences = Comparability.differences(
                a, b, common.stream().map(Series::label).toList());
        if (!differences.isEmpty() && !force) {
            throw new IllegalArgumentException(a.name() + " and " + b.name() + " cannot be compared: "
                    + String.join("; ", differences) + "; measure one of them again, or add --force");
        }
        Interval ruler = a.logRuler().isEmpty() || b.logRuler().isEmpty()
                ? null
                : SampleMean.of(b.logRuler())
                        .minus(SampleMean.of(a.logRuler()))
                        .interval()
                        .map(Math::expm1);
        return new Comparison(
                a,
                b,
                margin,
                ruler,
                rows(common, before, floor(ruler), margin),
                notes(a, b, before, after, differences));
    }

    private static String kind(TimedRun run) {
        return run.cost() ? "a run of cost" : "a file of JMH";
    }

    private static double floor(Interval ruler) {
        return ruler == null ? 0 : Math.max(Math.abs(ruler.low()), Math.abs(ruler.high()));
    }

    /** Returns by how much the machine itself may have changed, as a fraction; 0 where there is no ruler to tell. */
    double machine() {
        return floor(ruler);
    }

    private static Map<String, Series> byLabel(TimedRun run) {
        return run.series().stream()
                .collect(Collectors.toMap(Series::label, series -> series, (x, y) -> y, LinkedHashMap::new));
    }

    private static List<String> notes(
            TimedRun a, TimedRun b, Map<String, Series> before, Map<String, Series> after, List<String> differences) {
        List<String> notes = new ArrayList<>();
        if (a.series().equals(b.series())) {
            notes.add("Both files hold the same times.");
        }
        differences.forEach(difference -> notes.add("Compared by force although " + difference + "."));
        addAlone(notes, a, before, after);
        addAlone(notes, b, after, before);
        notes.addAll(a.notes());
        b.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        return notes;
    }

    private static void addAlone(
            List<String> notes, TimedRun run, Map<String, Series> series, Map<String, Series> others) {
        String alone = series.keySet().stream()
                .filter(label -> !others.containsKey(label))
                .collect(Collectors.joining(", "));
        if (!alone.isEmpty()) {
            notes.add("Only in " + run.name() + ": " + alone + ".");
        }
    }

    private static List<Row> rows(List<Series> common, Map<String, Series> before, double rulerFloor, double margin) {
        List<Test> times = new ArrayList<>();
        List<Test> overheads = new ArrayList<>();
        for (Series after : common) {
            times.add(Test.ofTimes(before.get(after.label()), after, rulerFloor));
            overheads.add(Test.ofOverheads(before.get(after.label()), after));
        }
        List<Difference> time = judge(times, Math.log1p(-margin), Math.log1p(margin), margin);
        List<Difference> overhead = judge(overheads, -margin, margin, margin);
        return IntStream.range(0, common.size())
                .mapToObj(i -> new Row(common.get(i).label(), common.get(i).group(), time.get(i), overhead.get(i)))
                .toList();
    }

    /** Judges the tests that there are, as one family; null remains null. */
    private static List<Difference> judge(List<Test> tests, double low, double high, double margin) {
        List<SampleMean> differences = tests.stream()
                .filter(test -> test != null && test.difference != null)
                .map(Test::difference)
                .toList();
        double[] p = Holm.adjust(
                differences.stream().mapToDouble(SampleMean::differsFromZero).toArray());
        double[] equivalenceP = Holm.adjust(
                differences.stream().mapToDouble(d -> d.liesWithin(low, high)).toArray());
        List<Difference> judged = new ArrayList<>();
        int i = 0;
        for (Test test : tests) {
            if (test == null) {
                judged.add(null);
            } else if (test.difference == null) {
                judged.add(Difference.unknown(test.before, test.after, test.floor));
            } else {
                Interval change = test.difference.interval().map(test.scale);
                judged.add(
                        Difference.judge(test.before, test.after, change, p[i], equivalenceP[i], test.floor, margin));
                i++;
            }
        }
        return judged;
    }

    /** The difference of two numbers, on the scale on which it is tested; null if one has no error. */
    private record Test(double before, double after, SampleMean difference, DoubleUnaryOperator scale, double floor) {
        static Test ofTimes(Series a, Series b, double rulerFloor) {
            SampleMean difference = a.replicated() && b.replicated() ? b.time().minus(a.time()) : null;
            double floor = Math.max(rulerFloor, Math.max(a.floor(), b.floor()));
            return new Test(a.nanos(), b.nanos(), difference, Math::expm1, floor);
        }

        static Test ofOverheads(Series a, Series b) {
            if (!a.hasOverhead() || !b.hasOverhead()) {
                return null;
            }
            SampleMean before = a.overhead().expm1();
            SampleMean after = b.overhead().expm1();
            SampleMean difference = after.minus(before);
            double floor = Math.max(a.floor(), b.floor());
            return new Test(before.mean(), after.mean(), difference, DoubleUnaryOperator.identity(), floor);
        }
    }
}
