package dev.ridgeline.experiments.study;

import java.util.Map;
import java.util.function.Function;

/**
 * How a job's result is kept in a file. What is written and read back must equal what was computed: numbers are written as
 * {@code double} (a {@code float} would come back as another number) and read by {@link dev.ridgeline.report.Json#number}.
 *
 * @param <R> the type of the result
 * @param write turns a result into a map of what JSON can hold
 * @param read turns the map back; of another shape it throws a {@link RuntimeException}
 */
public record Codec<R>(Function<R, Map<String, Object>> write, Function<Map<String, Object>, R> read) {}
