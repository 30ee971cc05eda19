package dev.ridgeline.experiments.study;

import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every study takes, for {@code @Mixin}. */
public final class StudyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of initial weights, masks and shuffles (default: ${DEFAULT-VALUE}).")
    private long seed;

    private int threads = Runtime.getRuntime().availableProcessors();

    private Path out;

    @Option(
            names = "--resume",
            description = "Go on with the run that was interrupted in this folder; options, data and release must be"
                    + " the same.")
    private boolean resume;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    /** Made by picocli. */
    public StudyOptions() {}

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Models trained at once; results do not depend on it (default: the number of processors).")
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

    /**
     * Checks a number that an option was given.
     *
     * @param option the option's name
     * @param number its value
     * @return the number
     * @throws ParameterException if it is below 1
     */
    public int atLeastOne(String option, int number) {
        if (number < 1) {
            throw new ParameterException(command.commandLine(), option + " is " + number + "; it must be at least 1");
        }
        return number;
    }

    /**
     * Returns the seed.
     *
     * @return the seed, or the first one of several
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns how many jobs run at once.
     *
     * @return at least 1
     */
    public int threads() {
        return threads;
    }

    /**
     * Returns whether no progress is to be shown.
     *
     * @return true with {@code --quiet}
     */
    public boolean quiet() {
        return quiet;
    }

    /**
     * Returns successive seeds.
     *
     * @param number how many
     * @return the seed and those after it
     */
    public long[] seeds(int number) {
        return LongStream.range(seed, seed + number).toArray();
    }

    /**
     * Opens the folder for the results, before the work and not after it: it proves that the folder can be written, keeps
     * other runs out of it, and with {@code --resume} reads what an interrupted run left there.
     *
     * @param configuration every option that the results depend on, beside the seed
     * @param data the SHA-256 of the data, see {@link Sha256}
     * @return the study under way
     * @throws dev.ridgeline.report.OutputException if the folder cannot be written, or another run writes there
     * @throws IllegalStateException if there is nothing to resume, or something else
     */
    public Study open(Map<String, ?> configuration, String data) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("seed", seed);
        all.putAll(configuration);
        OutputFolder folder = OutputFolder.open(out == null ? Path.of(command.name()) : out);
        try {
            Journal journal = new Journal(folder, Journal.header(command.name(), all, data));
            if (resume) {
                journal.resume();
            } else if (journal.exists()) {
                say("the interrupted run in " + folder.path() + " is given up; --resume would go on with it");
            }
            return new Study(command.name(), folder, journal, threads, quiet);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Tells the user something beside the results, on standard error, unless it is to be quiet.
     *
     * @param line a sentence
     */
    public void say(String line) {
        if (!quiet) {
            PrintWriter err = command.commandLine().getErr();
            err.println(command.name() + ": " + line);
            err.flush();
        }
    }
}
