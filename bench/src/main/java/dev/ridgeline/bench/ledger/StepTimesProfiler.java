package dev.ridgeline.bench.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Adds the times of the kernels to the results of {@link TimedStepBenchmark}. */
public final class StepTimesProfiler implements InternalProfiler {
    static final String WHOLE = "whole";
    static final String READING = "reading";
    private static final String KERNEL = "kernel";
    private static final String UNIT = "ns";

    /** Makes the profiler, as JMH needs it. */
    public StepTimesProfiler() {}

    /** Returns the label of a kernel's time. */
    static String kernel(int i) {
        return KERNEL + i;
    }

    @Override
    public String getDescription() {
        return "The time of each kernel of a training step";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        StepTimes times = TimedStepBenchmark.times();
        List<Result<?>> results = new ArrayList<>();
        results.add(new ScalarResult(WHOLE, times.wholeNanos(), UNIT, AggregationPolicy.AVG));
        results.add(new ScalarResult(READING, times.readingNanos(), UNIT, AggregationPolicy.AVG));
        for (int i = 0; i < times.kernelNanos().size(); i++) {
            double nanos = times.kernelNanos().get(i);
            results.add(new ScalarResult(kernel(i), nanos, UNIT, AggregationPolicy.AVG));
        }
        return results;
    }
}
