package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A run, or as many blocks of it as are finished.
 *
 * @param settings what is measured
 * @param environment what it is measured with
 * @param started when it began
 * @param took how long the blocks lasted
 * @param interruptions how often it was interrupted and went on
 * @param samples every fork of the finished blocks, in the order in which they ran
 * @param conditions what the machine was like, one a finished block
 */
public record CostResult(
        Settings settings,
        Environment environment,
        Instant started,
        Duration took,
        int interruptions,
        List<Sample> samples,
        List<Conditions> conditions) {
    /** Copies the lists. */
    public CostResult {
        samples = List.copyOf(samples);
        conditions = List.copyOf(conditions);
    }

    /**
     * Begins a run.
     *
     * @param settings what to measure
     * @param environment what it will be measured with
     * @return a run without a block
     */
    public static CostResult begin(Settings settings, Environment environment) {
        return new CostResult(settings, environment, Instant.now(), Duration.ZERO, 0, List.of(), List.of());
    }

    /**
     * Returns how many blocks are finished.
     *
     * @return 0 to the number of the settings
     */
    public int finished() {
        return samples.isEmpty() ? 0 : samples.getLast().block();
    }

    /**
     * Returns what the run says.
     *
     * @return the noise of each model and one estimate a variant
     * @throws IllegalStateException if fewer than two blocks are finished
     */
    public Analysis analysis() {
        if (finished() < 2) {
            throw new IllegalStateException("Cost: finished blocks: " + finished()
                    + "; an interval needs at least 2, so let the run go on with --resume");
        }
        return Analysis.of(settings.variants(), samples);
    }

    /** Returns this run with one block more. */
    CostResult with(Block block) {
        List<Sample> samplesNow = new ArrayList<>(samples);
        samplesNow.addAll(block.samples());
        List<Conditions> conditionsNow = new ArrayList<>(conditions);
        conditionsNow.add(block.conditions());
        return new CostResult(
                settings, environment, started, took.plus(block.took()), interruptions, samplesNow, conditionsNow);
    }

    /** Returns the run as it stands in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", "cost");
        map.put("schemaVersion", CostReport.SCHEMA_VERSION);
        map.put("seed", settings.seed());
        map.put("started", started.toString());
        map.put("seconds", took.toMillis() / 1e3);
        map.put("interruptions", interruptions);
        map.put("environment", environment.toMap());
        map.put("settings", settings.toMap());
        map.put("samples", samples.stream().map(Sample::toMap).toList());
        map.put(
                "conditions",
                IntStream.range(0, conditions.size())
                        .mapToObj(b -> conditions.get(b).toMap(b + 1))
                        .toList());
        return map;
    }
}
