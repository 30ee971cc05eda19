package dev.ridgeline.bench.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JMH benchmark with values for its parameters.
 *
 * @param name the full name of the class and the method
 * @param parameters the value of each {@code @Param} field that shall have another than its own
 */
public record JmhBenchmark(String name, Map<String, String> parameters) {
    /** Copies the parameters and checks the name. */
    public JmhBenchmark {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (!name.matches("[^.].*\\.[^.]+")) {
            throw new IllegalArgumentException("Benchmark \"" + name + "\": give the class and the method, for example"
                    + " com.acme.ParserBenchmark.parse");
        }
    }

    /**
     * Names a benchmark.
     *
     * @param name the full name of the class and the method, for example {@code com.acme.ParserBenchmark.parse}; they are on
     *     the class path, as JMH's annotation processor left them
     * @return the benchmark with its own parameters
     */
    public static JmhBenchmark named(String name) {
        return new JmhBenchmark(name, Map.of());
    }

    /**
     * Gives a parameter a value.
     *
     * @param parameter the name of the {@code @Param} field
     * @param value its value
     * @return the benchmark with this value
     */
    public JmhBenchmark with(String parameter, Object value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value.toString());
        return new JmhBenchmark(name, more);
    }

    /** Returns for example {@code ParserBenchmark.parse size=1000}. */
    @Override
    public String toString() {
        String values = parameters.entrySet().stream()
                .map(value -> " " + value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining());
        return name.replaceFirst("^.*\\.(?=[^.]+\\.[^.]+$)", "") + values;
    }
}
