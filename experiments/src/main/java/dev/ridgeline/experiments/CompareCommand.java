package dev.ridgeline.experiments;

import dev.ridgeline.bench.cost.CompareReport;
import dev.ridgeline.bench.cost.Comparison;
import dev.ridgeline.bench.cost.Gate;
import dev.ridgeline.bench.cost.TimedRun;
import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.report.OutputFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code compare}: what changed between two runs, and whether a run keeps its limits. */
@Command(
        name = "compare",
        description = {
            "Compare two runs of cost, or two files that JMH wrote with -rf json; hold gates against the second.",
            "Says of each variant whether the time of its step and what the regularizer adds to it became slower, faster,"
                    + " stayed equivalent, or that the runs cannot tell. Runs that were measured under different conditions"
                    + " (processor, cores, caches, governor, quota, JDK, VM options, kernels, threads, iterations) are"
                    + " refused.",
            "A gate fails, with exit code 3, only when the whole 95 %% interval is beyond its limit. It is refused where the"
                    + " limit is below the noise floor of the run: then the exit code is 1, and no comparison is reported."
                    + " One file is enough for gates on what a regularizer adds."
        })
final class CompareCommand implements Callable<Integer> {
    /** The exit code of a breached gate. */
    static final int BREACHED = 3;

    /** What a gate amounts to whose limit lies within the interval. */
    enum Unclear {
        PASS,
        FAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The run before; or the only run, with --gate.")
    private Path first;

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "The run after.")
    private Path second;

    private final List<Gate> gates = new ArrayList<>();

    @Option(
            names = "--margin",
            paramLabel = "X",
            defaultValue = "1",
            description = "What changes by less than X %% is equivalent (default: ${DEFAULT-VALUE}).")
    private double margin;

    @Option(
            names = "--cannot-tell",
            paramLabel = "RESULT",
            defaultValue = "pass",
            description =
                    "Whether a gate whose limit lies within the interval passes or fails: ${COMPLETION-CANDIDATES}"
                            + " (default: ${DEFAULT-VALUE}).")
    private Unclear unclear;

    @Option(names = "--force", description = "Compare runs that were measured under different conditions.")
    private boolean force;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for compare.json, compare.md and compare.html, made if it is not there (default: none is written).")
    private Path out;

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "A limit, for example \"l2 on mnist128 <= 2%%\" (what l2 adds in the second run) or \"l2 on"
                    + " mnist128 slower <= 3%%\" (from the first run to the second). May be repeated.")
    private void addGates(List<String> texts) {
        gates.clear(); // picocli gives the whole list each time
        for (String text : texts) {
            try {
                gates.add(Gate.parse(text));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }

    @Override
    public Integer call() {
        if (second == null && gates.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "One file and no --gate; name a second file, or a gate");
        }
        if (second == null && out != null) {
            throw new ParameterException(spec.commandLine(), "--out is for a comparison; name a second file");
        }
        if (!(margin > 0 && margin < 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--margin is " + margin + "; it must be more than 0 and less than 100");
        }
        TimedRun run = TimedRun.read(second == null ? first : second);
        Comparison comparison = second == null ? null : Comparison.of(TimedRun.read(first), run, margin / 100, force);
        List<String> refusals = new ArrayList<>();
        List<Gate.Judged> judged = judge(run, comparison, refusals);
        if (comparison != null && refusals.isEmpty()) {
            report(new CompareReport(comparison, judged));
        }
        int code = ExitCode.OK;
        for (Gate.Judged gate : judged) {
            code = passes(gate) ? code : BREACHED;
        }
        refusals.forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getOut().flush();
        return refusals.isEmpty() ? code : ExitCode.SOFTWARE;
    }

    /** Judges every gate; what is refused goes to the refusals. */
    private List<Gate.Judged> judge(TimedRun run, Comparison comparison, List<String> refusals) {
        List<Gate.Judged> judged = new ArrayList<>();
        for (Gate gate : gates) {
            try {
                judged.add(gate.judge(run, comparison));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            } catch (IllegalStateException e) {
                refusals.add(e.getMessage());
            }
        }
        return judged;
    }

    private void report(CompareReport report) {
        PrintWriter text = spec.commandLine().getOut();
        text.println(CostCommand.ascii(report.lead()) + "\n");
        for (CompareReport.Table table : report.tables()) {
            text.println(table.heading());
            text.println(TextTable.of(table.header(), table.rows()));
        }
        report.notes().forEach(note -> text.println(CostCommand.ascii(note)));
        text.println();
        if (out != null) {
            try (OutputFolder folder = OutputFolder.open(out)) {
                report.write(folder).forEach(text::println);
            }
        }
    }

    /** Says what came of a gate; what fails is an error. */
    private boolean passes(Gate.Judged gate) {
        boolean passes = switch (gate.result()) {
            case HOLDS -> true;
            case BREACHED -> false;
            case CANNOT_TELL -> unclear == Unclear.PASS;
        };
        String outcome = gate.result() == Gate.Result.CANNOT_TELL
                ? " This " + unclear + (passes ? "es" : "s") + " (--cannot-tell " + unclear + ")."
                : "";
        CommandLine command = spec.commandLine();
        (passes ? command.getOut() : command.getErr()).println(gate + outcome);
        return passes;
    }
}
