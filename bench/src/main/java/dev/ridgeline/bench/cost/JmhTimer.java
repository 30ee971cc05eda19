package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.StepBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Times {@link StepBenchmark} with JMH, in a fresh fork each time. The fork has this VM's own options. */
public final class JmhTimer implements VariantTimer {
    private static final String BENCHMARK = "^" + Pattern.quote(StepBenchmark.class.getName() + ".step") + "$";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final int threads;
    private final Iterations iterations;

    /**
     * Makes a timer.
     *
     * @param settings how many threads, how long
     */
    public JmhTimer(Settings settings) {
        threads = settings.threads();
        iterations = settings.iterations();
    }

    @Override
    public Timing time(Variant variant) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            RunResult result = new Runner(
                            options(variant), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
                    .runSingle();
            return timing(result);
        } catch (RunnerException e) {
            waitIfShuttingDown();
            throw new CostException(variant, log.toString(StandardCharsets.UTF_8), e);
        }
    }

    private Options options(Variant variant) {
        TimeValue length = TimeValue.milliseconds(iterations.millis());
        return new OptionsBuilder()
                .include(BENCHMARK)
                .param("model", variant.model())
                .param("regularizer", variant.regularizer())
                .param("threads", Integer.toString(threads))
                .forks(1)
                .warmupIterations(iterations.warmups())
                .warmupTime(length)
                .measurementIterations(iterations.measured())
                .measurementTime(length)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
    }

    private static Timing timing(RunResult result) {
        List<Double> iterations = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return new Timing(
                result.getPrimaryResult().getScore(),
                allocated == null ? Double.NaN : allocated.getScore(),
                iterations);
    }

    /** A fork that Ctrl-C ended has not failed. This VM ends as well, and until then nobody should read of a failure. */
    private static void waitIfShuttingDown() {
        try {
            Thread.sleep(300); // the signal may have reached the fork first
            Runtime.getRuntime().removeShutdownHook(new Thread()); // throws during shutdown
        } catch (IllegalStateException e) {
            while (true) {
                LockSupport.park();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
