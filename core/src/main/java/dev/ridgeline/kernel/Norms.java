package dev.ridgeline.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * Sums behind norms, in double: the square of a float is exact there, and neither overflows nor underflows. The order of
 * the additions is fixed, so the bits are the same on every machine. Plain scalar loops, which need no reference beside
 * them.
 */
public final class Norms {
    private Norms() {}

    /**
     * Returns Σ x_i² of the elements from..to-1: eight chains, one for each element of a group of eight, which are then
     * halved to one; a last group that is not full goes to the first chain.
     *
     * @param from the first element
     * @param to the element after the last
     * @param x the array; not modified
     * @return the sum
     */
    public static double squares(int from, int to, float[] x) {
        Objects.checkFromToIndex(from, to, x.length);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i <= to - 8; i += 8) {
            s0 += (double) x[i] * x[i];
            s1 += (double) x[i + 1] * x[i + 1];
            s2 += (double) x[i + 2] * x[i + 2];
            s3 += (double) x[i + 3] * x[i + 3];
            s4 += (double) x[i + 4] * x[i + 4];
            s5 += (double) x[i + 5] * x[i + 5];
            s6 += (double) x[i + 6] * x[i + 6];
            s7 += (double) x[i + 7] * x[i + 7];
        }
        for (; i < to; i++) {
            s0 += (double) x[i] * x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /**
     * Returns Σ |x_i| of the elements from..to-1, in the order of {@link #squares} with four chains.
     *
     * @param from the first element
     * @param to the element after the last
     * @param x the array; not modified
     * @return the sum
     */
    public static double magnitudes(int from, int to, float[] x) {
        Objects.checkFromToIndex(from, to, x.length);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i <= to - 4; i += 4) {
            s0 += Math.abs(x[i]);
            s1 += Math.abs(x[i + 1]);
            s2 += Math.abs(x[i + 2]);
            s3 += Math.abs(x[i + 3]);
        }
        for (; i < to; i++) {
            s0 += Math.abs(x[i]);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Σ_r x_rj² of the columns from..to-1 of a row-major matrix, each one ascending chain over the rows.
     *
     * @param rows the number of rows
     * @param stride the number of columns of x
     * @param from the first column
     * @param to the column after the last
     * @param x the matrix; not modified
     * @param squares the sums, indexed by the column; modified
     */
    public static void columnSquares(int rows, int stride, int from, int to, float[] x, double[] squares) {
        Objects.checkFromToIndex(from, to, stride);
        Objects.checkFromToIndex(from, to, squares.length);
        Objects.checkFromIndexSize(0, Math.multiplyExact(rows, stride), x.length);
        Arrays.fill(squares, from, to, 0);
        for (int r = 0; r < rows; r++) {
            addSquares(r * stride, from, to, x, squares);
        }
    }

    private static void addSquares(int row, int from, int to, float[] x, double[] squares) {
        for (int j = from; j < to; j++) {
            squares[j] += (double) x[row + j] * x[row + j];
        }
    }
}
