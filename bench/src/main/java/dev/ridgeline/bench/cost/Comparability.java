package dev.ridgeline.bench.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Why each matters, by its name in {@code cost.json} or in JMH's file. */
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static {
        put(MACHINE, "cpu", "vectorFlags", "cores", "caches");
        put(SHARE, "governor", "quota");
        put(COMPILER, "jdk", "jdkVersion", "vmName", "vmVersion", "flags", "jvmArgs");
        put(WORK, "kernels", "threads");
        put(METHOD, "warmupIterations", "warmupTime", "measuredIterations", "measurementIterations");
        put(METHOD, "iterationMillis", "measurementTime");
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

    /** Returns the conditions of JMH's results by name; where benchmarks differ, all values that there are. */
    static Map<String, Object> ofJmh(List<Map<?, ?>> entries) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String field : REASONS.keySet()) {
            List<Object> values = new ArrayList<>(entries.stream()
                    .map(entry -> (Object) entry.get(field))
                    .distinct()
                    .toList());
            values.removeIf(Objects::isNull);
            if (!values.isEmpty()) {
                all.put(field, values.size() == 1 ? values.getFirst() : values);
            }
        }
        return all;
    }

    /** Returns what differs, a clause each: field, both values, why it matters. */
    static List<String> differences(TimedRun a, TimedRun b) {
        return REASONS.entrySet().stream()
                .filter(field -> !Objects.equals(
                        a.conditions().get(field.getKey()), b.conditions().get(field.getKey())))
                .map(field -> field.getKey() + " is " + value(a, field.getKey()) + " in " + a.name() + " and "
                        + value(b, field.getKey()) + " in " + b.name() + " (" + field.getValue() + ")")
                .toList();
    }

    private static String value(TimedRun run, String field) {
        Object value = run.conditions().get(field);
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" ", "\"", "\""))
                : "\"" + value + "\"";
    }
}
