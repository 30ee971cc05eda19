package dev.ridgeline.kernel.reference;

/**
 * Pooling of one row in plain loops, from channel {@code from} on: the specification of {@code
 * dev.ridgeline.kernel.Pooling}, its oracle and its fallback. The cells of window p are {@code cells[first[p]..first[p +
 * 1] - 1]}.
 */
public final class Pooling {
    private Pooling() {}

    /** y = max over the cells, as {@link Math#max}. */
    public static void max(
            int positions, int[] first, int[] cells, int channels, int from, float[] x, int in, float[] y, int out) {
        for (int p = 0; p < positions; p++) {
            for (int c = from; c < channels; c++) {
                float largest = x[in + cells[first[p]] + c];
                for (int i = first[p] + 1; i < first[p + 1]; i++) {
                    largest = Math.max(largest, x[in + cells[i] + c]);
                }
                y[out + p * channels + c] = largest;
            }
        }
    }

    /** dx += dy at the first cell that equals y or is NaN. */
    public static void maxGradient(
            int positions,
            int[] first,
            int[] cells,
            int channels,
            int from,
            float[] x,
            int in,
            float[] y,
            float[] dy,
            int out,
            float[] dx) {
        for (int p = 0; p < positions; p++) {
            for (int c = from; c < channels; c++) {
                float largest = y[out + p * channels + c];
                for (int i = first[p]; i < first[p + 1]; i++) {
                    float v = x[in + cells[i] + c];
                    if (v == largest || v != v) {
                        dx[in + cells[i] + c] += dy[out + p * channels + c];
                        break;
                    }
                }
            }
        }
    }

    /** y = (Σ over the cells)/n. */
    public static void average(
            int positions, int[] first, int[] cells, int channels, int from, float[] x, int in, float[] y, int out) {
        for (int p = 0; p < positions; p++) {
            float n = first[p + 1] - first[p];
            for (int c = from; c < channels; c++) {
                float sum = x[in + cells[first[p]] + c];
                for (int i = first[p] + 1; i < first[p + 1]; i++) {
                    sum += x[in + cells[i] + c];
                }
                y[out + p * channels + c] = sum / n;
            }
        }
    }

    /** dx += dy/n at each cell. */
    public static void averageGradient(
            int positions, int[] first, int[] cells, int channels, int from, float[] dy, int out, float[] dx, int in) {
        for (int p = 0; p < positions; p++) {
            float n = first[p + 1] - first[p];
            for (int c = from; c < channels; c++) {
                float part = dy[out + p * channels + c] / n;
                for (int i = first[p]; i < first[p + 1]; i++) {
                    dx[in + cells[i] + c] += part;
                }
            }
        }
    }
}
