package dev.ridgeline.experiments;

import dev.ridgeline.report.OutputFolder;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every study takes. */
final class StudyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of initial weights, masks and shuffles (default: ${DEFAULT-VALUE}).")
    private long seed;

    private int threads = 1;

    private Path out;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of a training step; results do not depend on it (default: 1).")
    private void setThreads(int number) {
        threads = atLeastOne("--threads", number);
    }

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results, made if it is not there (default: ${COMMAND-NAME}, below the"
                    + " current folder).")
    private void setOut(Path folder) {
        if (folder.toString().isBlank()) {
            throw new ParameterException(command.commandLine(), "--out is empty; name a folder");
        }
        out = folder;
    }

    /** Returns the number, or refuses it as wrong usage. */
    int atLeastOne(String option, int number) {
        if (number < 1) {
            throw new ParameterException(command.commandLine(), option + " is " + number + "; it must be at least 1");
        }
        return number;
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    boolean quiet() {
        return quiet;
    }

    /** Opens the folder for the results and proves that it can be written: before the work, not after it. */
    OutputFolder openOut() {
        return OutputFolder.open(out == null ? Path.of(command.name()) : out);
    }
}
