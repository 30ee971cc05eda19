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

    /** Mean as m + c, and the biased variance. */
    public static void meanVariance(
            int rows, int stride, int from, int to, float[] x, float[] mean, float[] correction, float[] variance) {
        sum(rows, stride, from, to, x, mean);
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

    /** y = fma(x̂, γ, β). */
    public static void normalize(
            int rows,
            int stride,
            int from,
            int to,
            float[] mean,
            float[] correction,
            float[] inverseDeviation,
            float[] gamma,
            float[] beta,
            float[] x,
            float[] y) {
        for (int r = 0; r < rows; r++) {
            for (int j = from; j < to; j++) {
                float normal = ((x[r * stride + j] - mean[j]) - correction[j]) * inverseDeviation[j];
                y[r * stride + j] = Fma.fma(normal, gamma[j], beta[j]);
            }
        }
    }

    /** dβ = Σ dy, dγ = Σ dy·x̂. */
    public static void normalizeReductions(
            int rows,
            int stride,
            int from,
            int to,
            float[] mean,
            float[] correction,
            float[] inverseDeviation,
            float[] x,
            float[] dy,
            float[] dGamma,
            float[] dBeta) {
        for (int j = from; j < to; j++) {
            float sum = 0;
            float weighted = 0;
            for (int r = 0; r < rows; r++) {
                float normal = ((x[r * stride + j] - mean[j]) - correction[j]) * inverseDeviation[j];
                float d = dy[r * stride + j];
                sum += d;
                weighted = Fma.fma(d, normal, weighted);
            }
            dBeta[j] = sum;
            dGamma[j] = weighted;
        }
    }

    /** dx = γ·s·fma(-x̂, dγ/R, dy - dβ/R), in place of dy. */
    public static void normalizeGradient(
            int rows,
            int stride,
            int from,
            int to,
            float[] mean,
            float[] correction,
            float[] inverseDeviation,
            float[] gamma,
            float[] dGamma,
            float[] dBeta,
            float[] x,
            float[] dy) {
        for (int r = 0; r < rows; r++) {
            for (int j = from; j < to; j++) {
                int i = r * stride + j;
                float normal = ((x[i] - mean[j]) - correction[j]) * inverseDeviation[j];
                float centred = Fma.fma(-normal, dGamma[j] / rows, dy[i] - dBeta[j] / rows);
                dy[i] = gamma[j] * inverseDeviation[j] * centred;
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
