package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.SteadyState;
import dev.ridgeline.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Where the time of a training step goes. Its score is the time of a round of steps with and without instruments and says
 * little; what counts are the times of the kernels, which {@link StepTimesProfiler} adds: {@code -prof
 * dev.ridgeline.bench.ledger.StepTimesProfiler}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 1, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TimedStepBenchmark {
    /** The step of this VM, for the profiler. */
    private static TimedStep current;

    /** The model, one of {@link dev.ridgeline.bench.Models}. */
    @Param("mnist128")
    public String model;

    /** The regularizer, one of the {@link dev.ridgeline.bench.Catalogue}. */
    @Param("none")
    public String regularizer;

    /** The threads of a step. */
    @Param("1")
    public int threads;

    private TimedStep step;

    /** Makes an empty state, as JMH needs it. */
    public TimedStepBenchmark() {}

    /** Builds the models and warms up. */
    @Setup(Level.Trial)
    public void prepare() {
        Kernels.expect(Double.POSITIVE_INFINITY);
        step = new TimedStep(model, regularizer, threads);
        current = step;
        SteadyState.reach(step::round);
    }

    /** Forgets what was measured before this iteration. */
    @Setup(Level.Iteration)
    public void forget() {
        step.forget();
    }

    /** Takes {@value TimedStep#STEPS_TAKEN} steps without instruments and as many with. */
    @Benchmark
    public void round() {
        step.round();
    }

    /** Returns what the measured iteration of this VM has shown so far. */
    static StepTimes times() {
        return current.times();
    }

    /** Ends the models' threads. */
    @TearDown
    public void close() {
        step.close();
    }
}
