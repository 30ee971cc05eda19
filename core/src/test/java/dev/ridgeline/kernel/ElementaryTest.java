package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementaryTest {
    /** Sizes around every vector width, and primes. */
    static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 37, 61};

    /** A function of an array. */
    interface Kernel {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    /** The functions, with StrictMath in double as the truth. */
    enum Function {
        EXP(
                Elementary::exp,
                dev.ridgeline.kernel.reference.Elementary::exp,
                StrictMath::exp,
                0.95,
                -104f,
                88.72284f,
                88.7229f),
        EXPM1(
                Elementary::expm1,
                dev.ridgeline.kernel.reference.Elementary::expm1,
                StrictMath::expm1,
                1.54,
                -18f,
                88.7f),
        LOG(Elementary::log, dev.ridgeline.kernel.reference.Elementary::log, StrictMath::log, 0.96, 0.6875f, 1.375f),
        TANH(Elementary::tanh, dev.ridgeline.kernel.reference.Elementary::tanh, StrictMath::tanh, 1.46, 0.5625f, 9.01f),
        SIGMOID(
                Elementary::sigmoid,
                dev.ridgeline.kernel.reference.Elementary::sigmoid,
                ElementaryTest::sigmoid,
                1.72,
                -16.64f,
                -104f,
                20f),
        SOFTPLUS(
                Elementary::softplus,
                dev.ridgeline.kernel.reference.Elementary::softplus,
                ElementaryTest::softplus,
                1.6,
                -1f,
                1f),
        ERF(Elementary::erf, dev.ridgeline.kernel.reference.Elementary::erf, ElementaryTest::erf, 1.1, 0.875f, 3.93f),
        INVERSE_NORMAL(
                Elementary::inverseNormal,
                dev.ridgeline.kernel.reference.Elementary::inverseNormal,
                ElementaryTest::inverseNormal,
                2.96,
                0.158f,
                0.842f,
                0.25f,
                0.75f,
                0.5f);

        private final Kernel shell;
        private final Kernel reference;
        private final DoubleUnaryOperator truth;
        private final double ulps;
        private final float[] turns;

        Function(Kernel shell, Kernel reference, DoubleUnaryOperator truth, double ulps, float... turns) {
            this.shell = shell;
            this.reference = reference;
            this.truth = truth;
            this.ulps = ulps;
            this.turns = turns;
        }

        float at(float x) {
            float[] y = new float[1];
            shell.apply(1, new float[] {x}, 0, y, 0);
            return y[0];
        }

        /** Arguments of every magnitude, special values, and the places where the formula changes. */
        float[] arguments(long seed, int n) {
            float[] x = special(seed, n);
            float[] wide = random(seed + 7, n, 110);
            for (int i = 0; i < n; i += 3) {
                x[i] = wide[i];
            }
            for (int i = 1; i < n && i / 4 < turns.length; i += 4) {
                x[i] = turns[i / 4];
            }
            if (this == INVERSE_NORMAL) {
                for (int i = 2; i < n; i += 3) {
                    x[i] = Math.abs(x[i]) % 1; // a probability
                }
            }
            return x;
        }
    }

    /** Arguments that need no care: nothing overflows, underflows or is undefined. */
    static float[] ordinary(Function f, long seed, int n) {
        float[] x = random(seed, n, f == Function.INVERSE_NORMAL ? 0.5f : 80);
        for (int i = 0; i < n; i++) {
            switch (f) {
                case LOG -> x[i] = Math.abs(x[i]);
                case INVERSE_NORMAL -> x[i] += 0.5f;
                default -> {}
            }
        }
        return x;
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** 2/√π·e^-x²·Σ 2^n·x^(2n+1)/(2n+1)!!, a sum without cancellation. */
    static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double sum = x;
        double term = x;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / StrictMath.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    private static double inverseNormal(double p) {
        return p >= 0 && p <= 1 ? NormalDistribution.of(0, 1).inverseCumulativeProbability(p) : Double.NaN;
    }

    @Tag("bits")
    @ParameterizedTest
    @EnumSource
    void equalsTheReference(Function f) {
        for (int n : SIZES) {
            assertEqualsTheReference(f, n, f.arguments(n, n + 5));
            assertEqualsTheReference(f, n, ordinary(f, n, n + 5));
        }
    }

    private static void assertEqualsTheReference(Function f, int n, float[] x) {
        float[] before = x.clone();
        float[] expected = canaries(n + 6);
        float[] actual = canaries(n + 6);
        f.reference.apply(n, x, 2, expected, 3);
        f.shell.apply(n, x, 2, actual, 3);
        assertSameBits(expected, actual, f + " of " + n);
        assertSameBits(before, x, "x");

        f.shell.apply(n, x, 2, x, 2);
        System.arraycopy(expected, 3, before, 2, n);
        assertSameBits(before, x, f + " in place of " + n);
    }

    /** The compiled loop is another program than the interpreted one, and another where it meets only one kind. */
    @ParameterizedTest
    @EnumSource
    void equalsTheReferenceWhenCompiled(Function f) {
        int n = 1003;
        for (float[] x : new float[][] {ordinary(f, 5, n), f.arguments(5, n), ordinary(f, 6, n)}) {
            float[] expected = new float[n];
            float[] actual = new float[n];
            f.reference.apply(n, x, 0, expected, 0);
            for (int i = 0; i < 2000; i++) {
                f.shell.apply(n, x, 0, actual, 0);
            }
            assertSameBits(expected, actual, f.name());
            for (int i = 0; i < 2000; i++) {
                f.reference.apply(n, x, 0, expected, 0);
            }
            assertSameBits(actual, expected, f.name());
        }
    }

    /** Every 9973rd float; the bounds were found with all of them. */
    @ParameterizedTest
    @EnumSource
    void errorStaysWithinTheBound(Function f) {
        int n = 4096;
        float[] x = new float[n];
        float[] y = new float[n];
        long bits = Integer.MIN_VALUE;
        while (bits <= Integer.MAX_VALUE) {
            for (int i = 0; i < n; i++, bits += 9973) {
                x[i] = Float.intBitsToFloat((int) bits);
            }
            f.shell.apply(n, x, 0, y, 0);
            for (int i = 0; i < n; i++) {
                assertClose(f, x[i], y[i]);
            }
        }
        for (float turn : f.turns) {
            float from = turn;
            for (int i = 0; i < 200; i++) {
                from = Math.nextDown(from);
            }
            for (int i = 0; i < 400; i++, from = Math.nextUp(from)) {
                assertClose(f, from, f.at(from));
            }
        }
    }

    private static void assertClose(Function f, float x, float y) {
        double truth = f.truth.applyAsDouble(x);
        float rounded = (float) truth;
        if (Float.floatToIntBits(rounded) == Float.floatToIntBits(y)) {
            return;
        }
        double error = Math.abs(y - truth) / Math.ulp(rounded);
        assertTrue(error <= f.ulps, () -> f + "(" + x + ") = " + y + ", off by " + error + " ulp");
    }

    /** Runs of neighbouring floats, where a formula that is only nearly right goes up and down. */
    @ParameterizedTest
    @EnumSource
    void neverFalls(Function f) {
        int n = 30_000;
        float[] x = new float[n];
        float[] y = new float[n];
        for (float start : new float[] {
            -87.3f, -87.01f, -17.3f, -16.64f, -2f, -1.0005f, -0.5f, -0.249f, -0.03f, -1e-3f, 1e-30f, 1e-6f, 0.03f, 0.1f,
            0.1579f, 0.2f, 0.247f, 0.56f, 0.687f, 0.841f, 0.874f, 0.999f, 1.374f, 1.9f, 2f, 4f, 8.1f, 16f, 80f
        }) {
            x[0] = start;
            for (int i = 1; i < n; i++) {
                x[i] = Math.nextUp(x[i - 1]);
            }
            f.shell.apply(n, x, 0, y, 0);
            for (int i = 1; i < n; i++) {
                int at = i;
                assertFalse(y[i] < y[i - 1], () -> f + " falls at " + x[at]); // NaN beyond the domain does not
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nanStaysNan(Function f) {
        assertEquals(Float.NaN, f.at(Float.NaN));
        assertEquals(Float.NaN, f.at(Float.intBitsToFloat(0xFFC00001)));
        float[] x = new float[64];
        float[] y = new float[64];
        Arrays.fill(x, Float.intBitsToFloat(0xFFFFFFFF));
        f.shell.apply(64, x, 0, y, 0);
        for (float value : y) {
            assertEquals(Float.NaN, value);
        }
    }

    @Test
    void limitsAndZeros() {
        float infinity = Float.POSITIVE_INFINITY;
        assertEquals(infinity, Function.EXP.at(infinity));
        assertEquals(0f, Function.EXP.at(-infinity));
        assertEquals(1f, Function.EXP.at(-0f));
        assertEquals(infinity, Function.EXP.at(1e10f));
        assertEquals(0f, Function.EXP.at(-1e10f));
        assertEquals(Float.MIN_VALUE, Function.EXP.at(-103.9f));

        assertEquals(infinity, Function.EXPM1.at(infinity));
        assertEquals(-1f, Function.EXPM1.at(-infinity));
        assertEquals(-0f, Function.EXPM1.at(-0f));
        assertEquals(-Float.MIN_VALUE, Function.EXPM1.at(-Float.MIN_VALUE));

        assertEquals(infinity, Function.LOG.at(infinity));
        assertEquals(-infinity, Function.LOG.at(0f));
        assertEquals(-infinity, Function.LOG.at(-0f));
        assertEquals(0f, Function.LOG.at(1f));
        assertEquals(Float.NaN, Function.LOG.at(-Float.MIN_VALUE));
        assertEquals(Float.NaN, Function.LOG.at(-infinity));

        assertEquals(1f, Function.TANH.at(infinity));
        assertEquals(-1f, Function.TANH.at(-infinity));
        assertEquals(-0f, Function.TANH.at(-0f));
        assertEquals(Float.MIN_VALUE, Function.TANH.at(Float.MIN_VALUE));

        assertEquals(1f, Function.SIGMOID.at(infinity));
        assertEquals(0f, Function.SIGMOID.at(-infinity));
        assertEquals(0.5f, Function.SIGMOID.at(-0f));
        assertEquals(Float.MIN_VALUE, Function.SIGMOID.at(-103.9f));

        assertEquals(infinity, Function.SOFTPLUS.at(infinity));
        assertEquals(0f, Function.SOFTPLUS.at(-infinity));
        assertEquals((float) Math.log(2), Function.SOFTPLUS.at(0f));
        assertEquals(Float.MIN_VALUE, Function.SOFTPLUS.at(-103.9f));

        assertEquals(1f, Function.ERF.at(infinity));
        assertEquals(-1f, Function.ERF.at(-infinity));
        assertEquals(-0f, Function.ERF.at(-0f));

        assertEquals(-infinity, Function.INVERSE_NORMAL.at(0f));
        assertEquals(-infinity, Function.INVERSE_NORMAL.at(-0f));
        assertEquals(infinity, Function.INVERSE_NORMAL.at(1f));
        assertEquals(0f, Function.INVERSE_NORMAL.at(0.5f));
        for (float outside : new float[] {-Float.MIN_VALUE, Math.nextUp(1f), -infinity, infinity}) {
            assertEquals(Float.NaN, Function.INVERSE_NORMAL.at(outside));
        }
    }

    /** Noise has no drift: where 1 - p is exact, its quantile is that of p with the other sign. */
    @Test
    void inverseNormalIsOdd() {
        for (float p : random(3, 5000, 1)) {
            float upper = 0.5f + Math.abs(p) / 2;
            assertEquals(0, Function.INVERSE_NORMAL.at(upper) + Function.INVERSE_NORMAL.at(1 - upper));
        }
    }

    /** C2 inlines no hot method of more than 325 bytecodes; a vector that crosses a call is an object. */
    @ParameterizedTest
    @ValueSource(strings = {"ElementaryVector", "ActivationsVector", "LossesVector"})
    void methodsOnVectorsAreInlined(String name) throws IOException {
        int found = 0;
        try (InputStream in = Elementary.class.getResourceAsStream(name + ".class")) {
            for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                if (method.methodTypeSymbol().returnType().displayName().endsWith("Vector")) {
                    found++;
                    int length = method.findAttribute(Attributes.code())
                            .orElseThrow()
                            .codeLength();
                    assertTrue(length <= 325, () -> method.methodName() + " has " + length + " bytecodes");
                }
            }
        }
        assertTrue(found > 0);
    }

    @Test
    void refusesWhatDoesNotFit() {
        float[] x = new float[8];
        assertThrows(IndexOutOfBoundsException.class, () -> Elementary.exp(9, x, 0, new float[9], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Elementary.log(8, x, 0, new float[8], 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Elementary.tanh(1, x, -1, x, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Elementary.erf(-1, x, 0, x, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Elementary.inverseNormal(8, x, 1, new float[9], 0));
    }
}
