package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link Columns} with LANES columns at a time. The last columns use a mask: they are few, and the loads never leave
 * the row. The pair of vectors hides half of the chain's latency where there are columns enough.
 */
final class ColumnsVector {
    private ColumnsVector() {}

    static void sum(int rows, int stride, int from, int to, float[] x, float[] sum) {
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
                s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
            }
            s0.intoArray(sum, j);
            s1.intoArray(sum, j + LANES);
        }
        for (; j < to; j += LANES) {
            if (to - from >= LANES) {
                sumOne(rows, stride, Math.min(j, to - LANES), x, sum); // the last vector may overlap the one before
            } else if (to - from >= 8) {
                sumEight(rows, stride, from, x, sum);
                if (to - from > 8) {
                    sumEight(rows, stride, to - 8, x, sum);
                }
            } else {
                sumFew(rows, stride, from, to, x, sum);
            }
        }
    }

    private static void sumOne(int rows, int stride, int from, float[] x, float[] sum) {
        FloatVector s = FloatVector.zero(SPECIES);
        for (int r = 0, i = from; r < rows; r++, i += stride) {
            s = s.add(FloatVector.fromArray(SPECIES, x, i));
        }
        s.intoArray(sum, from);
    }

    /**
     * Eight columns side by side, as scalars. (A vector of half the width would load a second class of vectors. Then C2 no
     * longer knows which class any vector is of and boxes them, everywhere.)
     */
    private static void sumEight(int rows, int stride, int from, float[] x, float[] sum) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int r = 0, i = from; r < rows; r++, i += stride) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        sum[from] = s0;
        sum[from + 1] = s1;
        sum[from + 2] = s2;
        sum[from + 3] = s3;
        sum[from + 4] = s4;
        sum[from + 5] = s5;
        sum[from + 6] = s6;
        sum[from + 7] = s7;
    }

    /**
     * Fewer than eight columns, up to four at a time: what limits a chain of sums is its latency, which four scalar chains
     * share as well as a vector would. (Masked vectors at the end of an array may be boxed: their check is a call that C2
     * leaves out of line.) With fewer than four columns some chains are the same, and the last four may overlap.
     */
    private static void sumFew(int rows, int stride, int from, int to, float[] x, float[] sum) {
        int last = to - 1;
        for (int j = from; j < to; j += 4) {
            int j0 = Math.max(from, Math.min(j, to - 4));
            int j1 = Math.min(j0 + 1, last);
            int j2 = Math.min(j0 + 2, last);
            int j3 = Math.min(j0 + 3, last);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            for (int r = 0, i = 0; r < rows; r++, i += stride) {
                s0 += x[i + j0];
                s1 += x[i + j1];
                s2 += x[i + j2];
                s3 += x[i + j3];
            }
            sum[j0] = s0;
            sum[j1] = s1;
            sum[j2] = s2;
            sum[j3] = s3;
        }
    }

    static void dot(int rows, int stride, int from, int to, float[] a, float[] b, float[] sum) {
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                s0 = FloatVector.fromArray(SPECIES, a, i).fma(FloatVector.fromArray(SPECIES, b, i), s0);
                s1 = FloatVector.fromArray(SPECIES, a, i + LANES).fma(FloatVector.fromArray(SPECIES, b, i + LANES), s1);
            }
            s0.intoArray(sum, j);
            s1.intoArray(sum, j + LANES);
        }
        for (; j < to; j += LANES) {
            if (to - from >= LANES) {
                dotOne(rows, stride, Math.min(j, to - LANES), a, b, sum); // as in sum
            } else {
                dotFew(rows, stride, from, to, a, b, sum);
            }
        }
    }

    private static void dotOne(int rows, int stride, int from, float[] a, float[] b, float[] sum) {
        FloatVector s = FloatVector.zero(SPECIES);
        for (int r = 0, i = from; r < rows; r++, i += stride) {
            s = FloatVector.fromArray(SPECIES, a, i).fma(FloatVector.fromArray(SPECIES, b, i), s);
        }
        s.intoArray(sum, from);
    }

    /** As {@link #sumFew}. */
    private static void dotFew(int rows, int stride, int from, int to, float[] a, float[] b, float[] sum) {
        int last = to - 1;
        for (int j = from; j < to; j += 4) {
            int j0 = Math.max(from, Math.min(j, to - 4));
            int j1 = Math.min(j0 + 1, last);
            int j2 = Math.min(j0 + 2, last);
            int j3 = Math.min(j0 + 3, last);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            for (int r = 0, i = 0; r < rows; r++, i += stride) {
                s0 = Math.fma(a[i + j0], b[i + j0], s0);
                s1 = Math.fma(a[i + j1], b[i + j1], s1);
                s2 = Math.fma(a[i + j2], b[i + j2], s2);
                s3 = Math.fma(a[i + j3], b[i + j3], s3);
            }
            sum[j0] = s0;
            sum[j1] = s1;
            sum[j2] = s2;
            sum[j3] = s3;
        }
    }

    static void meanVariance(
            int rows, int stride, int from, int to, float[] x, float[] mean, float[] correction, float[] variance) {
        sum(rows, stride, from, to, x, mean);
        for (int j = from; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask).div(rows);
            FloatVector first = FloatVector.zero(SPECIES);
            FloatVector second = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector d = FloatVector.fromArray(SPECIES, x, i, mask).sub(m);
                first = first.add(d);
                second = d.fma(d, second);
            }
            FloatVector c = first.div(rows);
            m.intoArray(mean, j, mask);
            c.intoArray(correction, j, mask);
            c.neg().fma(c, second.div(rows)).max(0).intoArray(variance, j, mask);
        }
    }

    static void normalize(
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
        for (int j = from; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask);
            FloatVector c = FloatVector.fromArray(SPECIES, correction, j, mask);
            FloatVector s = FloatVector.fromArray(SPECIES, inverseDeviation, j, mask);
            FloatVector g = FloatVector.fromArray(SPECIES, gamma, j, mask);
            FloatVector b = FloatVector.fromArray(SPECIES, beta, j, mask);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector normal =
                        FloatVector.fromArray(SPECIES, x, i, mask).sub(m).sub(c).mul(s);
                normal.fma(g, b).intoArray(y, i, mask);
            }
        }
    }

    static void normalizeReductions(
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
        for (int j = from; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask);
            FloatVector c = FloatVector.fromArray(SPECIES, correction, j, mask);
            FloatVector s = FloatVector.fromArray(SPECIES, inverseDeviation, j, mask);
            FloatVector sum = FloatVector.zero(SPECIES);
            FloatVector weighted = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector normal =
                        FloatVector.fromArray(SPECIES, x, i, mask).sub(m).sub(c).mul(s);
                FloatVector d = FloatVector.fromArray(SPECIES, dy, i, mask);
                sum = sum.add(d);
                weighted = d.fma(normal, weighted);
            }
            sum.intoArray(dBeta, j, mask);
            weighted.intoArray(dGamma, j, mask);
        }
    }

    static void normalizeGradient(
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
        for (int j = from; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask);
            FloatVector c = FloatVector.fromArray(SPECIES, correction, j, mask);
            FloatVector s = FloatVector.fromArray(SPECIES, inverseDeviation, j, mask);
            FloatVector scale = FloatVector.fromArray(SPECIES, gamma, j, mask).mul(s);
            FloatVector weighted =
                    FloatVector.fromArray(SPECIES, dGamma, j, mask).div(rows);
            FloatVector mean0 = FloatVector.fromArray(SPECIES, dBeta, j, mask).div(rows);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector normal =
                        FloatVector.fromArray(SPECIES, x, i, mask).sub(m).sub(c).mul(s);
                FloatVector d = FloatVector.fromArray(SPECIES, dy, i, mask).sub(mean0);
                scale.mul(normal.neg().fma(weighted, d)).intoArray(dy, i, mask);
            }
        }
    }

    /**
     * Row by row, as w lies in memory, but some rows at once: eight add their squares to the columns' sums while these are in
     * registers, four are scaled by one factor.
     */
    static int clipNorm(int rows, int stride, int from, int to, float min, float max, float[] factor, float[] w) {
        for (int j = from; j < to; j++) {
            factor[j] = 0;
        }
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            addSquares(r * stride, stride, from, to, w, factor);
        }
        for (; r < rows; r++) {
            for (int j = from; j < to; j += LANES) {
                VectorMask<Float> mask = SPECIES.indexInRange(j, to);
                FloatVector v = FloatVector.fromArray(SPECIES, w, r * stride + j, mask);
                v.fma(v, FloatVector.fromArray(SPECIES, factor, j, mask)).intoArray(factor, j, mask);
            }
        }
        int clipped = 0;
        for (int j = from; j < to; j++) {
            float norm = (float) Math.sqrt(factor[j]);
            factor[j] = dev.ridgeline.kernel.reference.Columns.clipFactor(rows, stride, j, min, max, norm, w);
            clipped += factor[j] != 1 ? 1 : 0;
        }
        if (clipped > 0) {
            // a factor of 1 keeps the bits of the columns inside
            for (r = 0; r + 4 <= rows; r += 4) {
                scaleFourRows(r * stride, stride, from, to, factor, w);
            }
            for (; r < rows; r++) {
                for (int j = from; j < to; j++) {
                    w[r * stride + j] *= factor[j];
                }
            }
        }
        return clipped;
    }

    private static void addSquares(int row, int stride, int from, int to, float[] w, float[] squares) {
        int j = from;
        for (; j + LANES <= to; j += LANES) {
            int i = row + j;
            FloatVector v0 = FloatVector.fromArray(SPECIES, w, i);
            FloatVector v1 = FloatVector.fromArray(SPECIES, w, i + stride);
            FloatVector v2 = FloatVector.fromArray(SPECIES, w, i + 2 * stride);
            FloatVector v3 = FloatVector.fromArray(SPECIES, w, i + 3 * stride);
            FloatVector v4 = FloatVector.fromArray(SPECIES, w, i + 4 * stride);
            FloatVector v5 = FloatVector.fromArray(SPECIES, w, i + 5 * stride);
            FloatVector v6 = FloatVector.fromArray(SPECIES, w, i + 6 * stride);
            FloatVector v7 = FloatVector.fromArray(SPECIES, w, i + 7 * stride);
            FloatVector square = v0.fma(v0, FloatVector.fromArray(SPECIES, squares, j));
            square = v3.fma(v3, v2.fma(v2, v1.fma(v1, square)));
            v7.fma(v7, v6.fma(v6, v5.fma(v5, v4.fma(v4, square)))).intoArray(squares, j);
        }
        for (; j < to; j++) {
            for (int i = row + j, end = i + 8 * stride; i < end; i += stride) {
                squares[j] = Math.fma(w[i], w[i], squares[j]);
            }
        }
    }

    private static void scaleFourRows(int row, int stride, int from, int to, float[] factor, float[] w) {
        int j = from;
        for (; j + LANES <= to; j += LANES) {
            int i = row + j;
            FloatVector f = FloatVector.fromArray(SPECIES, factor, j);
            FloatVector v0 = FloatVector.fromArray(SPECIES, w, i);
            FloatVector v1 = FloatVector.fromArray(SPECIES, w, i + stride);
            FloatVector v2 = FloatVector.fromArray(SPECIES, w, i + 2 * stride);
            FloatVector v3 = FloatVector.fromArray(SPECIES, w, i + 3 * stride);
            v0.mul(f).intoArray(w, i);
            v1.mul(f).intoArray(w, i + stride);
            v2.mul(f).intoArray(w, i + 2 * stride);
            v3.mul(f).intoArray(w, i + 3 * stride);
        }
        for (; j < to; j++) {
            for (int i = row + j, end = i + 4 * stride; i < end; i += stride) {
                w[i] *= factor[j];
            }
        }
    }
}
