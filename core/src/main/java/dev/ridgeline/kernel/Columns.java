package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Statistics down the columns of a row-major matrix, and what normalization and max-norm do with them. Each
 * column is one ascending chain over the rows, so its bits depend neither on the vector width nor on how the columns
 * are split among threads. Every method works on the columns from..to-1 of matrices with {@code stride} columns, which
 * start at index 0; per-column arrays are indexed by the column.
 */
public final class Columns {
    private Columns() {}

    /**
     * sum_j = Σ_r x_rj, a chain of additions from +0. The bias gradient.
     *
     * @param rows the number of rows
     * @param stride the number of columns of x
     * @param from the first column
     * @param to the column after the last
     * @param x the matrix; not modified
     * @param sum the sums; modified
     */
    public static void sum(int rows, int stride, int from, int to, float[] x, float[] sum) {
        check(rows, stride, from, to, sum.length, x);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.sum(rows, stride, from, to, x, sum);
        } else {
            dev.ridgeline.kernel.reference.Columns.sum(rows, stride, from, to, x, sum);
        }
    }

    /**
     * A rectifier and the sums of what it gives: y = max(0, x), sum_j = Σ_r y_rj, a chain of additions from +0.
     *
     * @param rows the number of rows
     * @param stride the number of columns of x and y
     * @param from the first column
     * @param to the column after the last
     * @param x the matrix; not modified
     * @param y the rectified matrix; modified
     * @param sum the sums; modified
     */
    public static void rectify(int rows, int stride, int from, int to, float[] x, float[] y, float[] sum) {
        check(rows, stride, from, to, sum.length, x);
        check(rows, stride, from, to, sum.length, y);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.rectify(rows, stride, from, to, x, y, sum);
        } else {
            dev.ridgeline.kernel.reference.Columns.rectify(rows, stride, from, to, x, y, sum);
        }
    }

    /**
     * sum_j = Σ_r a_rj·b_rj, a chain of fma from +0. The gradient to the scale of layer normalization.
     *
     * @param rows the number of rows
     * @param stride the number of columns of a and b
     * @param from the first column
     * @param to the column after the last
     * @param a the first matrix; not modified
     * @param b the second matrix; not modified
     * @param sum the sums; modified
     */
    public static void dot(int rows, int stride, int from, int to, float[] a, float[] b, float[] sum) {
        check(rows, stride, from, to, sum.length, a);
        check(rows, stride, from, to, sum.length, b);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.dot(rows, stride, from, to, a, b, sum);
        } else {
            dev.ridgeline.kernel.reference.Columns.dot(rows, stride, from, to, a, b, sum);
        }
    }

    /**
     * The mean of each column as mean + correction, and its biased variance, from the columns' sums, in a second pass that
     * loses nothing at a large mean: m = Σx/R; d = x - m; c = Σd/R; variance = max(0, Σd²/R - c²). A mean of 10⁴ is not
     * representable better than 5·10⁻⁴ in a float; the correction carries the rest.
     *
     * @param rows R, at least 1
     * @param stride the number of columns of x
     * @param from the first column
     * @param to the column after the last
     * @param x the matrix; not modified
     * @param mean Σx on entry, m on return; modified
     * @param correction c; modified
     * @param variance the variance; modified
     */
    public static void meanVariance(
            int rows, int stride, int from, int to, float[] x, float[] mean, float[] correction, float[] variance) {
        check(rows, stride, from, to, Math.min(mean.length, Math.min(correction.length, variance.length)), x);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.meanVariance(rows, stride, from, to, x, mean, correction, variance);
        } else {
            dev.ridgeline.kernel.reference.Columns.meanVariance(rows, stride, from, to, x, mean, correction, variance);
        }
    }

    /**
     * Batch normalization's forward pass (Ioffe and Szegedy, 2015): y = fma(x - m, scale, shift). With scale = γ·s and
     * shift = β - c·γ·s this is γ·x̂ + β where x̂ = (x - m - c)·s.
     *
     * @param rows the number of rows
     * @param stride the number of columns of x and y
     * @param from the first column
     * @param to the column after the last
     * @param mean m
     * @param scale the scale
     * @param shift the shift
     * @param x the input; not modified
     * @param y the output; modified
     */
    public static void normalize(
            int rows, int stride, int from, int to, float[] mean, float[] scale, float[] shift, float[] x, float[] y) {
        check(rows, stride, from, to, Math.min(mean.length, Math.min(scale.length, shift.length)), x);
        check(rows, stride, from, to, mean.length, y);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.normalize(rows, stride, from, to, mean, scale, shift, x, y);
        } else {
            dev.ridgeline.kernel.reference.Columns.normalize(rows, stride, from, to, mean, scale, shift, x, y);
        }
    }

    /**
     * The reductions of batch normalization's backward pass: sum = Σ dy, weighted = Σ dy·(x - m), a chain of fma. They
     * are dβ and, as s·(weighted - c·sum), dγ = Σ dy·x̂.
     *
     * @param rows the number of rows
     * @param stride the number of columns of x and dy
     * @param from the first column
     * @param to the column after the last
     * @param floor x at or below it counts as 0: 0 if a rectifier goes before, else NaN
     * @param mean m
     * @param x the input of the forward pass; not modified
     * @param dy the gradient to its output; not modified
     * @param sum Σ dy; modified
     * @param weighted Σ dy·(x - m); modified
     */
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
        check(rows, stride, from, to, Math.min(mean.length, Math.min(sum.length, weighted.length)), x);
        check(rows, stride, from, to, mean.length, dy);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.normalizeReductions(rows, stride, from, to, floor, mean, x, dy, sum, weighted);
        } else {
            dev.ridgeline.kernel.reference.Columns.normalizeReductions(
                    rows, stride, from, to, floor, mean, x, dy, sum, weighted);
        }
    }

    /**
     * Batch normalization's gradient to its input: dx = fma(dy, scale, fma(x - m, slope, shift)). With batch statistics of
     * R rows it is γ·s·(dy - dβ/R - x̂·dγ/R): scale = γ·s, slope = -γ·s²·dγ/R, shift = -γ·s·dβ/R - c·slope.
     *
     * @param rows the number of rows
     * @param stride the number of columns of x and dy
     * @param from the first column
     * @param to the column after the last
     * @param floor where x is at or below it, dx is 0: 0 if a rectifier goes before, else NaN
     * @param mean m
     * @param scale what dy is multiplied by
     * @param slope what x - m is multiplied by
     * @param shift what is added
     * @param x the input of the forward pass; not modified
     * @param dy the gradient to its output on entry, to its input on return; modified
     */
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
        check(rows, stride, from, to, Math.min(mean.length, scale.length), x);
        check(rows, stride, from, to, Math.min(slope.length, shift.length), dy);
        if (Kernels.vectorAfter(16L * rows * (to - from))) {
            ColumnsVector.normalizeGradient(rows, stride, from, to, floor, mean, scale, slope, shift, x, dy);
        } else {
            dev.ridgeline.kernel.reference.Columns.normalizeGradient(
                    rows, stride, from, to, floor, mean, scale, slope, shift, x, dy);
        }
    }

    /**
     * Scales every column whose Euclidean norm n_j = √Σ_r w_rj² (a chain of fma) is outside min..max to the nearer bound:
     * w_rj ← w_rj·(max/n_j) or w_rj·(min/n_j). Columns inside keep every bit. So does a column that cannot be made longer:
     * one of zeros, or one so short that min/n_j is no float.
     *
     * @param rows the number of rows
     * @param stride the number of columns of w
     * @param from the first column
     * @param to the column after the last
     * @param min the smallest norm allowed; 0 for no such bound
     * @param max the largest norm allowed
     * @param factor scratch, a value per column; modified
     * @param w the matrix; modified
     * @return the number of columns that were scaled
     */
    public static int clipNorm(
            int rows, int stride, int from, int to, float min, float max, float[] factor, float[] w) {
        check(rows, stride, from, to, factor.length, w);
        return Kernels.vectorAfter(16L * rows * (to - from))
                ? ColumnsVector.clipNorm(rows, stride, from, to, min, max, factor, w)
                : dev.ridgeline.kernel.reference.Columns.clipNorm(rows, stride, from, to, min, max, factor, w);
    }

    private static void check(int rows, int stride, int from, int to, int columns, float[] matrix) {
        Objects.checkFromToIndex(from, to, stride);
        Objects.checkFromToIndex(from, to, columns);
        if (rows < 0 || (long) rows * stride > matrix.length) {
            throw new IndexOutOfBoundsException(
                    "a matrix of " + rows + " x " + stride + " does not fit an array of " + matrix.length);
        }
    }
}
