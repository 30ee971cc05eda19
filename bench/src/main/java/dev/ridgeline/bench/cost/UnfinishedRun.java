package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
        String name = FILE + " in \"" + folder.path() + "\"";
        try {
            CostResult kept = CostFile.read(name, text.get(), "");
            if (kept.finished() == 0) {
                throw new IllegalStateException("Nothing to resume: " + name + " has no finished block" + REMEDY);
            }
            return resume(begun, kept);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Cannot resume: " + e.getMessage() + REMEDY, e);
        }
    }

    private static CostResult resume(CostResult begun, CostResult kept) {
        refuseDifference("settings", kept.settings().toMap(), begun.settings().toMap());
        refuseDifference(
                "environment", kept.environment().toMap(), begun.environment().toMap());
        return new CostResult(
                begun.settings(),
                begun.environment(),
                kept.started(),
                kept.took(),
                kept.interruptions() + 1,
                kept.samples(),
                kept.conditions());
    }

    private static void refuseDifference(String part, Map<String, Object> before, Map<String, Object> now) {
        for (Map.Entry<String, Object> field : now.entrySet()) {
            Object was = before.get(field.getKey());
            if (!Objects.equals(was, field.getValue())) {
                throw new IllegalStateException("Cannot resume: " + part + " " + field.getKey() + " was " + was
                        + " in the interrupted run and is " + field.getValue() + " now; make it the same"
                        + REMEDY.replace(";", ", or"));
            }
        }
    }
}
