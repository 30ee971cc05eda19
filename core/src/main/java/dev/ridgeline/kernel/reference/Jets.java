package dev.ridgeline.kernel.reference;

/** The reference of {@link dev.ridgeline.kernel.Jets}: every product and every sum is rounded. */
public final class Jets {
    private Jets() {}

    /** a' = f'·z'. */
    public static void first(int n, int from, int to, int count, int offset, float[] d1, float[] z, float[] a) {
        for (int b = 0, at = offset; b < count; b++, at += n) {
            for (int k = from; k < to; k++) {
                a[at + k] = d1[k] * z[at + k];
            }
        }
    }

    /** a' = f'·z', a'' = f''·z'² + f'·z''. */
    public static void second(
            int n, int from, int to, int count, int offset, float[] d1, float[] d2, float[] z, float[] a) {
        for (int b = 0, at = offset, at2 = offset + count * n; b < count; b++, at += n, at2 += n) {
            for (int k = from; k < to; k++) {
                float z1 = z[at + k];
                a[at + k] = d1[k] * z1;
                a[at2 + k] = d2[k] * z1 * z1 + d1[k] * z[at2 + k];
            }
        }
    }

    /** The adjoint of {@link #first}. */
    public static void firstGradient(
            int n,
            int from,
            int to,
            int count,
            int offset,
            float[] d1,
            float[] d2,
            float[] z,
            float[] gradient,
            float[] value) {
        for (int k = from; k < to; k++) {
            float sum = d1[k] * value[k];
            for (int b = 0, i = offset + k; b < count; b++, i += n) {
                float g1 = gradient[i];
                sum += d2[k] * z[i] * g1;
                gradient[i] = d1[k] * g1;
            }
            value[k] = sum;
        }
    }

    /** The adjoint of {@link #second}. */
    public static void secondGradient(
            int n,
            int from,
            int to,
            int count,
            int offset,
            float[] d1,
            float[] d2,
            float[] d3,
            float[] z,
            float[] gradient,
            float[] value) {
        for (int k = from; k < to; k++) {
            float sum = d1[k] * value[k];
            for (int b = 0, i = offset + k, i2 = i + count * n; b < count; b++, i += n, i2 += n) {
                float z1 = z[i];
                float g1 = gradient[i];
                float g2 = gradient[i2];
                float slope = d2[k] * z1;
                sum += slope * g1 + (d3[k] * z1 * z1 + d2[k] * z[i2]) * g2;
                gradient[i] = d1[k] * g1 + (slope + slope) * g2;
                gradient[i2] = d1[k] * g2;
            }
            value[k] = sum;
        }
    }
}
