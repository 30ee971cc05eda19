package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Sums along the rows of a row-major matrix, and what layer normalization does with them. A sum over n values runs over 64
 * lanes (lane = column mod 64, each an ascending chain from +0), folded by halves; the last n mod 16 values are a chain of
 * their own, added last. No row needs another one, so the bits depend neither on the vector width nor on how the rows are
 * split among threads. Every method works on the rows from..to-1 of matrices that start at index 0; per-row arrays are
 * indexed by the row.
 */
public final class Rows {
    /** Fewer columns than this are left to the reference: a row has no whole group of lanes. */
    private static final int FEW = 16;

    private Rows() {}

    /**
     * Layer normalization's forward pass (Ba, Kiros and Hinton, 2016): y = fma(x̂, γ, β), x̂ = (d - c)·s, where m = Σx/C, d =
     * x - m, c = Σd/C, s = 1/√(max(0, Σd²/C - c²) + ε). Two passes over x lose nothing at a large mean; the correction c
     * carries what m cannot represent.
     *
     * <p>9 flops a value (a fused multiply-add counts as two) and 12 bytes: x read, x̂ and y written; the passes in between
     * find the row in the nearest cache.
     *
     * @param columns C, at least 1
     * @param from the first row
     * @param to the row after the last
     * @param epsilon ε, above 0
     * @param gamma γ, a value per column
     * @param beta β, a value per column
     * @param x the input; not modified
     * @param normal x̂, for the backward pass; modified
     * @param y the output; modified
     * @param inverseDeviation s; modified
     */
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
        check(columns, from, to, Math.min(gamma.length, beta.length), inverseDeviation.length, x);
        check(columns, from, to, columns, to, normal);
        check(columns, from, to, columns, to, y);
        if (Kernels.vectorAfter(16L * columns * (to - from)) && columns >= FEW) {
            RowsVector.normalize(columns, from, to, epsilon, gamma, beta, x, normal, y, inverseDeviation);
        } else {
            dev.ridgeline.kernel.reference.Rows.normalize(
                    columns, from, to, epsilon, gamma, beta, x, normal, y, inverseDeviation);
        }
    }

    /**
     * Layer normalization's gradient to its input: dx = s·fma(-x̂, b, g - a), where g = γ·dy, a = Σg/C, b = Σg·x̂/C. 8 flops
     * a value and 12 bytes: x̂ and dy read, dx written.
     *
     * <p>Of two columns x̂² is nearly 1, and the formula would be all cancellation. Written out it is dx = ±ε·s³·(g₁ - g₂)/2.
     *
     * @param columns C, at least 1
     * @param from the first row
     * @param to the row after the last
     * @param epsilon ε
     * @param gamma γ
     * @param normal x̂ of the forward pass; not modified
     * @param inverseDeviation s of the forward pass
     * @param dy the gradient to the output on entry, to the input on return; modified
     */
    public static void normalizeGradient(
            int columns,
            int from,
            int to,
            float epsilon,
            float[] gamma,
            float[] normal,
            float[] inverseDeviation,
            float[] dy) {
        check(columns, from, to, gamma.length, inverseDeviation.length, normal);
        check(columns, from, to, columns, to, dy);
        if (Kernels.vectorAfter(16L * columns * (to - from)) && columns >= FEW) {
            RowsVector.normalizeGradient(columns, from, to, gamma, normal, inverseDeviation, dy);
        } else if (columns == 2) {
            for (int r = from; r < to; r++) {
                float difference = gamma[0] * dy[2 * r] - gamma[1] * dy[2 * r + 1];
                dy[2 * r] = pairGradient(inverseDeviation[r], epsilon, difference);
                dy[2 * r + 1] = -dy[2 * r];
            }
        } else {
            dev.ridgeline.kernel.reference.Rows.normalizeGradient(
                    columns, from, to, gamma, normal, inverseDeviation, dy);
        }
    }

    /** The gradient to the first of two values that are normalized together: s·ε·s²·(g₁ - g₂)/2. */
    static float pairGradient(float s, float epsilon, float difference) {
        return s * (epsilon * s * s) * (difference / 2);
    }

    /** Σ a_j of n values. */
    static float sum(boolean vector, int n, float[] a, int offset) {
        return vector && n >= FEW
                ? RowsVector.sum(n, a, offset)
                : dev.ridgeline.kernel.reference.Rows.dot(n, a, offset, null, 0);
    }

    /** Σ a_j·b_j of n values. */
    static float dot(boolean vector, int n, float[] a, float[] b, int offset) {
        return vector && n >= FEW
                ? RowsVector.dot(n, a, offset, b, offset)
                : dev.ridgeline.kernel.reference.Rows.dot(n, a, offset, b, offset);
    }

    private static void check(int columns, int from, int to, int perColumn, int perRow, float[] matrix) {
        Objects.checkFromToIndex(from, to, perRow);
        if (columns < 1 || columns > perColumn || (long) to * columns > matrix.length) {
            throw new IndexOutOfBoundsException("a matrix of " + to + " x " + columns + " does not fit an array of "
                    + matrix.length + " with " + perColumn + " values a row");
        }
    }
}
