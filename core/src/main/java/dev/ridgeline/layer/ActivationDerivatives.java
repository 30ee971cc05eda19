package dev.ridgeline.layer;

import dev.ridgeline.kernel.Elementary;
import java.util.Arrays;

/**
 * f', f'' and f''' of an activation function, element by element. f' is the layer's own backward kernel, the others
 * follow from it by arithmetic: for tanh, sigmoid and softplus from y = f(z) and f', for elu from f', for gelu and silu from z. Where a function has a kink (relu, leaky relu) or bends abruptly (elu) at 0 they are those of the branch that it takes there.
 */
final class ActivationDerivatives {
    /** 1/√(2π), the height of the normal density. */
    private static final float DENSITY = 0x1.988454p-2f;

    private float[] first = new float[0];
    private float[] second = new float[0];
    private float[] third = new float[0];

    /** f'. */
    float[] first() {
        return first;
    }

    /** f''. */
    float[] second() {
        return second;
    }

    /** f'''. */
    float[] third() {
        return third;
    }

    void grow(int n) {
        first = Layer.atLeast(first, n);
        second = Layer.atLeast(second, n);
        third = Layer.atLeast(third, n);
    }

    /** Computes the elements from..to-1 at z, where y = f(z). */
    void at(Activation.Function function, int from, int to, float[] z, float[] y) {
        Arrays.fill(first, from, to, 1);
        function.gradient(to - from, 1, from, z, y, first);
        switch (function) {
            case LINEAR, RELU, LEAKY_RELU -> {
                Arrays.fill(second, from, to, 0);
                Arrays.fill(third, from, to, 0);
            }
            case ELU -> elu(from, to, y, first, second, third);
            case GELU -> gelu(from, to, z, second, third);
            case SILU -> silu(from, to, z, second, third);
            case SOFTPLUS -> softplus(from, to, first, second, third);
            case TANH -> tanh(from, to, y, first, second, third);
            case SIGMOID -> sigmoid(from, to, y, first, second, third);
            case SOFTMAX -> throw new IllegalArgumentException("softmax does not work element by element");
        }
    }

    /** f'' = f''' = eᶻ = f' below 0, else 0. */
    private static void elu(int from, int to, float[] y, float[] d1, float[] d2, float[] d3) {
        for (int i = from; i < to; i++) {
            float d = y[i] > 0 ? 0 : d1[i];
            d2[i] = d;
            d3[i] = d;
        }
    }

    /** With the normal density φ: f'' = φ·(2 - z²), f''' = φ·z·(z² - 4). */
    private static void gelu(int from, int to, float[] z, float[] d2, float[] d3) {
        for (int i = from; i < to; i++) {
            d2[i] = z[i] * -0.5f * z[i];
        }
        Elementary.exp(to - from, d2, from, d2, from);
        for (int i = from; i < to; i++) {
            float density = DENSITY * d2[i];
            float square = z[i] * z[i];
            d2[i] = density * (2 - square);
            d3[i] = density * z[i] * (square - 4);
        }
    }

    /** With s = 1/(1 + e⁻ᶻ) and its derivatives s', s'', s''': f'' = 2s' + z·s'', f''' = 3s'' + z·s'''. */
    private static void silu(int from, int to, float[] z, float[] d2, float[] d3) {
        Elementary.sigmoid(to - from, z, from, d2, from);
        for (int i = from; i < to; i++) {
            float s = d2[i];
            float s1 = s * (1 - s);
            float s2 = s1 * (1 - 2 * s);
            float s3 = s1 * (1 - 6 * s1);
            d2[i] = 2 * s1 + z[i] * s2;
            d3[i] = 3 * s2 + z[i] * s3;
        }
    }

    /** f'' = f'·(1 - f'), f''' = f''·(1 - 2f'). */
    private static void softplus(int from, int to, float[] d1, float[] d2, float[] d3) {
        for (int i = from; i < to; i++) {
            float d = d1[i] * (1 - d1[i]);
            d2[i] = d;
            d3[i] = d * (1 - 2 * d1[i]);
        }
    }

    /** f'' = -2y·f', f''' = f'·(4 - 6f'). */
    private static void tanh(int from, int to, float[] y, float[] d1, float[] d2, float[] d3) {
        for (int i = from; i < to; i++) {
            d2[i] = -2 * y[i] * d1[i];
            d3[i] = d1[i] * (4 - 6 * d1[i]);
        }
    }

    /** f'' = f'·(1 - 2y), f''' = f'·(1 - 6f'). */
    private static void sigmoid(int from, int to, float[] y, float[] d1, float[] d2, float[] d3) {
        for (int i = from; i < to; i++) {
            d2[i] = d1[i] * (1 - 2 * y[i]);
            d3[i] = d1[i] * (1 - 6 * d1[i]);
        }
    }
}
