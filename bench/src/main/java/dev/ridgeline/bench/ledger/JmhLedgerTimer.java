package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.JmhFork;
import dev.ridgeline.bench.ledger.CacheSizes.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.LinuxPerfNormProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures with JMH. Where Linux's {@code perf} answers, the steps' VMs run under it. */
public final class JmhLedgerTimer implements LedgerTimer {
    /** At most so much of the heap is for the arrays in memory: JMH's own and the garbage of their making need some too. */
    private static final int HEAP_SHARE = 4;

    /** Many and short, as the best of them counts: what else runs on the machine misses some. */
    private static final int CEILING_ITERATIONS = 15;

    /** A warm-up is so many times as long as one of them. */
    private static final int WARM_UP = 5;

    private final Effort effort;
    private final String withoutCounters;

    /**
     * How much is measured.
     *
     * @param millis the length of one of the {@value #CEILING_ITERATIONS} iterations of a ceiling; a step has one, as long as
     *     all of them
     * @param forks in how many VMs the ceilings are measured
     * @param largest the largest working set, in bytes
     */
    record Effort(int millis, int forks, long largest) {
        static final Effort DEFAULT = new Effort(20, 2, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Makes a timer. */
    public JmhLedgerTimer() {
        this(Effort.DEFAULT);
    }

    JmhLedgerTimer(Effort effort) {
        this.effort = effort;
        String without = "";
        try {
            new LinuxPerfNormProfiler("");
        } catch (ProfilerException e) {
            without = e.getMessage().strip();
        }
        withoutCounters = without;
    }

    @Override
    public String withoutCounters() {
        return withoutCounters;
    }

    @Override
    public Ceilings ceilings(int threads) {
        List<Level> levels = CacheSizes.current().levels(threads, effort.largest());
        String[] sets =
                levels.stream().map(level -> Long.toString(level.workingSet())).toArray(String[]::new);
        Collection<RunResult> results = run(
                "the ceilings of the machine",
                options(CeilingBenchmark.class, effort.millis(), CEILING_ITERATIONS)
                        .forks(effort.forks())
                        .threads(threads)
                        .param("bytes", sets));
        double gigaflops = 0;
        Map<Long, Double> gigabytes = new LinkedHashMap<>();
        for (RunResult result : results) {
            String set = result.getParams().getParam("bytes");
            double nanos = fastest(result);
            if (set == null) {
                gigaflops = threads * CeilingBenchmark.flops() / nanos;
            } else {
                long bytes = Long.parseLong(set);
                gigabytes.put(bytes, threads * CeilingBenchmark.bytesMoved(bytes) / nanos);
            }
        }
        List<Ceilings.Bandwidth> bandwidths = new ArrayList<>();
        for (Level level : levels) {
            bandwidths.add(new Ceilings.Bandwidth(
                    level.name(), level.capacity(), level.workingSet(), gigabytes.get(level.workingSet())));
        }
        return new Ceilings(gigaflops, bandwidths);
    }

    private static double fastest(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(one -> one.getPrimaryResult().getScore())
                .min()
                .orElseThrow();
    }

    @Override
    public Measured step(String model, String regularizer, int threads) {
        ChainedOptionsBuilder options = options(TimedStepBenchmark.class, CEILING_ITERATIONS * effort.millis(), 1)
                .forks(1)
                .param("model", model)
                .param("regularizer", regularizer)
                .param("threads", Integer.toString(threads))
                .addProfiler(StepTimesProfiler.class);
        if (withoutCounters.isEmpty()) {
            options.addProfiler(LinuxPerfNormProfiler.class);
        }
        RunResult result = run(model + " " + regularizer, options).iterator().next();
        Map<String, Double> secondary = new LinkedHashMap<>();
        result.getSecondaryResults().forEach((label, value) -> secondary.put(label, ((Result<?>) value).getScore()));
        return measured(secondary);
    }

    /** Sorts the times of the kernels from what perf has counted in a round, which is made a count a step. */
    static Measured measured(Map<String, Double> results) {
        Map<String, Double> left = new LinkedHashMap<>(results);
        double whole = left.remove(StepTimesProfiler.WHOLE);
        double reading = left.remove(StepTimesProfiler.READING);
        List<Double> kernels = new ArrayList<>();
        while (left.containsKey(StepTimesProfiler.kernel(kernels.size()))) {
            kernels.add(left.remove(StepTimesProfiler.kernel(kernels.size())));
        }
        // CPI, IPC are ratios already
        left.replaceAll((label, value) ->
                label.equals("CPI") || label.equals("IPC") ? value : value / (2 * TimedStep.STEPS_TAKEN));
        return new Measured(new StepTimes(whole, reading, kernels), left);
    }

    private ChainedOptionsBuilder options(Class<?> benchmark, int millis, int iterations) {
        return new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName()) + "\\.")
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds((long) WARM_UP * effort.millis()))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis))
                .shouldFailOnError(true);
    }

    private static Collection<RunResult> run(String what, ChainedOptionsBuilder options) {
        try {
            return JmhFork.run(options.build());
        } catch (JmhFork.ForkException e) {
            throw new MeasurementException("Measuring " + what + " failed: " + e.getMessage(), e);
        }
    }
}
