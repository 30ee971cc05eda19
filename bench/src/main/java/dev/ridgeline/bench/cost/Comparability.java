package dev.ridgeline.bench.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What two runs must have in common for their times to be comparable. What is not among it may differ: the commit is what
 * one wants to compare; seed and number of blocks change which times are drawn, not what they are drawn from; load and
 * stolen time differ between any two runs and are in their noise; the step makes no call to the operating system.
 */
final class Comparability {
    private static final String MACHINE = "the same code takes another time there";
    private static final String SHARE = "it decides how fast, or for how long at a stretch, the processor runs";
    private static final String COMPILER = "another JIT or another heap makes another program of the same code";
    private static final String WORK = "the step itself is computed otherwise";
    private static final String METHOD = "a shorter or longer warm-up or measurement sees other code and other caches";
    private static final String HARNESS = "another harness adds another time of its own";

    /** Why each matters, by its name in {@code cost.json} or in JMH's file. */
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static {
        put(MACHINE, "cpu", "vectorFlags", "cores", "caches");
        put(SHARE, "governor", "quota");
        put(COMPILER, "jdk", "jdkVersion", "vmName", "vmVersion", "flags", "jvmArgs");
        put(WORK, "kernels", "threads");
        put(METHOD, "warmupIterations", "warmupTime", "measuredIterations", "measurementIterations");
        put(METHOD, "iterationMillis", "measurementTime", "warmupBatchSize", "measurementBatchSize");
        put(HARNESS, "jmhVersion");
    }

    private Comparability() {}

    private static void put(String reason, String... fields) {
        for (String field : fields) {
            REASONS.put(field, reason);
        }
    }

    /** Returns the conditions of a run by name. */
    static Map<String, Object> of(CostResult result) {
        Map<String, Object> all = new LinkedHashMap<>(result.environment().toMap());
        all.putAll(result.settings().toMap());
        all.keySet().retainAll(REASONS.keySet());
        return all;
    }

    /** Returns the conditions of JMH's results by name; where benchmarks differ, a map of the values by benchmark. */
    static Map<String, Object> ofJmh(Map<String, Map<?, ?>> entries) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String field : REASONS.keySet()) {
            Map<String, Object> values = new LinkedHashMap<>();
            entries.forEach((label, entry) -> values.put(label, entry.get(field)));
            Set<Object> distinct = new LinkedHashSet<>(values.values());
            if (!distinct.equals(Collections.singleton(null))) {
                all.put(field, distinct.size() == 1 ? distinct.iterator().next() : values);
            }
        }
        return all;
    }

    /**
     * Returns what differs for one of the variants, a clause for each field: both values, why it matters, and if it is not
     * the same for all variants, for which.
     */
    static List<String> differences(TimedRun a, TimedRun b, List<String> labels) {
        return REASONS.keySet().stream()
                .flatMap(field -> labels.stream()
                        .filter(label -> !Objects.equals(value(a, field, label), value(b, field, label)))
                        .limit(1)
                        .map(label -> difference(a, b, field, label)))
                .toList();
    }

    private static String difference(TimedRun a, TimedRun b, String field, String label) {
        boolean ofAll =
                !(a.conditions().get(field) instanceof Map || b.conditions().get(field) instanceof Map);
        return field + (ofAll ? "" : " of " + label) + " is " + quoted(value(a, field, label)) + " in " + a.name()
                + " and " + quoted(value(b, field, label)) + " in " + b.name() + " (" + REASONS.get(field) + ")";
    }

    private static Object value(TimedRun run, String field, String label) {
        Object value = run.conditions().get(field);
        return value instanceof Map<?, ?> byLabel ? byLabel.get(label) : value;
    }

    private static String quoted(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" ", "\"", "\""))
                : "\"" + value + "\"";
    }
}
