package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the results that JMH writes with {@code -rf json}. The iterations of a fork share one VM and what its JIT made of
 * the code, so they are no independent samples: a fork counts as one, the mean of its iterations. Throughput is turned
 * into time.
 */
final class JmhFile {
    private static final String REMEDY = "; measure with -bm avgt -f 5";
    private static final String RATE = "ops/";
    private static final String TIME = "/op";

    /** JMH's abbreviations of units of time, in nanoseconds. */
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day", 86_400e9);

    private final String name;
    private final List<Map<?, ?>> entries = new ArrayList<>();

    /** The full names of the benchmarks by the last two parts of them. */
    private final Map<String, String> fullNames = new LinkedHashMap<>();

    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Map<String, Map<?, ?>> measured = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    private JmhFile(String name, List<?> entries) {
        this.name = name;
        for (Object entry : entries) {
            this.entries.add((Map<?, ?>) entry);
            String full = (String) ((Map<?, ?>) entry).get("benchmark");
            fullNames.merge(shortName(full), full, (a, b) -> a.equals(b) ? a : "");
        }
    }

    /**
     * Reads a file.
     *
     * @param name what messages call it
     * @param text its content
     * @return one series for each benchmark and its parameters
     * @throws IllegalArgumentException if it is damaged, holds no time of a benchmark, or was measured without forks
     */
    static TimedRun read(String name, String text) {
        List<Object> entries;
        try {
            entries = Json.readList(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is damaged: " + e.getMessage() + CostFile.DAMAGED, e);
        }
        try {
            return new JmhFile(name, entries).run();
        } catch (ClassCastException | NullPointerException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " is damaged, or not what JMH writes with -rf json" + CostFile.DAMAGED, e);
        }
    }

    private TimedRun run() {
        entries.forEach(this::add);
        if (series.isEmpty()) {
            throw new IllegalArgumentException(name + " holds no time of a benchmark"
                    + (leftOut.isEmpty() ? "" : ", only " + String.join(", ", leftOut)) + REMEDY);
        }
        List<String> notes = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            notes.add("Left out of " + name + ", as it holds no time of each fork: " + String.join(", ", leftOut)
                    + REMEDY + ".");
        }
        String single = series.values().stream()
                .filter(s -> !s.replicated())
                .map(Series::label)
                .collect(Collectors.joining(", "));
        if (!single.isEmpty()) {
            notes.add("One fork alone cannot tell how far forks differ, and its iterations are not independent. " + name
                    + " has no more of " + single + "; measure with -f 5.");
        }
        return new TimedRun(name, false, Comparability.ofJmh(measured), List.copyOf(series.values()), List.of(), notes);
    }

    private void add(Map<?, ?> entry) {
        String mode = (String) entry.get("mode");
        Map<?, ?> metric = (Map<?, ?>) entry.get("primaryMetric");
        String benchmark = (String) entry.get("benchmark");
        String shown = fullNames.get(shortName(benchmark)).isEmpty() ? benchmark : shortName(benchmark);
        String label = shown + parameters(entry) + (mode.equals("avgt") ? "" : " (" + mode + ")");
        String unit = (String) metric.get("scoreUnit");
        boolean rate = unit.startsWith(RATE);
        Double scale = NANOS.get(rate ? unit.substring(RATE.length()) : unit.replaceFirst(TIME + "$", ""));
        if (scale == null || metric.get("rawData") == null) { // modes that sample, counters of events
            leftOut.add(label);
            return;
        }
        List<?> forks = (List<?>) metric.get("rawData");
        if ((int) entry.get("forks") < 1 || forks.isEmpty()) {
            throw new IllegalArgumentException(name + ": " + label + " was measured without a fork" + REMEDY);
        }
        List<Double> logTimes = new ArrayList<>();
        for (Object fork : forks) {
            double mean = mean((List<?>) fork);
            double nanos = rate ? scale / mean : scale * mean;
            if (!(nanos > 0 && nanos < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + ": " + label + " takes " + nanos + " ns" + REMEDY);
            }
            logTimes.add(Math.log(nanos));
        }
        String group = shown.substring(0, shown.lastIndexOf('.'));
        measured.put(label, entry);
        if (series.put(label, new Series(label, group, logTimes, List.of(), 0)) != null) {
            throw new IllegalArgumentException(name + " holds " + label + " twice; keep one of them");
        }
    }

    private static double mean(List<?> iterations) {
        return iterations.stream().mapToDouble(Json::number).average().orElse(Double.NaN);
    }

    private static String parameters(Map<?, ?> entry) {
        return entry.get("params") instanceof Map<?, ?> parameters
                ? parameters.entrySet().stream()
                        .map(p -> p.getKey() + "=" + p.getValue())
                        .collect(Collectors.joining(", ", " ", ""))
                : "";
    }

    /** Returns class and method. */
    private static String shortName(String full) {
        return full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
    }
}
