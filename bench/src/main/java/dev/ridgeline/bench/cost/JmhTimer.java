package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.JmhFork;
import dev.ridgeline.bench.StepBenchmark;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

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
        Collection<RunResult> results;
        try {
            results = JmhFork.run(options(variant));
        } catch (JmhFork.ForkException e) {
            throw new CostException(
                    variant, e.log(), e.getCause() instanceof NoBenchmarksException none ? missing(none) : e);
        }
        if (results.size() != 1) {
            throw new CostException(
                    variant,
                    "",
                    new RunnerException("it is " + results.size()
                            + " benchmarks; give each parameter that has several values one of them"));
        }
        return timing(results.iterator().next());
    }

    private static RunnerException missing(NoBenchmarksException cause) {
        return new RunnerException(
                "the class path has no such benchmark; name class and method, and have JMH's annotation processor run when"
                        + " they are compiled",
                cause);
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
}
