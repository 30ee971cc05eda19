package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Elementary functions of whole arrays, the same bits on every machine and at every vector width. In every method y may
 * be x itself at the same offset. Errors and the behaviour at ±0, ±∞ and NaN are those of {@link StrictMath}'s
 * functions, but for the last bits: the measured maximum over all 2^32 arguments stands at each method.
 */
public final class Elementary {
    private Elementary() {}

    /**
     * y = e^x. Maximum error @EXP@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.exp(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.exp(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = e^x - 1, accurate near zero. Maximum error @EXPM1@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.expm1(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.expm1(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = the natural logarithm of x: -∞ at ±0, NaN below. Maximum error @LOG@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.log(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.log(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = tanh x. Maximum error @TANH@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.tanh(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.tanh(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = 1/(1 + e^-x). Maximum error @SIGMOID@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.sigmoid(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.sigmoid(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = log(1 + e^x). Maximum error @SOFTPLUS@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.softplus(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.softplus(n, x, xOffset, y, yOffset);
        }
    }

    /**
     * y = the error function, 2/√π·∫ e^-t² dt from 0 to x. Maximum error @ERF@ ulp.
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
        if (Kernels.VECTOR) {
            ElementaryVector.erf(n, x, xOffset, y, yOffset);
        } else {
            dev.ridgeline.kernel.reference.Elementary.erf(n, x, xOffset, y, yOffset);
        }
    }
}
