package dev.ridgeline.kernel.reference;

/**
 * The loops over a tile of {@link dev.ridgeline.kernel.Groups}, which begins at index {@code at} of the matrices; each works
 * on the values begin..end-1 of the tile.
 */
public final class Groups {
    private Groups() {}

    /** sum += a. */
    public static void add(int begin, int end, float[] a, int at, float[] sum) {
        for (int i = begin; i < end; i++) {
            sum[i] += a[at + i];
        }
    }

    /** d = x - m, first += d, second += d². */
    public static void center(
            int begin, int end, float[] m, float[] x, float[] d, int at, float[] first, float[] second) {
        for (int i = begin; i < end; i++) {
            float v = x[at + i] - m[i];
            d[at + i] = v;
            first[i] += v;
            second[i] = Fma.fma(v, v, second[i]);
        }
    }

    /** x̂ = (d - c)·s, y = fma(x̂, γ, β). */
    public static void scale(
            int begin, int end, float[] c, float[] s, float[] gamma, float[] beta, float[] normal, float[] y, int at) {
        for (int i = begin; i < end; i++) {
            float n = (normal[at + i] - c[i]) * s[i];
            normal[at + i] = n;
            y[at + i] = Fma.fma(n, gamma[i], beta[i]);
        }
    }

    /** first += dy, second += dy·x̂. */
    public static void addGradients(
            int begin, int end, float[] normal, float[] dy, int at, float[] first, float[] second) {
        for (int i = begin; i < end; i++) {
            float d = dy[at + i];
            first[i] += d;
            second[i] = Fma.fma(d, normal[at + i], second[i]);
        }
    }

    /** dx = s·fma(-x̂, b, γ·dy - a), in place of dy. */
    public static void project(
            int begin, int end, float[] a, float[] b, float[] s, float[] gamma, float[] normal, float[] dy, int at) {
        for (int i = begin; i < end; i++) {
            dy[at + i] = s[i] * Fma.fma(-normal[at + i], b[i], gamma[i] * dy[at + i] - a[i]);
        }
    }
}
