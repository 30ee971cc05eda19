package dev.ridgeline.kernel.reference;

/** The reference of {@link dev.ridgeline.kernel.Columns}. */
public final class Columns {
    private Columns() {}

    /** sum_j = Σ_r x_rj. */
    public static void sum(int rows, int stride, int from, int to, float[] x, float[] sum) {
        for (int j = from; j < to; j++) {
            float s = 0;
            for (int r = 0; r < rows; r++) {
                s += x[r * stride + j];
            }
            sum[j] = s;
        }
    }

    /** y = max(0, x), sum_j = Σ_r y_rj. */
    public static void rectify(int rows, int stride, int from, int to, float[] x, float[] y, float[] sum) {
        for (int j = from; j < to; j++) {
            float s = 0;
            for (int r = 0; r < rows; r++) {
                float v = Activations.relu(x[r * stride + j]);
                y[r * stride + j] = v;
                s += v;
            }
            sum[j] = s;
        }
    }

    /** sum_j = Σ_r a_rj·b_rj. */
    public static void dot(int rows, int stride, int from, int to, float[] a, float[] b, float[] sum) {
        for (int j = from; j < to; j++) {
            float s = 0;
            for (int r = 0; r < rows; r++) {
                s = Fma.fma(a[r * stride + j], b[r * stride + j], s);
            }
            sum[j] = s;
        }
    }

    /** Mean as m + c, and the biased variance, from the sums in mean. */
    public static void meanVariance(
            int rows, int stride, int from, int to, float[] x, float[] mean, float[] correction, float[] variance) {
        for (int j = from; j < to; j++) {
            float m = mean[j] / rows;
            float first = 0;
            float second = 0;
            for (int r = 0; r < rows; r++) {
                float d = x[r * stride + j] - m;
                first += d;
                second = Fma.fma(d, d, second);
            }
            float c = first / rows;
            mean[j] = m;
            correction[j] = c;
            variance[j] = Math.max(0, Fma.fma(-c, c, second / rows));
        }
    }

    /** y = fma(x - m, scale, shift). */
    public static void normalize(
            int rows, int stride, int from, int to, float[] mean, float[] scale, float[] shift, float[] x, float[] y) {
        for (int r = 0; r < rows; r++) {
            for (int j = from; j < to; j++) {
                int i = r * stride + j;
                y[i] = Fma.fma(x[i] - mean[j], scale[j], shift[j]);
            }
        }
    }

    /** sum = Σ dy, weighted = Σ dy·(x - m), where x at or below the floor is 0. */
    public static void normalizeReductions(
            int rows,
            int stride,
            int from,
            int to,
            float floor,
            float[] mean,
            float[] x,
            float[] dy,
            float[] sum,
            float[] weighted) {
        for (int j = from; j < to; j++) {
            float s = 0;
            float w = 0;
            for (int r = 0; r < rows; r++) {
                int i = r * stride + j;
                s += dy[i];
                w = Fma.fma(dy[i], (x[i] <= floor ? 0 : x[i]) - mean[j], w);
            }
            sum[j] = s;
            weighted[j] = w;
        }
    }

    /** dx = fma(dy, scale, fma(x - m, slope, shift)), or 0 where x is at or below the floor, in place of dy. */
    public static void normalizeGradient(
            int rows,
            int stride,
            int from,
            int to,
            float floor,
            float[] mean,
            float[] scale,
            float[] slope,
            float[] shift,
            float[] x,
            float[] dy) {
        for (int r = 0; r < rows; r++) {
            for (int j = from; j < to; j++) {
                int i = r * stride + j;
                float dx = Fma.fma(dy[i], scale[j], Fma.fma(x[i] - mean[j], slope[j], shift[j]));
                dy[i] = x[i] <= floor ? 0 : dx;
            }
        }
    }

    /** w_rj ← w_rj·(max/n_j) where n_j > max, w_rj·(min/n_j) where n_j < min. */
    public static int clipNorm(
            int rows, int stride, int from, int to, float min, float max, float[] factor, float[] w) {
        int clipped = 0;
        for (int j = from; j < to; j++) {
            float square = 0;
            for (int r = 0; r < rows; r++) {
                square = Fma.fma(w[r * stride + j], w[r * stride + j], square);
            }
            float norm = (float) Math.sqrt(square);
            factor[j] = clipFactor(rows, stride, j, min, max, norm, w);
            if (factor[j] != 1) {
                clipped++;
                for (int r = 0; r < rows; r++) {
                    w[r * stride + j] *= factor[j];
                }
            }
        }
        return clipped;
    }

    /**
     * max/n for a column of norm n above max, min/n for one below min, else 1. A norm whose square no float holds well is
     * taken again in double.
     */
    public static float clipFactor(int rows, int stride, int column, float min, float max, float norm, float[] w) {
        if (norm > 1e-15f && norm < Float.POSITIVE_INFINITY) {
            return norm > max ? max / norm : norm < min ? min / norm : 1;
        }
        double square = 0;
        for (int r = 0; r < rows; r++) {
            square += (double) w[r * stride + column] * w[r * stride + column];
        }
        double exact = Math.sqrt(square);
        if (exact > max) {
            return (float) (max / exact);
        }
        // no factor that is a float makes a column longer that is all but zero
        return exact < min && min / exact <= Float.MAX_VALUE ? (float) (min / exact) : 1;
    }
}
