package dev.ridgeline.kernel.reference;

/**
 * Activation functions and their derivatives. The arrays may be the same at the same offset. The scalar methods are the
 * formulas; {@link dev.ridgeline.kernel.Activations} says which derivative starts from the input and which from the
 * output.
 */
public final class Activations {
    /** The slope of leakyRelu below zero. */
    public static final float LEAK = 0.01f;

    /** 1/√(2π), the height of the normal density. */
    public static final float DENSITY = 0x1.988454p-2f;

    /** Mills' ratio is a polynomial in t = 1/(1 + MILLS·a). */
    public static final float MILLS = 0x1.6p-2f;

    // e^(a²/2)·Φ(-a)/t in powers of t, minimax to 2^-25 relative for 0 <= a <= 14
    public static final float M0 = 0x1.18d232p-3f;
    public static final float M1 = 0x1.19afd4p-3f;
    public static final float M2 = 0x1.de2a44p-4f;
    public static final float M3 = 0x1.cd7686p-4f;
    public static final float M4 = -0x1.42151cp-5f;
    public static final float M5 = 0x1.870916p-3f;
    public static final float M6 = -0x1.163f94p-2f;
    public static final float M7 = 0x1.269dcp-3f;
    public static final float M8 = -0x1.c7a688p-6f;

    private Activations() {}

    static float relu(float x) {
        return x <= 0 ? 0 : x;
    }

    static float reluGradient(float y, float dy) {
        return y > 0 ? dy : 0;
    }

    static float leakyRelu(float x) {
        return x <= 0 ? x * LEAK : x;
    }

    static float leakyReluGradient(float y, float dy) {
        return y > 0 ? dy : dy * LEAK;
    }

    static float elu(float x) {
        return x > 0 ? x : Elementary.expm1(x);
    }

    static float eluGradient(float x, float dy) {
        return dy * (x > 0 ? 1 : Elementary.exp(x));
    }

    /** x·Φ(x), where Φ(-a) = e^(-a²/2)·(Mills' ratio's polynomial) keeps its relative precision far below zero. */
    static float gelu(float x) {
        float tail = Elementary.exp(x * -0.5f * x) * mills(Math.abs(x));
        return x * (x < 0 ? tail : 1 - tail);
    }

    /** Φ(x) + x·φ(x), for x below zero Φ(-a) - a·φ(a), else 1 minus that. */
    static float geluGradient(float x, float dy) {
        float a = Math.abs(x);
        float tail = Elementary.exp(x * -0.5f * x) * Fma.fma(a, -DENSITY, mills(a));
        return dy * (x < 0 ? tail : 1 - tail);
    }

    /** e^(a²/2)·Φ(-a). */
    private static float mills(float a) {
        float t = 1 / Fma.fma(a, MILLS, 1);
        float p = Fma.fma(M8, t, M7);
        p = Fma.fma(p, t, M6);
        p = Fma.fma(p, t, M5);
        p = Fma.fma(p, t, M4);
        p = Fma.fma(p, t, M3);
        p = Fma.fma(p, t, M2);
        p = Fma.fma(p, t, M1);
        return Fma.fma(p, t, M0) * t;
    }

    static float silu(float x) {
        return x * Elementary.sigmoid(x);
    }

    /** s + x·s·(1 - s). */
    static float siluGradient(float x, float dy) {
        float s = Elementary.sigmoid(x);
        return dy * Fma.fma(x * s, 1 - s, s);
    }

    static float softplusGradient(float y, float dy) {
        return dy * -Elementary.expm1(-y);
    }

    static float tanhGradient(float y, float dy) {
        return dy * Fma.fma(-y, y, 1);
    }

    static float sigmoidGradient(float y, float dy) {
        return dy * (y * (1 - y));
    }

    /** Array form. */
    public static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = relu(x[xOffset + i]);
        }
    }

    /** Array form. */
    public static void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = reluGradient(y[yOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void leakyRelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = leakyRelu(x[xOffset + i]);
        }
    }

    /** Array form. */
    public static void leakyReluGradient(
            int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = leakyReluGradient(y[yOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void elu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = elu(x[xOffset + i]);
        }
    }

    /** Array form. */
    public static void eluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = eluGradient(x[xOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = gelu(x[xOffset + i]);
        }
    }

    /** Array form. */
    public static void geluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = geluGradient(x[xOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void silu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = silu(x[xOffset + i]);
        }
    }

    /** Array form. */
    public static void siluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = siluGradient(x[xOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void softplusGradient(
            int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = softplusGradient(y[yOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = tanhGradient(y[yOffset + i], dy[dyOffset + i]);
        }
    }

    /** Array form. */
    public static void sigmoidGradient(
            int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < n; i++) {
            dx[dxOffset + i] = sigmoidGradient(y[yOffset + i], dy[dyOffset + i]);
        }
    }
}
