package dev.ridgeline.bench;

import dev.ridgeline.kernel.PenaltyGradient;
import dev.ridgeline.kernel.Update;
import dev.ridgeline.kernel.WeightProjection;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The fused update of one tensor, one thread: gradient, penalty, rule and projection in one pass. {@code user} is a
 * penalty that the core does not know, {@code none} is the rule alone.
 *
 * <p>The control is {@code copy}, a copy-shaped loop that moves the same bytes: it reads and writes the same arrays of
 * the same size, and one addition an element is all its arithmetic. For SGD, which reads g and w and writes w, w ← w +
 * g; for momentum and RMSprop, which also read and write v, (v, w) ← (w, v + g); for Adam (m, v, w) ← (v, w, m + g).
 *
 * <p>One operation moves 12 bytes an element for SGD, 20 for momentum and RMSprop, 28 for Adam: GB/s are size·bytes / (ns per
 * operation). The sizes lie in caches of 48 KiB, 1 MiB and 32 MiB, and in memory.
 *
 * <p>Gradients lie in [0.5, 1) and the rate is so small that a second of updates moves no weight far: neither subnormal
 * numbers nor infinities come up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class UpdateBenchmark {
    private static final float RATE = 1e-6f;
    private static final float LAMBDA = 0.1f;

    /**
     * Arrays made one after the other then start a quarter page apart: no load looks to the processor as if it followed
     * the store before it (4-KiB aliasing), and all lie alike in their cache lines.
     */
    private static final int GAP = 252;

    /** The update rule. */
    @Param({"sgd", "momentum", "rmsprop", "adam"})
    public String rule;

    /** What is fused into the rule, or the control. */
    @Param({"copy", "none", "l1", "l2", "elasticnet", "weight-elimination", "l1-proximal", "maxweight", "user"})
    public String regularizer;

    /** The floats of the tensor: in L1, in L2, in L3, in memory. */
    @Param({"2048", "65536", "1048576", "16777216"})
    public int size;

    private PenaltyGradient penalty;
    private WeightProjection projection;
    private Runnable loop;
    float[] g;
    float[] m;
    float[] v;
    float[] w;

    /** Makes an unset state; JMH sets it. */
    public UpdateBenchmark() {}

    /**
     * Pseudo-Huber: λ Σ(√(1 + w²) - 1), gradient λw/√(1 + w²).
     *
     * @param lambda λ
     */
    record PseudoHuber(float lambda) implements Regularizer {
        @Override
        public double value(float w) {
            return lambda * (Math.sqrt(1 + (double) w * w) - 1);
        }

        @Override
        public float gradient(float w) {
            return lambda * w / (float) Math.sqrt(1 + w * w);
        }
    }

    /** Fills the arrays and fetches the loop. */
    @Setup(Level.Iteration)
    public void fill() {
        SplittableRandom random = new SplittableRandom(42);
        g = new float[size + GAP];
        m = new float[size + GAP];
        v = new float[size + GAP];
        w = new float[size + GAP];
        for (int i = 0; i < size; i++) {
            g[i] = 0.5f + 0.5f * random.nextFloat();
            m[i] = g[i];
            v[i] = g[i];
            w[i] = 2 * random.nextFloat() - 1;
        }
        penalty = penalty();
        projection = regularizer.equals("maxweight") ? new MaxWeight(0.5f) : WeightProjection.NONE;
        loop = regularizer.equals("copy") ? copy() : rule();
    }

    /**
     * The update, or the control.
     *
     * @return the weights, in front of the gap
     */
    @Benchmark
    public float[] update() {
        loop.run();
        return w;
    }

    private PenaltyGradient penalty() {
        return switch (regularizer) {
            case "copy", "none", "maxweight" -> PenaltyGradient.NONE;
            case "l1" -> new L1(LAMBDA);
            case "l2" -> new L2(LAMBDA);
            case "elasticnet" -> new ElasticNet(LAMBDA, LAMBDA);
            case "weight-elimination" -> new WeightElimination(LAMBDA, 1);
            case "l1-proximal" -> new ProximalL1(LAMBDA);
            case "user" -> new PseudoHuber(LAMBDA);
            default ->
                throw new IllegalArgumentException("regularizer " + regularizer + ": there is none of that name");
        };
    }

    private Runnable rule() {
        switch (rule) {
            case "sgd" -> {
                Update.Sgd sgd = Update.sgd(penalty, projection);
                return () -> sgd.step(RATE, 1, penalty, projection, 0, size, g, w);
            }
            case "momentum" -> {
                Update.Momentum momentum = Update.momentum(false, penalty, projection);
                return () -> momentum.step(RATE, 0.9f, 1, penalty, projection, 0, size, g, v, w);
            }
            case "rmsprop" -> {
                Update.RmsProp rmsProp = Update.rmsProp(penalty, projection);
                return () -> rmsProp.step(RATE, 0.99f, 0.01f, 1e-8f, 1, penalty, projection, 0, size, g, v, w);
            }
            case "adam" -> {
                Update.Adam adam = Update.adam(penalty, projection);
                return () -> adam.step(
                        RATE, 1, 0.1f, 0.999f, 0.001f, 1e-8f, 1, RATE, 1, penalty, projection, 0, size, g, m, v, w);
            }
            default -> throw unknownRule();
        }
    }

    private Runnable copy() {
        return switch (rule) {
            case "sgd" -> () -> copySgd(size, g, w);
            case "momentum", "rmsprop" -> () -> copyMomentum(size, g, v, w);
            case "adam" -> () -> copyAdam(size, g, m, v, w);
            default -> throw unknownRule();
        };
    }

    private static void copySgd(int n, float[] g, float[] w) {
        for (int i = 0; i < n; i++) {
            w[i] = w[i] + g[i];
        }
    }

    private static void copyMomentum(int n, float[] g, float[] v, float[] w) {
        for (int i = 0; i < n; i++) {
            float sum = v[i] + g[i];
            v[i] = w[i];
            w[i] = sum;
        }
    }

    private static void copyAdam(int n, float[] g, float[] m, float[] v, float[] w) {
        for (int i = 0; i < n; i++) {
            float sum = m[i] + g[i];
            m[i] = v[i];
            v[i] = w[i];
            w[i] = sum;
        }
    }

    private IllegalArgumentException unknownRule() {
        return new IllegalArgumentException("rule " + rule + ": use sgd, momentum, rmsprop or adam");
    }
}
