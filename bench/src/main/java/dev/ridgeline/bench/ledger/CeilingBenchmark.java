package dev.ridgeline.bench.ledger;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine can do: the ceilings of a roofline plot (Williams, Waterman and Patterson, 2009).
 *
 * <p>{@code fma} is the peak of f32 arithmetic: {@value #CHAINS} independent chains of fused multiply-adds in registers, more
 * than a core needs to hide their latency, without a load or a store.
 *
 * <p>{@code axpy} is the bandwidth of a level of the memory hierarchy, w ← w + s·g, the loop of a gradient step: 12 bytes an
 * element, two floats read and one written back to where it was read. So all bytes that move are counted; STREAM's triad
 * (McCalpin, 1995), which writes where it has not read, moves a third more than it counts.
 *
 * <p>JMH's option {@code -t} runs either on several threads, each with arrays of its own.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class CeilingBenchmark {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int ROUNDS = 10_000;

    /** An operation goes through its arrays until it has moved so much: a call costs nothing beside it. */
    private static final long LEAST = 1 << 20;

    /** Arrays made one after the other then start a quarter page apart, so that no load seems to follow a store. */
    private static final int GAP = 252;

    /** Makes the benchmark, as JMH needs it. */
    public CeilingBenchmark() {}

    /** The factors of the chains. */
    @State(Scope.Thread)
    public static class Chains {
        private final float[] factors = new float[2 * SPECIES.length()];

        /** Sets x ← x/2 + 1/4: the chains stay near 1/2. */
        public Chains() {
            Arrays.fill(factors, 0, SPECIES.length(), 0.5f);
            Arrays.fill(factors, SPECIES.length(), factors.length, 0.25f);
        }
    }

    /** The arrays of a thread. */
    @State(Scope.Thread)
    public static class Arena {
        /** The bytes of both arrays together. */
        @Param({"24576", "262144", "4194304", "268435456"})
        public long bytes;

        private int elements;
        private long passes;
        private float[] g;
        private float[] w;

        /** Makes an empty state, as JMH needs it. */
        public Arena() {}

        /** Makes the arrays. */
        @Setup
        public void fill() {
            elements = elements(bytes);
            passes = passes(bytes);
            g = new float[elements + GAP];
            w = new float[elements + GAP];
            Arrays.fill(g, 1);
            Arrays.fill(w, 1);
        }
    }

    /** Returns the elements of each of two arrays that take so many bytes together, a multiple of 16. */
    private static int elements(long bytes) {
        return Math.toIntExact(bytes / 8 / 16 * 16);
    }

    private static long passes(long bytes) {
        return Math.ceilDiv(LEAST, 12L * elements(bytes));
    }

    /**
     * Returns the flops of one operation of {@link #fma}.
     *
     * @return flops, a fused multiply-add counted as two
     */
    static long flops() {
        return 2L * CHAINS * ROUNDS * SPECIES.length();
    }

    /**
     * Returns the bytes that one operation of {@link #axpy} moves.
     *
     * @param workingSet the bytes of both arrays together
     * @return bytes read and written
     */
    static long bytesMoved(long workingSet) {
        return passes(workingSet) * 12 * elements(workingSet);
    }

    /**
     * Runs the chains.
     *
     * @param chains their factors
     * @return what they have come to
     */
    @Benchmark
    public float fma(Chains chains) {
        return chains(ROUNDS, chains.factors);
    }

    static float chains(int rounds, float[] factors) {
        FloatVector a = FloatVector.fromArray(SPECIES, factors, 0);
        FloatVector b = FloatVector.fromArray(SPECIES, factors, SPECIES.length());
        // formatter-off
        FloatVector c0 = b, c1 = b, c2 = b, c3 = b;
        FloatVector c4 = b, c5 = b, c6 = b, c7 = b;
        FloatVector c8 = b, c9 = b, c10 = b, c11 = b;
        for (int i = 0; i < rounds; i++) {
            c0 = c0.fma(a, b);   c1 = c1.fma(a, b);   c2  = c2.fma(a, b);    c3  = c3.fma(a, b);
            c4 = c4.fma(a, b);   c5 = c5.fma(a, b);   c6  = c6.fma(a, b);    c7  = c7.fma(a, b);
            c8 = c8.fma(a, b);   c9 = c9.fma(a, b);   c10 = c10.fma(a, b);   c11 = c11.fma(a, b);
        }
        FloatVector sum = c0.add(c1).add(c2.add(c3)).add(c4.add(c5).add(c6.add(c7))).add(c8.add(c9).add(c10.add(c11)));
        // formatter-on
        return sum.lane(0);
    }

    /**
     * Goes through the arrays of a working set.
     *
     * @param arena the arrays
     * @return w
     */
    @Benchmark
    public float[] axpy(Arena arena) {
        for (long pass = 0; pass < arena.passes; pass++) {
            axpy(arena.elements, 1e-6f, arena.g, arena.w);
        }
        return arena.w;
    }

    static void axpy(int n, float s, float[] g, float[] w) {
        for (int i = 0; i < n; i++) {
            w[i] = w[i] + s * g[i];
        }
    }
}
