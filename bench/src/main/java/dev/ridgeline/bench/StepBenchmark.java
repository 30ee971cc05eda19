package dev.ridgeline.bench;

import dev.ridgeline.data.Batch;
import dev.ridgeline.kernel.Kernels;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.List;
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
 * One whole training step, {@link Model#step}: forward, loss, backward, update. The control of each regularizer is {@code
 * none} with the same model. Before the first iteration steps are taken until the JIT is done, 8 seconds at most; the
 * iterations of warm-up come after that.
 *
 * <p>Every iteration, and within it every 500th step, starts from the same weights and optimizer state. Otherwise units
 * that have died would decay into subnormal numbers, weights after 2,000 steps and Adam's moments after 800, and the
 * benchmark would measure those. Going back takes less than 0.2 % of the time, with a regularizer as without.
 *
 * <p>Matrix products of a step, in Mflop (a fused multiply-add counts as two; {@link StepModel#flops}):
 *
 * <pre>
 * iris       4-64-32-3            batch  120     1.7
 * mnist      784-128-64-10        batch   32    14.5
 * mnist128   784-128-64-10        batch  128    58.2
 * activity   4-512-256-64-32-3    batch  112   101.4
 * wide       784-1024-1024-10     batch  128  1224.2
 * lambda     10-15-1              batch 3240     2.2
 * conv       28x28x1-...-10       batch   32   121.0
 * </pre>
 *
 * <p>{@code conv} has two convolutions with 3 x 3 filters, 16 and 32 of them, each followed by ReLU and max pooling 2 x 2,
 * and a dense layer on the 5 x 5 x 32 values that are left.
 *
 * <p>The limit of a step, for one core of peak P (64 flops a cycle with 512-bit vectors, 259 GFLOP/s at 4.05 GHz) and
 * bandwidth B: flops/P for the products, and for the update the bytes of its fused loop over B, 12 for each parameter with
 * SGD (gradient and weight read, weight written), 28 with Adam. Activations, loss and dX cost nothing in this limit.
 *
 * <pre>
 *            flops/P     parameters    update                          limit
 * mnist128    225 us        109,386    1.3 MB from L2, 200 GB/s          7 us     231 us
 * wide       4726 us      1,863,690   22.4 MB from L3, 100 GB/s        224 us    4950 us
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class StepBenchmark {
    private static final long SEED = 42;

    /** The model, one of {@link Models}. */
    @Param({"iris", "mnist", "mnist128", "activity", "wide", "lambda", "conv"})
    public String model;

    /** The regularizer, one of the {@link Catalogue}. With a model that it is not for, the trial fails, and JMH goes on. */
    @Param({
        "none",
        "l1",
        "l2",
        "elasticnet",
        "weight-elimination",
        "l1-proximal",
        "group-lasso",
        "orthogonal",
        "maxnorm",
        "maxweight",
        "unitnorm",
        "nonnegative",
        "dropout",
        "alpha-dropout",
        "gaussian-dropout",
        "dropconnect",
        "spatial-dropout",
        "noise",
        "batchnorm",
        "layernorm",
        "groupnorm",
        "instancenorm",
        "activity-l1",
        "label-smoothing",
        "tikhonov"
    })
    public String regularizer;

    /** The threads of a step. */
    @Param("1")
    public int threads;

    /** After so many steps the model starts again. */
    static final int RESTART = 500;

    private Model trained;
    private Batch batch;
    private List<float[]> start;
    private int steps;

    /** Makes an empty state, as JMH needs it. */
    public StepBenchmark() {}

    /** Builds the model and its batch, and warms up. */
    @Setup(Level.Trial)
    public void prepare() {
        Kernels.expect(Double.POSITIVE_INFINITY);
        build();
        SteadyState.reach(this::step);
    }

    void build() {
        StepModel shape = Models.named(model);
        trained = shape.build(Catalogue.named(regularizer), SEED, threads);
        batch = shape.data(SEED);
        start = trained.parameters().stream().map(p -> p.value().clone()).toList();
    }

    /** Goes back to the first step. */
    @Setup(Level.Iteration)
    public void reset() {
        List<Parameter> parameters = trained.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            System.arraycopy(start.get(i), 0, parameters.get(i).value(), 0, start.get(i).length);
        }
        trained.resetOptimizer();
        steps = 0;
    }

    /**
     * Does one step.
     *
     * @return the loss
     */
    @Benchmark
    public double step() {
        if (steps == RESTART) {
            reset();
        }
        steps++;
        return trained.step(batch);
    }

    /** Ends the model's threads. */
    @TearDown
    public void close() {
        trained.close();
    }

    /** Returns what the steps have led to. */
    String digest() {
        return trained.digest();
    }
}
