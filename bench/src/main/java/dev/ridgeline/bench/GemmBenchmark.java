package dev.ridgeline.bench;

import dev.ridgeline.kernel.Gemm;
import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Kernels;
import java.util.Arrays;
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
 * The matrix product C = A·B of M x K and K x N elements, one thread, through the checked shell ({@link #vector}), and
 * its control, the plain loops that it must equal bit for bit ({@link #reference}).
 *
 * <p>One operation is 2·M·K·N flops: GFLOP/s are 2·M·K·N / (ns per operation). A core that starts two fma of 16 floats
 * per cycle reaches 64 times its GHz. It moves at least 4·(M·K + K·N + M·N) bytes.
 *
 * <p>Form {@code tn} stores A transposed and {@code nt} B: M, K and N stay those of the product.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GemmBenchmark {
    /** M x K x N. */
    @Param({"128x784x128", "128x128x64", "128x64x10", "1024x1024x1024"})
    public String shape;

    /** Which operand is stored transposed: none, A or B. */
    @Param({"nn", "tn", "nt"})
    public String form;

    private int m;
    private int n;
    private int k;
    private float[] a;
    private float[] b;
    private float[] c;
    private GemmScratch scratch;

    /** Makes an unset state; JMH sets it. */
    public GemmBenchmark() {}

    /** Fills A and B with numbers in [-1, 1) and C with NaN, which no product may read. */
    @Setup(Level.Iteration)
    public void fill() {
        Kernels.expect(Double.POSITIVE_INFINITY);
        int[] sizes = sizes(shape);
        if (!form.equals("nn") && !form.equals("tn") && !form.equals("nt")) {
            throw new IllegalArgumentException("form " + form + ": use nn, tn or nt");
        }
        m = sizes[0];
        k = sizes[1];
        n = sizes[2];
        SplittableRandom random = new SplittableRandom(42);
        a = random(random, Math.multiplyExact(m, k));
        b = random(random, Math.multiplyExact(k, n));
        c = new float[Math.multiplyExact(m, n)];
        Arrays.fill(c, Float.NaN);
        scratch = new GemmScratch();
    }

    /**
     * The product that the library computes.
     *
     * @return C
     */
    @Benchmark
    public float[] vector() {
        switch (form) {
            case "tn" -> Gemm.tn(m, n, k, false, a, 0, m, b, 0, n, null, 0, scratch, c, 0, n);
            case "nt" -> Gemm.nt(m, n, k, false, a, 0, k, b, 0, k, null, 0, scratch, c, 0, n);
            default -> Gemm.nn(m, n, k, false, a, 0, k, b, 0, n, null, 0, scratch, c, 0, n);
        }
        return c;
    }

    /**
     * The same in plain loops.
     *
     * @return C
     */
    @Benchmark
    public float[] reference() {
        switch (form) {
            case "tn" -> dev.ridgeline.kernel.reference.Gemm.tn(m, n, k, false, a, 0, m, b, 0, n, null, 0, c, 0, n);
            case "nt" -> dev.ridgeline.kernel.reference.Gemm.nt(m, n, k, false, a, 0, k, b, 0, k, null, 0, c, 0, n);
            default -> dev.ridgeline.kernel.reference.Gemm.nn(m, n, k, false, a, 0, k, b, 0, n, null, 0, c, 0, n);
        }
        return c;
    }

    private static int[] sizes(String shape) {
        String[] parts = shape.split("x");
        if (parts.length != 3 || !shape.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException("shape " + shape + ": use MxKxN, three sizes from 1 to 99999");
        }
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])};
    }

    private static float[] random(SplittableRandom random, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = 2 * random.nextFloat() - 1;
        }
        return x;
    }
}
