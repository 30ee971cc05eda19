package dev.ridgeline.experiments;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.cost.CostException;
import dev.ridgeline.bench.cost.CostLedger;
import dev.ridgeline.bench.cost.CostReport;
import dev.ridgeline.bench.cost.CostResult;
import dev.ridgeline.bench.cost.CostRun;
import dev.ridgeline.bench.cost.Iterations;
import dev.ridgeline.bench.cost.JmhTimer;
import dev.ridgeline.bench.cost.Reading;
import dev.ridgeline.bench.cost.Ruler;
import dev.ridgeline.bench.cost.Schedule;
import dev.ridgeline.bench.cost.Settings;
import dev.ridgeline.bench.cost.UnfinishedRun;
import dev.ridgeline.bench.cost.VariantTimer;
import dev.ridgeline.bench.ledger.JmhLedgerTimer;
import dev.ridgeline.bench.ledger.Ledger;
import dev.ridgeline.bench.ledger.LedgerSection;
import dev.ridgeline.bench.ledger.LedgerTimer;
import dev.ridgeline.bench.peers.BesidePyTorch;
import dev.ridgeline.experiments.study.Progress;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.OutputException;
import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Section;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
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
            "Every model is timed with every regularizer that is for it once and without one twice, in a fresh JVM each, in blocks of random"
                    + " order. Prints noise floor, answer and one table; writes cost.json, report.md and report.html, which"
                    + " also say where the time of a step goes and how near it is to what the machine can do. The"
                    + " defaults (--quick) take 6 to 10 minutes; keep the machine otherwise idle.",
            "What is finished is kept after each block: after Ctrl-C, the same command with --resume goes on."
        })
