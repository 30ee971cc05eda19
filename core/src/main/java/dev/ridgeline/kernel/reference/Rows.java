package dev.ridgeline.kernel.reference;

/** The reference of {@link dev.ridgeline.kernel.Rows}. */
public final class Rows {
    private Rows() {}

    /** See {@link dev.ridgeline.kernel.Rows#normalize}. */
    public static void normalize(
            int columns,
            int from,
            int to,
            float epsilon,
            float[] gamma,
            float[] beta,
            float[] x,
            float[] normal,
            float[] y,
            float[] inverseDeviation) {
        for (int r = from; r < to; r++) {
            int row = r * columns;
            float m = dot(columns, x, row, null, 0) / columns;
            subtract(0, columns, row, m, x, normal);
            float c = dot(columns, normal, row, null, 0) / columns;
            float s = inverseDeviation(dot(columns, normal, row, normal, row) / columns, c, epsilon);
            scale(0, columns, row, c, s, gamma, beta, normal, y);
            inverseDeviation[r] = s;
        }
    }

    /** d = x - m for the columns begin..end-1 of a row. */
    public static void subtract(int begin, int end, int row, float m, float[] x, float[] d) {
        for (int i = row + begin; i < row + end; i++) {
            d[i] = x[i] - m;
        }
    }

    /** 1/√(variance + ε), where the variance is that of values with mean square {@code square} and mean c. */
    public static float inverseDeviation(float square, float c, float epsilon) {
        return 1 / (float) Math.sqrt(Math.max(0, Fma.fma(-c, c, square)) + epsilon);
    }

    /** x̂ = (d - c)·s and y = fma(x̂, γ, β) for the columns begin..end-1 of a row. */
    public static void scale(
            int begin, int end, int row, float c, float s, float[] gamma, float[] beta, float[] normal, float[] y) {
        for (int j = begin; j < end; j++) {
            float n = (normal[row + j] - c) * s;
            normal[row + j] = n;
            y[row + j] = Fma.fma(n, gamma[j], beta[j]);
        }
    }

    /** See {@link dev.ridgeline.kernel.Rows#normalizeGradient}. */
    public static void normalizeGradient(
            int columns, int from, int to, float[] gamma, float[] normal, float[] inverseDeviation, float[] dy) {
        for (int r = from; r < to; r++) {
            int row = r * columns;
            multiply(0, columns, row, gamma, dy);
            float a = dot(columns, dy, row, null, 0) / columns;
            float b = dot(columns, dy, row, normal, row) / columns;
            project(0, columns, row, a, b, inverseDeviation[r], normal, dy);
        }
    }

    /** g = γ·dy for the columns begin..end-1 of a row, in place. */
    public static void multiply(int begin, int end, int row, float[] gamma, float[] dy) {
        for (int j = begin; j < end; j++) {
            dy[row + j] *= gamma[j];
        }
    }

    /** dx = s·fma(-x̂, b, g - a) for the columns begin..end-1 of a row, in place. */
    public static void project(int begin, int end, int row, float a, float b, float s, float[] normal, float[] g) {
        for (int i = row + begin; i < row + end; i++) {
            g[i] = s * Fma.fma(-normal[i], b, g[i] - a);
        }
    }

    /**
     * Σ a_j·b_j of n values, without b Σ a_j: over the first n - n mod 16 of them 64 lanes (lane = j mod 64, each an
     * ascending chain of fma from +0) folded by halves; the rest are a chain of their own, added last. The last fold comes
     * first here, as a tree seen from its root.
     */
    public static float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
        int whole = n & -16;
        float rest = tail(whole, n, a, aOffset, b, bOffset);
        if (whole == 0) {
            return rest;
        }
        float even = quarter(0, whole, a, aOffset, b, bOffset) + quarter(2, whole, a, aOffset, b, bOffset);
        float odd = quarter(1, whole, a, aOffset, b, bOffset) + quarter(3, whole, a, aOffset, b, bOffset);
        return (even + odd) + rest;
    }

    /** The chain of the values from..n-1. */
    public static float tail(int from, int n, float[] a, int aOffset, float[] b, int bOffset) {
        float sum = 0;
        for (int j = from; j < n; j++) {
            sum = Fma.fma(a[aOffset + j], b == null ? 1 : b[bOffset + j], sum);
        }
        return sum;
    }

    /** The sum of the lanes i, i+4, i+8 ... */
    private static float quarter(int i, int n, float[] a, int aOffset, float[] b, int bOffset) {
        float even = sixteenth(i, n, a, aOffset, b, bOffset) + sixteenth(i + 8, n, a, aOffset, b, bOffset);
        float odd = sixteenth(i + 4, n, a, aOffset, b, bOffset) + sixteenth(i + 12, n, a, aOffset, b, bOffset);
        return even + odd;
    }

    /** The sum of the lanes i, i+16, i+32, i+48. */
    private static float sixteenth(int i, int n, float[] a, int aOffset, float[] b, int bOffset) {
        float even = lane(i, n, a, aOffset, b, bOffset) + lane(i + 32, n, a, aOffset, b, bOffset);
        float odd = lane(i + 16, n, a, aOffset, b, bOffset) + lane(i + 48, n, a, aOffset, b, bOffset);
        return even + odd;
    }

    /** The chain of the values i, i+64, i+128 ... */
    private static float lane(int i, int n, float[] a, int aOffset, float[] b, int bOffset) {
        float sum = 0;
        for (int j = i; j < n; j += 64) {
            sum = Fma.fma(a[aOffset + j], b == null ? 1 : b[bOffset + j], sum);
        }
        return sum;
    }
}
