package dev.ridgeline.experiments;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.cost.CostException;
import dev.ridgeline.bench.cost.CostReport;
import dev.ridgeline.bench.cost.CostResult;
import dev.ridgeline.bench.cost.CostRun;
import dev.ridgeline.bench.cost.Iterations;
import dev.ridgeline.bench.cost.JmhTimer;
import dev.ridgeline.bench.cost.Settings;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code cost}: measures what each regularizer adds to a training step. */
@Command(
        name = "cost",
        description = {
            "Measure what each regularizer adds to a training step (forward, loss, backward, update).",
            "Every model is timed with every regularizer that is for it and without one, in a fresh JVM each, in rounds of random order."
                    + " Prints one table; writes cost.json, report.md and report.html. The defaults take 4 to"
                    + " 5 minutes; keep the machine otherwise idle."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CostCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--models",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "iris,mnist",
            completionCandidates = ModelNames.class,
            description = "Models, with commas between: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<String> models;

    @Option(
            names = "--regularizers",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "l1,l2,elasticnet,weight-elimination,maxnorm,maxweight,dropout,batchnorm,activity-l1",
            completionCandidates = RegularizerNames.class,
            description = "Regularizers, with commas between, or " + ALL + ": ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}). none, which the others are compared with, is always measured.")
    private List<String> regularizers;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each variant is measured, at least 2; more narrow the intervals (default:"
                    + " ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of the order within the rounds (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of a training step (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bench/target/cost",
            description = "Folder for the reports, made if it is not there (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() {
        Settings settings = settings();
        OutputFolder folder = OutputFolder.open(out);
        CostReport report = new CostReport(measure(settings, folder));
        List<Path> files = report.write(folder);
        PrintWriter text = spec.commandLine().getOut();
        text.println(report.table());
        report.leftOut().ifPresent(pairs -> text.println(pairs + "\n"));
        report.doubt().ifPresent(doubt -> text.println(doubt + "\n"));
        files.forEach(text::println);
        text.flush();
        return 0;
    }

    Settings settings() {
        try {
            List<String> chosen = regularizers.stream()
                    .flatMap(name -> name.equals(ALL) ? Catalogue.names().stream() : Stream.of(name))
                    .toList();
            return new Settings(models, chosen, rounds, seed, threads, Iterations.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private CostResult measure(Settings settings, OutputFolder folder) {
        try (Progress progress = Progress.of(spec.name(), settings.forks(), quiet)) {
            return CostRun.measure(settings, new JmhTimer(settings), sample -> progress.step());
        } catch (CostException e) {
            Path log = folder.write("failure.log", e.log());
            throw new IllegalStateException(e.getMessage() + "; what JMH printed is in " + log, e);
        }
    }

    /** The models, for help and completion. */
    static final class ModelNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Models.names().iterator();
        }
    }

    /** The regularizers, for help and completion. */
    static final class RegularizerNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Catalogue.names().iterator();
        }
    }
}