final class CostCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final List<String> QUICK_MODELS = List.of("iris", "mnist128");
    private static final List<String> QUICK_REGULARIZERS = List.of("l1", "l2", "maxnorm", "dropout", "batchnorm");
    private static final int QUICK_BLOCKS = 10;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description =
                    "6 to 10 minutes, also the default: 2 models with 5 regularizers and none twice, in 10 blocks."
                            + " Excludes --models, --regularizers and --blocks, which change that.")
    private boolean quick;

    @Option(
            names = "--models",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = ModelNames.class,
            description = "Models, with commas between: ${COMPLETION-CANDIDATES} (default: iris,mnist128).")
    private List<String> models;

    @Option(
            names = "--regularizers",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = RegularizerNames.class,
            description = "Regularizers, with commas between, or " + ALL + ": ${COMPLETION-CANDIDATES} (default:"
                    + " l1,l2,maxnorm,dropout,batchnorm). none, which the others are compared with, is always measured,"
                    + " twice. One of your own goes by the full name of its class, see the README.")
    private List<String> regularizers;

    @Option(
            names = "--blocks",
            paramLabel = "N",
            description = "How often each variant is measured, at least 2; more narrow the intervals (default: 10).")
    private Integer blocks;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of the order within the blocks (default: ${DEFAULT-VALUE}).")
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

    @Option(
            names = "--resume",
            description =
                    "Go on with the run that was interrupted in this folder; settings, commit and machine must be the"
                            + " same.")
    private boolean resume;

    @Option(
            names = "--peers",
            paramLabel = "FILE",
            description = "The peers.json of a run of the profile peers: the report then also shows what the same"
                    + " regularizers add in PyTorch.")
    private Path peers;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    private final Function<Settings, VariantTimer> timers;
    private final Supplier<Reading> machine;
    private final Supplier<LedgerTimer> ledgerTimers;

    CostCommand() {
        this(JmhTimer::new, new Ruler(), JmhLedgerTimer::new);
    }

    CostCommand(
            Function<Settings, VariantTimer> timers, Supplier<Reading> machine, Supplier<LedgerTimer> ledgerTimers) {
        this.timers = timers;
        this.machine = machine;
        this.ledgerTimers = ledgerTimers;
    }

    @Override
    public Integer call() {
        Settings settings = settings();
        BesidePyTorch beside = peers == null ? null : BesidePyTorch.read(peers);
        try (OutputFolder folder = OutputFolder.open(out)) {
            UnfinishedRun unfinished = new UnfinishedRun(folder);
            CostReport report = measure(begin(settings, unfinished), beside, folder, unfinished);
            print(report, beside);
            write(report, folder, unfinished);
        }
        return 0;
    }

    private void print(CostReport report, BesidePyTorch beside) {
        PrintWriter text = spec.commandLine().getOut();
        text.println(ascii(report.lead()) + "\n");
        text.println(report.table());
        report.leftOut().ifPresent(pairs -> text.println(pairs + "\n"));
        if (beside != null) {
            text.println("Beside PyTorch, from " + peers + ":\n" + beside.text() + "\n");
        }
        text.flush();
    }

    private void write(CostReport report, OutputFolder folder, UnfinishedRun unfinished) {
        try {
            report.write(folder).forEach(spec.commandLine().getOut()::println);
        } catch (OutputException e) {
            throw unfinished.exists()
                    ? new IllegalStateException(
                            e.getMessage() + "; what was measured is kept, --resume goes on from it", e)
                    : e;
        }
        unfinished.remove();
    }

    private static List<Section> sections(BesidePyTorch beside, CostResult result, Ledger ledger) {
        List<Section> sections = new ArrayList<>();
        if (beside != null) {
            sections.add(
                    beside.section(String.valueOf(result.environment().toMap().get("cpu"))));
        }
        sections.addAll(new LedgerSection(ledger).sections());
        return sections;
    }

    Settings settings() {
        if (quick && (models != null || regularizers != null || blocks != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--quick excludes --models, --regularizers and --blocks; leave out --quick or the others");
        }
        try {
            return new Settings(
                    models == null ? QUICK_MODELS : models,
                    regularizers == null ? QUICK_REGULARIZERS : chosen(),
                    blocks == null ? QUICK_BLOCKS : blocks,
                    seed,
                    threads,
                    Iterations.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<String> chosen() {
        return regularizers.stream()
                .flatMap(name -> name.equals(ALL) ? Catalogue.names().stream() : Stream.of(name))
                .toList();
    }

    private CostResult begin(Settings settings, UnfinishedRun unfinished) {
        CostResult begun = CostResult.begin(settings, Environment.current(threads));
        if (resume) {
            return unfinished.resume(begun);
        }
        if (unfinished.exists()) {
            say("an interrupted run in " + out
                    + " is given up after the first block of this one; --resume goes on with it");
        }
        return begun;
    }

    private CostReport measure(CostResult begun, BesidePyTorch beside, OutputFolder folder, UnfinishedRun unfinished) {
        VariantTimer timer = timers.apply(begun.settings());
        try {
            Schedule schedule = begun.finished() < begun.settings().blocks()
                    ? Schedule.rehearse(begun.settings(), timer)
                    : Schedule.of(begun); // only the ledger or the reports are missing
            say(schedule.announce(begun));
            try (Progress progress = Progress.ofSeconds(spec.name(), schedule.leftWithLedger(begun), quiet)) {
                CostResult result = CostRun.measure(
                        begun,
                        timer,
                        machine,
                        variant -> progress.step(schedule.fork(variant)),
                        blocks -> keep(blocks, unfinished));
                Ledger ledger = CostLedger.measure(result, schedule, ledgerTimers.get(), progress::step);
                return new CostReport(result, sections(beside, result, ledger));
            }
        } catch (CostException e) {
            Path log = folder.write("failure.log", e.log());
            throw new IllegalStateException(e.getMessage() + "; what JMH printed is in " + log, e);
        }
    }

    /** A full disk may have room again before the run ends, so it does not end the run. */
    private void keep(CostResult result, UnfinishedRun unfinished) {
        try {
            unfinished.keep(result);
        } catch (OutputException e) {
            warn("block " + result.finished() + " is measured but not kept, --resume would repeat it: "
                    + e.getMessage());
        }
    }

    /** Tells the user how it goes, beside the result. */
    private void say(String line) {
        if (!quiet) {
            warn(line);
        }
    }

    private void warn(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("cost: " + line);
        err.flush();
    }

    /** A terminal may know no more than ASCII. */
    static String ascii(String text) {
        return text.replace("\u00b5", "u").replace("\u00b1", "+/-");
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
