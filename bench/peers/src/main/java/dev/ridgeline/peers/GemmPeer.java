package dev.ridgeline.peers;

import dev.ridgeline.bench.peers.Work;
import dev.ridgeline.kernel.reference.Gemm;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The product C = A·B in another library. Its control is Ridgeline's {@link dev.ridgeline.bench.GemmBenchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public abstract class GemmPeer {
    private static final int CHECKED_ELEMENTS = 1000;

    /** M x K x N. */
    @Param("128x784x128")
    public String shape;

    /** Makes an unset state; JMH sets it. */
    protected GemmPeer() {}

    /**
     * Hands the operands over, row-major, with numbers in [-1, 1).
     *
     * @param m the rows of A
     * @param k the columns of A
     * @param n the columns of B
     * @param a A
     * @param b B
     */
    protected abstract void load(int m, int k, int n, float[] a, float[] b);

    /**
     * Multiplies.
     *
     * @return the product, as the library has it
     */
    protected abstract Object multiply();

    /**
     * Returns the product.
     *
     * @return C, row-major
     */
    protected abstract float[] product();

    /** Loads the operands, and checks the library's product against plain loops: it must be the same work. */
    @Setup
    public final void prepare() {
        Work.Product product = Work.Product.of("nn", shape);
        int m = product.m();
        int k = product.k();
        int n = product.n();
        SplittableRandom random = new SplittableRandom(42);
        float[] a = random(random, m * k);
        float[] b = random(random, k * n);
        load(m, k, n, a, b);
        multiply();
        float[] c = product();
        int rows = Math.min(m, 1 + CHECKED_ELEMENTS / n);
        float[] expected = new float[rows * n];
        Gemm.nn(rows, n, k, false, a, 0, k, b, 0, n, null, 0, expected, 0, n);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(c[i] - expected[i]) <= 1e-5 * k)) {
                throw new IllegalStateException(
                        shape + ": element " + i + " is " + c[i] + " and should be " + expected[i]);
            }
        }
    }

    private static float[] random(SplittableRandom random, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = 2 * random.nextFloat() - 1;
        }
        return x;
    }

    /**
     * The product.
     *
     * @return C, as the library has it
     */
    @Benchmark
    public final Object gemm() {
        return multiply();
    }
}
