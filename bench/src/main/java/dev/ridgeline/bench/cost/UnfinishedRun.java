package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The blocks that a run has finished, kept in the file {@value #FILE} of its output folder until it is done. So a run
 * that was interrupted can go on.
 */
public final class UnfinishedRun {
    /** The name of the file. */
    public static final String FILE = "unfinished.json";

    private static final String REMEDY = "; leave out --resume to start again";

    private final OutputFolder folder;

    /**
     * Makes access to a folder.
     *
     * @param folder where the run writes
     */
    public UnfinishedRun(OutputFolder folder) {
        this.folder = folder;
    }

    /**
     * Returns whether a run was interrupted here.
     *
     * @return true if there is a file
     */
    public boolean exists() {
        return folder.read(FILE).isPresent();
    }

    /**
     * Keeps what is finished, in one atomic step.
     *
     * @param result the run so far
     * @throws dev.ridgeline.report.OutputException if it cannot be written; what was kept before is then as it was
     */
    public void keep(CostResult result) {
        folder.write(FILE, Json.write(result.toMap()));
    }

    /**
     * Removes the file of a run whose reports are written.
     *
     * @throws dev.ridgeline.report.OutputException if it cannot be removed
     */
    public void remove() {
        folder.delete(FILE);
    }

    /**
     * Returns the interrupted run, to go on with.
     *
     * @param begun the run as it would begin here and now
     * @return the same with the blocks that were finished
     * @throws IllegalStateException if there is none, if its file is damaged, or if it was measured otherwise: the message
     *     names what differs
     */
    public CostResult resume(CostResult begun) {
        Optional<String> text = folder.read(FILE);
        if (text.isEmpty()) {
            throw new IllegalStateException(
                    "Nothing to resume: there is no " + FILE + " in \"" + folder.path() + "\"" + REMEDY);
        }
        try {
            CostResult resumed = resume(begun, Json.read(text.get()));
            if (resumed.samples().isEmpty()) {
                throw new IllegalStateException(
                        "Nothing to resume: " + FILE + " in \"" + folder.path() + "\" has no finished block" + REMEDY);
            }
            return resumed;
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new IllegalStateException(
                    "Cannot resume: " + FILE + " in \"" + folder.path() + "\" is damaged" + REMEDY, e);
        }
    }

    private static CostResult resume(CostResult begun, Map<String, Object> kept) {
        Map<String, Object> now = Json.read(Json.write(begun.toMap()));
        Object schemaVersion = Objects.requireNonNull(kept.get("schemaVersion"));
        refuseDifference("", "schemaVersion", schemaVersion, now.get("schemaVersion"));
        for (String part : List.of("settings", "environment")) {
            Map<?, ?> before = (Map<?, ?>) kept.get(part);
            Map<?, ?> after = (Map<?, ?>) now.get(part);
            Set<Object> keys = new LinkedHashSet<>(after.keySet());
            keys.addAll(before.keySet());
            keys.forEach(key -> refuseDifference(part + " ", key, before.get(key), after.get(key)));
        }
        List<Sample> samples = ((List<?>) kept.get("samples"))
                .stream().map(sample -> Sample.of((Map<?, ?>) sample)).toList();
        List<Conditions> conditions = ((List<?>) kept.get("conditions"))
                .stream().map(block -> Conditions.of((Map<?, ?>) block)).toList();
        List<Variant> variants = begun.settings().variants();
        if (!complete(samples, variants, conditions.size())) {
            throw new IllegalArgumentException(samples.size() + " forks and " + conditions.size() + " conditions of "
                    + variants.size() + " variants");
        }
        return new CostResult(
                begun.settings(),
                begun.environment(),
                Instant.parse((String) kept.get("started")),
                Duration.ofMillis(Math.round(1e3 * ((Number) kept.get("seconds")).doubleValue())),
                (int) kept.get("interruptions") + 1,
                samples,
                conditions);
    }

    /** Returns whether each block has each variant once and nothing else. */
    private static boolean complete(List<Sample> samples, List<Variant> variants, int blocks) {
        Map<Integer, List<Variant>> byBlock = samples.stream()
                .collect(
                        Collectors.groupingBy(Sample::block, Collectors.mapping(Sample::variant, Collectors.toList())));
        return byBlock.keySet().equals(IntStream.rangeClosed(1, blocks).boxed().collect(Collectors.toSet()))
                && byBlock.values().stream()
                        .allMatch(block -> block.size() == variants.size()
                                && Set.copyOf(block).equals(Set.copyOf(variants)));
    }

    private static void refuseDifference(String part, Object key, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            throw new IllegalStateException(
                    "Cannot resume: " + part + key + " was " + before + " in the interrupted run and is " + after
                            + " now; make it the same" + REMEDY.replace(";", ", or"));
        }
    }
}
