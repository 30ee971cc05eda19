package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Elementary functions of whole arrays, the same bits on every machine and at every vector width. In every method y may
 * be x itself at the same offset. The largest error over all 2^32 arguments stands at each method (against
 * {@link StrictMath} in double, in units of the last place of the exact result). All functions rise or stay from each
 * float to the next, take and give subnormal numbers, keep NaN, and are exact at ±0 and ±∞.
 */
public final class Elementary {
    private Elementary() {}

    /**
     * y = e^x. Maximum error 0.95 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.exp(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.exp(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = e^x - 1, accurate near zero. Maximum error 1.53 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.expm1(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.expm1(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = the natural logarithm of x: -∞ at ±0, NaN below. Maximum error 0.96 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.log(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.log(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = tanh x. Maximum error 1.45 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.tanh(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.tanh(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = 1/(1 + e^-x). Maximum error 1.72 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.sigmoid(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.sigmoid(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = log(1 + e^x). Maximum error 1.55 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.softplus(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.softplus(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = the error function, 2/√π·∫ e^-t² dt from 0 to x. Maximum error 1.08 ulp.
     *
     * @param n the number of elements
     * @param x the arguments; not modified
     * @param xOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.erf(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.erf(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = Φ⁻¹(p), the inverse of the standard normal distribution function: what p uniform in (0, 1) turns into is
     * Gaussian with mean 0 and variance 1. It is -∞ at 0, ∞ at 1, NaN outside, and odd about 1/2. Maximum error 2.96 ulp.
     *
     * @param n the number of elements
     * @param p the probabilities; not modified
     * @param pOffset where they start
     * @param y the results; modified
     * @param yOffset where they start
     */
    public static void inverseNormal(int n, float[] p, int pOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(pOffset, n, p.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        if (Kernels.vector(n)) {
            ElementaryVector.inverseNormal(n, p, pOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.inverseNormal(n, p, pOffset, y, yOffset);
        }
    }
}
