package dev.ridgeline.bench;

import dev.ridgeline.data.Batch;
import dev.ridgeline.train.Model;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a new VM takes to build a model and do its first 100 steps: loading classes, interpreting, compiling. Once in each of
 * ten forks, the start of the VM (about 0.1 s) not counted. A step that runs once the JIT is done is {@link StepBenchmark}'s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ColdStartBenchmark {
    private static final long SEED = 42;
    private static final int STEPS = 100;

    /** The model, one of {@link Models}. */
    @Param("mnist")
    public String model;

    /** Makes an empty state, as JMH needs it. */
    public ColdStartBenchmark() {}

    /**
     * Builds the model without a regularizer and does its first steps.
     *
     * @return the digest of its weights
     */
    @Benchmark
    public String firstSteps() {
        StepModel shape = Models.named(model);
        try (Model trained = shape.build(Catalogue.named(Catalogue.NONE), SEED, 1)) {
            Batch batch = shape.data(SEED);
            for (int step = 0; step < STEPS; step++) {
                trained.step(batch);
            }
            return trained.digest();
        }
    }
}
