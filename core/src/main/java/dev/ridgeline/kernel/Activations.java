package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Activation functions and their backward passes, element by element. NaN comes out as NaN, so that a broken model is
 * noticed; gelu and silu give NaN at -∞ and their derivatives at ±∞.
 *
 * <p>A backward pass computes dx = dy·f'. Where f' can be had from the output y = f(x), it is: that is cheaper; elu, gelu
 * and silu start from the input x. In a forward pass y may be x itself, in a backward pass dx may be
 * any of the inputs, at the same offset.
 */
public final class Activations {
    private Activations() {}

    /**
     * y = max(x, 0).
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ActivationsVector.relu(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.relu(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx = dy where y > 0, else 0 (so relu'(0) = 0).
     *
     * @param n the number of elements
     * @param y the output of the forward pass; not modified
     * @param yOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(yOffset, n, y.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.reluGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.reluGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = x where x > 0, else 0.01·x.
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void leakyRelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ActivationsVector.leakyRelu(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.leakyRelu(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx = dy where y > 0, else 0.01·dy.
     *
     * @param n the number of elements
     * @param y the output of the forward pass; not modified
     * @param yOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void leakyReluGradient(
            int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(yOffset, n, y.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.leakyReluGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.leakyReluGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = x where x > 0, else e^x - 1 (Clevert et al., 2015, α = 1).
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void elu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ActivationsVector.elu(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.elu(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx = dy where x > 0, else dy·eˣ. Far below zero y + 1 would be rounding error alone.
     *
     * @param n the number of elements
     * @param x the input of the forward pass; not modified
     * @param xOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void eluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.eluGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.eluGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = x/2·(1 + erf(x/√2)), the exact form (Hendrycks and Gimpel, 2016).
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ActivationsVector.gelu(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.gelu(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx = dy·(Φ(x) + x·φ(x)) with the normal distribution Φ and its density φ.
     *
     * @param n the number of elements
     * @param x the input of the forward pass; not modified
     * @param xOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void geluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.geluGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.geluGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = x/(1 + e^-x).
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void silu(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ActivationsVector.silu(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.silu(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx = dy·(s + x·s·(1 - s)), s = 1/(1 + e^-x).
     *
     * @param n the number of elements
     * @param x the input of the forward pass; not modified
     * @param xOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void siluGradient(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.siluGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.siluGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = log(1 + e^x).
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Elementary.softplus(n, x, xOffset, y, yOffset);
    }

    /**
     * dx = dy·(1 - e^-y).
     *
     * @param n the number of elements
     * @param y the output of the forward pass; not modified
     * @param yOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void softplusGradient(
            int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(yOffset, n, y.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.softplusGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.softplusGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = tanh x.
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Elementary.tanh(n, x, xOffset, y, yOffset);
    }

    /**
     * dx = dy·(1 - y²).
     *
     * @param n the number of elements
     * @param y the output of the forward pass; not modified
     * @param yOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(yOffset, n, y.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.tanhGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.tanhGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        }
    }

    /**
     * y = 1/(1 + e^-x).
     *
     * @param n the number of elements
     * @param x the input; not modified
     * @param xOffset where it starts
     * @param y the output; modified
     * @param yOffset where it starts
     */
    public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Elementary.sigmoid(n, x, xOffset, y, yOffset);
    }

    /**
     * dx = dy·y·(1 - y).
     *
     * @param n the number of elements
     * @param y the output of the forward pass; not modified
     * @param yOffset where it starts
     * @param dy the gradient to the output; not modified
     * @param dyOffset where it starts
     * @param dx the gradient to the input; modified
     * @param dxOffset where it starts
     */
    public static void sigmoidGradient(
            int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        Objects.checkFromIndexSize(yOffset, n, y.length);
        Objects.checkFromIndexSize(dyOffset, n, dy.length);
        Objects.checkFromIndexSize(dxOffset, n, dx.length);
        if (Kernels.vector(n)) {
            ActivationsVector.sigmoidGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        } else {
            dev.ridgeline.kernel.reference.Activations.sigmoidGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
        }
    }
}
