package dev.ridgeline.experiments;

import dev.ridgeline.experiments.study.Progress;
import dev.ridgeline.experiments.study.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code functions}: holds the elementary functions against the truth at every float. */
@Command(
        name = "functions",
        description = {
            "Check the elementary functions at all 2^32 floats.",
            "Prints for each function the largest error, in units of the last place (ulp) of the exact result, and where"
                    + " it is; whether ±0, ±∞, NaN and subnormals are right; whether the function never falls from a"
                    + " float to the next. The truth is computed in double by StrictMath, for erf and the inverse"
                    + " normal by Commons Numbers. Exits with 1 if a function is not what it must be."
        })
final class FunctionsCommand implements Callable<Integer> {
    private static final List<String> HEADER =
            List.of("function", "largest error (ulp)", "allowed", "at", "special values", "monotone");

    private final List<CheckedFunction> known;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = FunctionNames.class,
            description = "Functions: ${COMPLETION-CANDIDATES} (default: all).")
    private List<String> names = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--stride",
            paramLabel = "N",
            defaultValue = "1",
            description = "Look at every Nth float only (default: ${DEFAULT-VALUE}, all of them).")
    private int stride;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    FunctionsCommand() {
        this(CheckedFunction.ALL);
    }

    FunctionsCommand(List<CheckedFunction> known) {
        this.known = known;
    }

    @Override
    public Integer call() throws InterruptedException {
        atLeastOne("--threads", threads);
        atLeastOne("--stride", stride);
        List<FunctionScan> scans = new ArrayList<>();
        List<CheckedFunction> functions = functions();
        try (Progress progress = Progress.of(spec.name(), (long) functions.size() * FunctionScan.BLOCKS, quiet);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (CheckedFunction function : functions) {
                scans.add(scan(new FunctionScan(function, stride, progress::step), pool));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextTable.of(HEADER, scans.stream().map(FunctionsCommand::row).toList()));
        out.flush();
        return scans.stream().allMatch(FunctionScan::holds) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private FunctionScan scan(FunctionScan scan, ExecutorService pool) throws InterruptedException {
        List<Future<?>> parts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            parts.add(pool.submit(scan::run));
        }
        for (Future<?> part : parts) {
            try {
                part.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(scan.function().name() + " failed: " + e.getCause(), e);
            }
        }
        return scan;
    }

    private static List<String> row(FunctionScan scan) {
        return List.of(
                scan.function().name(),
                String.format(Locale.ROOT, "%.4f", scan.largest()),
                String.format(Locale.ROOT, "%.0f", scan.function().bound()),
                scan.where() + " (" + Float.toHexString(scan.where()) + ")",
                scan.special() ? "right" : "WRONG",
                scan.monotone() ? "yes" : "NO");
    }

    private List<CheckedFunction> functions() {
        List<CheckedFunction> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(known.stream()
                    .filter(function -> function.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "Unknown function \"" + name + "\": there are "
                                    + String.join(
                                            ", ",
                                            known.stream()
                                                    .map(CheckedFunction::name)
                                                    .toList()))));
        }
        return chosen.isEmpty() ? known : chosen;
    }

    private void atLeastOne(String option, int number) {
        if (number < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + number + "; it must be at least 1");
        }
    }

    /** The functions, for help and completion. */
    static final class FunctionNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return CheckedFunction.ALL.stream().map(CheckedFunction::name).iterator();
        }
    }
}
