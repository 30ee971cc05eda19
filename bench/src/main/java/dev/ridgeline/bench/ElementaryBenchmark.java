package dev.ridgeline.bench;

import dev.ridgeline.kernel.Elementary;
import dev.ridgeline.kernel.Kernels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.InverseErf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The elementary functions of 4096 floats in L1: nanoseconds per element of the library's ({@link #own}) and of its
 * control, the shortest form that the JDK's {@code lanewise} offers ({@link #peer}). For erf and the inverse normal it
 * offers none; their control is the scalar function of Commons Numbers, in double.
 *
 * <p>Arguments are uniform in [-10, 10), for log in (0, 10], for the inverse normal in (0, 1).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ElementaryBenchmark.N)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ElementaryBenchmark {
    static final int N = 4096;

    /** Half a page: no load then looks to the processor as if it followed the store before it (4-KiB aliasing). */
    static final int GAP = 512;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** The function. */
    @Param({"exp", "expm1", "log", "tanh", "sigmoid", "softplus", "erf", "inverse-normal"})
    public String function;

    private float[] x;
    private float[] y;

    /** Makes an unset state; JMH sets it. */
    public ElementaryBenchmark() {}

    /** Fills the arguments. */
    @Setup(Level.Iteration)
    public void fill() {
        Kernels.expect(Double.POSITIVE_INFINITY);
        SplittableRandom random = new SplittableRandom(42);
        x = new float[N];
        y = new float[GAP + N];
        for (int i = 0; i < N; i++) {
            float uniform = ((random.nextInt() >>> 9) + 0.5f) * 0x1p-23f;
            x[i] = switch (function) {
                case "inverse-normal" -> uniform;
                case "log" -> 10 * uniform;
                default -> 20 * uniform - 10;
            };
        }
    }

    /**
     * The function that the library computes.
     *
     * @return the results, from {@link #GAP} on
     */
    @Benchmark
    public float[] own() {
        switch (function) {
            case "exp" -> Elementary.exp(N, x, 0, y, GAP);
            case "expm1" -> Elementary.expm1(N, x, 0, y, GAP);
            case "log" -> Elementary.log(N, x, 0, y, GAP);
            case "tanh" -> Elementary.tanh(N, x, 0, y, GAP);
            case "sigmoid" -> Elementary.sigmoid(N, x, 0, y, GAP);
            case "softplus" -> Elementary.softplus(N, x, 0, y, GAP);
            case "erf" -> Elementary.erf(N, x, 0, y, GAP);
            case "inverse-normal" -> Elementary.inverseNormal(N, x, 0, y, GAP);
            default -> throw unknown();
        }
        return y;
    }

    /**
     * The same by others.
     *
     * @return the results, from {@link #GAP} on
     */
    @Benchmark
    public float[] peer() {
        switch (function) {
            case "exp" -> exp(x, y);
            case "expm1" -> expm1(x, y);
            case "log" -> log(x, y);
            case "tanh" -> tanh(x, y);
            case "sigmoid" -> sigmoid(x, y);
            case "softplus" -> softplus(x, y);
            case "erf" -> scalar(Erf::value, x, y);
            case "inverse-normal" -> scalar(p -> Math.sqrt(2) * InverseErf.value(2 * p - 1), x, y);
            default -> throw unknown();
        }
        return y;
    }

    private static void exp(float[] x, float[] y) {
        for (int i = 0; i < N; i += SPECIES.length()) {
            load(x, i).lanewise(VectorOperators.EXP).intoArray(y, GAP + i);
        }
    }

    private static void expm1(float[] x, float[] y) {
        for (int i = 0; i < N; i += SPECIES.length()) {
            load(x, i).lanewise(VectorOperators.EXPM1).intoArray(y, GAP + i);
        }
    }

    private static void log(float[] x, float[] y) {
        for (int i = 0; i < N; i += SPECIES.length()) {
            load(x, i).lanewise(VectorOperators.LOG).intoArray(y, GAP + i);
        }
    }

    private static void tanh(float[] x, float[] y) {
        for (int i = 0; i < N; i += SPECIES.length()) {
            load(x, i).lanewise(VectorOperators.TANH).intoArray(y, GAP + i);
        }
    }

    /** 1/(1 + e^-x). */
    private static void sigmoid(float[] x, float[] y) {
        for (int i = 0; i < N; i += SPECIES.length()) {
            FloatVector e = load(x, i).neg().lanewise(VectorOperators.EXP);
            FloatVector.broadcast(SPECIES, 1).div(e.add(1)).intoArray(y, GAP + i);
        }
    }

    /** log(1 + e^x), right only where e^x is finite. */
    private static void softplus(float[] x, float[] y) {
        for (int i = 0; i < N; i += SPECIES.length()) {
            load(x, i)
                    .lanewise(VectorOperators.EXP)
                    .lanewise(VectorOperators.LOG1P)
                    .intoArray(y, GAP + i);
        }
    }

    private static void scalar(DoubleUnaryOperator f, float[] x, float[] y) {
        for (int i = 0; i < N; i++) {
            y[GAP + i] = (float) f.applyAsDouble(x[i]);
        }
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(SPECIES, x, i);
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException("function " + function + ": there is none of that name");
    }
}
