package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.StepBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Times benchmarks with JMH, in a fresh fork each time. The fork has this VM's own options and class path. */
public final class JmhTimer implements VariantTimer {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Function<Variant, JmhBenchmark> benchmarks;
    private final Iterations iterations;

    /**
     * Makes a timer of any benchmarks.
     *
     * @param benchmarks which one each variant stands for
     * @param iterations how long each fork runs
     */
    public JmhTimer(Function<Variant, JmhBenchmark> benchmarks, Iterations iterations) {
        this.benchmarks = benchmarks;
        this.iterations = iterations;
    }

    /**
     * Makes a timer of {@link StepBenchmark}.
     *
     * @param settings how many threads, how long
     */
    public JmhTimer(Settings settings) {
        this(variant -> step(variant, settings.threads()), settings.iterations());
    }

    private static JmhBenchmark step(Variant variant, int threads) {
        return JmhBenchmark.named(StepBenchmark.class.getName() + ".step")
                .with("model", variant.model())
                .with("regularizer", variant.regularizer())
                .with("threads", threads);
    }

    @Override
    public Timing time(Variant variant) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            Collection<RunResult> results = new Runner(
                            options(variant), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
                    .run();
            if (results.size() != 1) {
                throw new RunnerException("it is " + results.size()
                        + " benchmarks; give each parameter that has several values one of them");
            }
            return timing(results.iterator().next());
        } catch (NoBenchmarksException e) {
            String reason =
                    "the class path has no such benchmark; name class and method, and have JMH's annotation processor"
                            + " run when they are compiled";
            throw new CostException(variant, log.toString(StandardCharsets.UTF_8), new RunnerException(reason, e));
        } catch (RunnerException e) {
            waitIfShuttingDown();
            throw new CostException(variant, log.toString(StandardCharsets.UTF_8), e);
        }
    }

    private Options options(Variant variant) {
        TimeValue length = TimeValue.milliseconds(iterations.millis());
        JmhBenchmark benchmark = benchmarks.apply(variant);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.name()) + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(iterations.warmups())
                .warmupTime(length)
                .measurementIterations(iterations.measured())
                .measurementTime(length)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        benchmark.parameters().forEach(options::param);
        return options.build();
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
