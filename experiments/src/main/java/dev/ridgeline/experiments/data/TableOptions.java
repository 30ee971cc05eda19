package dev.ridgeline.experiments.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name the user's own table, for {@code @Mixin}. */
public final class TableOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "FILE.csv",
            description = "The table: CSV in UTF-8 with a header, cells separated by commas, semicolons or tabs.")
    private Path data;

    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
    private String target;

    private Task task;

    @Option(
            names = "--ignore",
            paramLabel = "COLUMN",
            description = "A column to leave out; may be given several times.")
    private Set<String> ignored = new LinkedHashSet<>();

    @Option(
            names = "--keep",
            paramLabel = "COLUMN",
            description = "A column to keep although it seems to name the rows; may be given several times.")
    private Set<String> kept = new LinkedHashSet<>();

    /** Made by picocli. */
    public TableOptions() {}

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification or regression (default: told by the target; text, or up to 10 different whole"
                    + " numbers, are classes).")
    private void setTask(String name) {
        task = Arrays.stream(Task.values())
                .filter(known -> known.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "--task is \"" + name + "\"; it is classification or regression"));
    }

    /**
     * Returns whether the user named a table, or said something of one.
     *
     * @return true with any of these options
     */
    public boolean given() {
        return data != null || target != null || task != null || !ignored.isEmpty() || !kept.isEmpty();
    }

    /**
     * Reads the table.
     *
     * @return the table
     * @throws ParameterException if file or target are not named
     * @throws IllegalArgumentException if the file cannot be read or nothing can be learnt from it
     */
    public Table read() {
        if (data == null || target == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "Missing " + (data == null ? "--data" : "--target")
                            + "; name a table and what to predict: --data FILE.csv --target COLUMN");
        }
        return Table.read(data, target, task, ignored, kept);
    }
}
