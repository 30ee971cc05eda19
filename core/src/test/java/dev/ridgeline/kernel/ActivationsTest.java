package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationsTest {
    /** A backward pass, from the input or the output. */
    private interface Gradient {
        void apply(int n, float[] v, int vOffset, float[] dy, int dyOffset, float[] dx, int dxOffset);
    }

    /** The functions, with the formula in double as the truth. */
    enum Function {
        RELU(
                Activations::relu,
                dev.ridgeline.kernel.reference.Activations::relu,
                Activations::reluGradient,
                dev.ridgeline.kernel.reference.Activations::reluGradient,
                false,
                x -> Math.max(x, 0)),
        LEAKY_RELU(
                Activations::leakyRelu,
                dev.ridgeline.kernel.reference.Activations::leakyRelu,
                Activations::leakyReluGradient,
                dev.ridgeline.kernel.reference.Activations::leakyReluGradient,
                false,
                x -> x > 0 ? x : 0.01 * x),
        ELU(
                Activations::elu,
                dev.ridgeline.kernel.reference.Activations::elu,
                Activations::eluGradient,
                dev.ridgeline.kernel.reference.Activations::eluGradient,
                true,
                x -> x > 0 ? x : Math.expm1(x)),
        GELU(
                Activations::gelu,
                dev.ridgeline.kernel.reference.Activations::gelu,
                Activations::geluGradient,
                dev.ridgeline.kernel.reference.Activations::geluGradient,
                true,
                x -> x / 2 * (1 + ElementaryTest.erf(x / Math.sqrt(2)))),
        SILU(
                Activations::silu,
                dev.ridgeline.kernel.reference.Activations::silu,
                Activations::siluGradient,
                dev.ridgeline.kernel.reference.Activations::siluGradient,
                true,
                x -> x / (1 + Math.exp(-x))),
        SOFTPLUS(
                Activations::softplus,
                dev.ridgeline.kernel.reference.Elementary::softplus,
                Activations::softplusGradient,
                dev.ridgeline.kernel.reference.Activations::softplusGradient,
                false,
                x -> Math.log1p(Math.exp(x))),
        TANH(
                Activations::tanh,
                dev.ridgeline.kernel.reference.Elementary::tanh,
                Activations::tanhGradient,
                dev.ridgeline.kernel.reference.Activations::tanhGradient,
                false,
                Math::tanh),
        SIGMOID(
                Activations::sigmoid,
                dev.ridgeline.kernel.reference.Elementary::sigmoid,
                Activations::sigmoidGradient,
                dev.ridgeline.kernel.reference.Activations::sigmoidGradient,
                false,
                x -> 1 / (1 + Math.exp(-x)));

        private final ElementaryTest.Kernel shell;
        private final ElementaryTest.Kernel reference;
        private final Gradient gradient;
        private final Gradient gradientReference;
        private final boolean fromInput;
        private final DoubleUnaryOperator truth;

        Function(
                ElementaryTest.Kernel shell,
                ElementaryTest.Kernel reference,
                Gradient gradient,
                Gradient gradientReference,
                boolean fromInput,
                DoubleUnaryOperator truth) {
            this.shell = shell;
            this.reference = reference;
            this.gradient = gradient;
            this.gradientReference = gradientReference;
            this.fromInput = fromInput;
            this.truth = truth;
        }

        float at(float x) {
            float[] y = new float[1];
            shell.apply(1, new float[] {x}, 0, y, 0);
            return y[0];
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @EnumSource
    void forwardEqualsTheReference(Function f) {
        for (int n : ElementaryTest.SIZES) {
            float[] x = special(n, n + 5);
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
    }

    @Tag("bits")
    @ParameterizedTest
    @EnumSource
    void backwardEqualsTheReference(Function f) {
        for (int n : ElementaryTest.SIZES) {
            float[] v = special(n, n + 5);
            float[] dy = special(n + 100, n + 7);
            float[] vBefore = v.clone();
            float[] dyBefore = dy.clone();
            float[] expected = canaries(n + 6);
            float[] actual = canaries(n + 6);
            f.gradientReference.apply(n, v, 2, dy, 4, expected, 3);
            f.gradient.apply(n, v, 2, dy, 4, actual, 3);
            assertSameBits(expected, actual, f + " of " + n);
            assertSameBits(vBefore, v, "x or y");
            assertSameBits(dyBefore, dy, "dy");

            f.gradient.apply(n, v, 2, dy, 4, dy, 4);
            System.arraycopy(expected, 3, dyBefore, 4, n);
            assertSameBits(dyBefore, dy, f + " in place of " + n);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsTheFormula(Function f) {
        int n = 4001;
        float[] x = random(3, n, 12);
        float[] y = new float[n];
        f.shell.apply(n, x, 0, y, 0);
        for (int i = 0; i < n; i++) {
            double truth = f.truth.applyAsDouble(x[i]);
            // -5.5 is where the double formula of gelu itself has lost its digits
            assertEquals(truth, y[i], 1e-6 * Math.abs(truth) + (x[i] < -5.5 ? 1e-14 : 1e-30), () -> f + " of x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void backwardIsTheDerivative(Function f) {
        int n = 4001;
        float[] x = random(4, n, 8);
        float[] y = new float[n];
        float[] dy = random(5, n, 3);
        float[] dx = new float[n];
        double[] expected = new double[n];
        double h = 1e-5;
        for (int i = 0; i < n; i++) {
            x[i] = Math.abs(x[i]) < 1e-4f ? 1e-4f : x[i]; // relu has no derivative at 0
            expected[i] = dy[i] * (f.truth.applyAsDouble(x[i] + h) - f.truth.applyAsDouble(x[i] - h)) / (2 * h);
        }
        f.shell.apply(n, x, 0, y, 0);
        f.gradient.apply(n, f.fromInput ? x : y, 0, dy, 0, dx, 0);
        assertClose(expected, dx, 1e-6, f.name());
    }

    @ParameterizedTest
    @EnumSource
    void equalsTheReferenceWhenCompiled(Function f) {
        int n = 501;
        float[] x = special(8, n);
        float[] dy = random(9, n, 2);
        float[] expected = new float[n];
        float[] y = new float[n];
        float[] dx = new float[n];
        for (int i = 0; i < 2000; i++) {
            f.shell.apply(n, x, 0, y, 0);
            f.gradient.apply(n, x, 0, dy, 0, dx, 0);
        }
        f.reference.apply(n, x, 0, expected, 0);
        assertSameBits(expected, y, f.name());
        f.gradientReference.apply(n, x, 0, dy, 0, expected, 0);
        assertSameBits(expected, dx, f + "'");
    }

    @ParameterizedTest
    @EnumSource
    void nanStaysNan(Function f) {
        assertEquals(Float.NaN, f.at(Float.NaN));
        float[] y = new float[64];
        Arrays.fill(y, Float.NaN);
        f.shell.apply(64, y, 0, y, 0);
        for (float value : y) {
            assertEquals(Float.NaN, value);
        }
    }

    @Test
    void kinksTakeTheSlopeBelow() {
        float[] zeros = {0f, -0f};
        float[] dx = new float[2];
        Activations.reluGradient(2, zeros, 0, new float[] {3, 3}, 0, dx, 0);
        assertSameBits(new float[] {0, 0}, dx, "relu'(0)");
        Activations.leakyReluGradient(2, zeros, 0, new float[] {3, 3}, 0, dx, 0);
        assertSameBits(new float[] {3 * 0.01f, 3 * 0.01f}, dx, "leakyRelu'(0)");
        assertEquals(0f, Function.RELU.at(-0f));
    }

    @Test
    void geluKeepsItsPrecisionFarBelowZero() {
        // -10·Φ(-10), Φ(-10) = 7.61985302416052606597e-24
        assertEquals(-7.61985302416e-23, Function.GELU.at(-10f), 1e-28);
        assertTrue(Function.GELU.at(-1e30f) == 0);
    }

    @Test
    void eluGradientKeepsItsPrecisionFarBelowZero() {
        float[] x = {-6, -12, -20, -40, -80};
        float[] dx = new float[x.length];
        Activations.eluGradient(x.length, x, 0, new float[] {1, 1, 1, 1, 1}, 0, dx, 0);
        for (int i = 0; i < x.length; i++) {
            double expected = Math.exp(x[i]);
            assertEquals(expected, dx[i], 1e-6 * expected, "x = " + x[i]);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        float[] x = new float[8];
        assertThrows(IndexOutOfBoundsException.class, () -> Activations.relu(9, x, 0, new float[9], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Activations.gelu(8, x, 0, x, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Activations.tanhGradient(8, x, 0, x, 0, new float[7], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Activations.siluGradient(8, x, 0, new float[7], 0, x, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Activations.eluGradient(8, x, 1, x, 0, x, 0));
    }
}
