package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.UnknownNameException;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The one reader of what {@link CostResult#toMap} wrote: {@code cost.json} and the file of an unfinished run. */
final class CostFile {
    /** Stands under the key {@code command} of such a file. */
    static final String COMMAND = "cost";

    /** The remedy for a file that the user names and that is not whole. */
    static final String DAMAGED = "; copy it again, or measure again";

    private CostFile() {}

    /**
     * Reads a run.
     *
     * @param name what messages call the file
     * @param text its content
     * @param remedy what to do about a damaged file, after a semicolon; or empty
     * @return the run, all its blocks whole
     * @throws IllegalArgumentException if it is no such file, of another schema version, or damaged
     */
    static CostResult read(String name, String text, String remedy) {
        Map<String, Object> map;
        try {
            map = Json.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is damaged: " + e.getMessage() + remedy, e);
        }
        if (!COMMAND.equals(map.get("command"))) {
            throw new IllegalArgumentException(name + " is not written by the command " + COMMAND);
        }
        Object version = map.get("schemaVersion");
        if (!Objects.equals(CostReport.SCHEMA_VERSION, version)) {
            throw new IllegalArgumentException(name + " has schema version " + version + ", and this release reads "
                    + CostReport.SCHEMA_VERSION + "; measure again, or use the release that wrote it" + writer(map));
        }
        try {
            CostResult result = new CostResult(
                    settings((Map<?, ?>) map.get("settings")),
                    environment((Map<?, ?>) map.get("environment")),
                    Instant.parse((String) map.get("started")),
                    Duration.ofMillis(Math.round(1e3 * Json.number(map.get("seconds")))),
                    (int) map.get("interruptions"),
                    ((List<?>) map.get("samples"))
                            .stream()
                                    .map(sample -> Sample.of((Map<?, ?>) sample))
                                    .toList(),
                    ((List<?>) map.get("conditions"))
                            .stream()
                                    .map(block -> Conditions.of((Map<?, ?>) block))
                                    .toList());
            checkBlocks(result);
            return result;
        } catch (UnknownNameException e) { // of another release, or a class that is not there
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException(
                    name + " is damaged: a field is missing or holds what it cannot, see cost.schema.json" + remedy, e);
        } catch (RuntimeException e) { // whatever does not fit
            throw new IllegalArgumentException(name + " is damaged: " + e.getMessage() + remedy, e);
        }
    }

    private static String writer(Map<String, Object> map) {
        return map.get("environment") instanceof Map<?, ?> environment && environment.get("version") != null
                ? ", " + environment.get("version")
                : "";
    }

    private static Settings settings(Map<?, ?> map) {
        return new Settings(
                strings(map.get("models")),
                strings(map.get("regularizers")),
                (int) map.get("blocks"),
                ((Number) map.get("seed")).longValue(),
                (int) map.get("threads"),
                new Iterations((int) map.get("warmupIterations"), (int) map.get("measuredIterations"), (int)
                        map.get("iterationMillis")));
    }

    private static Environment environment(Map<?, ?> map) {
        return new Environment(
                new Machine(
                        (String) map.get("cpu"),
                        strings(map.get("vectorFlags")),
                        (int) map.get("cores"),
                        (String) map.get("caches"),
                        (String) map.get("governor"),
                        (String) map.get("quota")),
                (String) map.get("os"),
                (String) map.get("jdk"),
                strings(map.get("flags")),
                (String) map.get("kernels"),
                (int) map.get("threads"),
                (String) map.get("version"),
                (String) map.get("commit"));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    /** Each block must have each variant once, with a time. */
    private static void checkBlocks(CostResult result) {
        List<Variant> variants = result.settings().variants();
        List<Sample> samples = result.samples();
        for (int block = 1; block <= result.finished(); block++) {
            int number = block;
            List<Variant> found = samples.stream()
                    .filter(sample -> sample.block() == number)
                    .map(Sample::variant)
                    .toList();
            if (found.size() != variants.size() || !found.containsAll(variants)) {
                throw new IllegalArgumentException("block " + block + " has " + found + " in place of " + variants);
            }
        }
        int blocks = result.conditions().size();
        if (blocks != result.finished() || samples.size() != blocks * variants.size()) {
            throw new IllegalArgumentException(
                    samples.size() + " forks and " + blocks + " conditions of " + variants.size() + " variants");
        }
        for (Conditions block : result.conditions()) {
            if (!(block.rulerBefore() > 0 && block.rulerAfter() > 0)) {
                throw new IllegalArgumentException(
                        "the ruler takes " + block.rulerBefore() + " and " + block.rulerAfter() + " ns");
            }
        }
        for (Sample sample : samples) {
            double nanos = sample.timing().nanosPerStep();
            if (!(nanos > 0 && nanos < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a step takes " + nanos + " ns in " + sample.variant());
            }
        }
    }
}
