package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Columns} with LANES columns at a time. The last columns use a mask: they are few, and the loads never leave
 * the row. The pair of vectors hides half of the chain's latency where there are columns enough, and brings the line that
 * both share to L1 once.
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

    static void rectify(int rows, int stride, int from, int to, float[] x, float[] y, float[] sum) {
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector v0 = above(0, FloatVector.fromArray(SPECIES, x, i));
                FloatVector v1 = above(0, FloatVector.fromArray(SPECIES, x, i + LANES));
                v0.intoArray(y, i);
                v1.intoArray(y, i + LANES);
                s0 = s0.add(v0);
                s1 = s1.add(v1);
            }
            s0.intoArray(sum, j);
            s1.intoArray(sum, j + LANES);
        }
        for (; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector s = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector v = above(0, FloatVector.fromArray(SPECIES, x, i, mask));
                v.intoArray(y, i, mask);
                s = s.add(v);
            }
            s.intoArray(sum, j, mask);
        }
    }

    /** x, or 0 where it is at or below the floor. */
    private static FloatVector above(float floor, FloatVector x) {
        return x.blend(0, x.compare(VectorOperators.LE, floor));
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
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            meanVariancePair(rows, stride, j, x, mean, correction, variance);
        }
        for (; j < to; j += LANES) {
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

    private static void meanVariancePair(
            int rows, int stride, int j, float[] x, float[] mean, float[] correction, float[] variance) {
        int k = j + LANES;
        FloatVector m0 = FloatVector.fromArray(SPECIES, mean, j).div(rows);
        FloatVector m1 = FloatVector.fromArray(SPECIES, mean, k).div(rows);
        FloatVector first0 = FloatVector.zero(SPECIES);
        FloatVector first1 = FloatVector.zero(SPECIES);
        FloatVector second0 = FloatVector.zero(SPECIES);
        FloatVector second1 = FloatVector.zero(SPECIES);
        for (int r = 0, i = j; r < rows; r++, i += stride) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, i).sub(m0);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + LANES).sub(m1);
            first0 = first0.add(d0);
            first1 = first1.add(d1);
            second0 = d0.fma(d0, second0);
            second1 = d1.fma(d1, second1);
        }
        FloatVector c0 = first0.div(rows);
        FloatVector c1 = first1.div(rows);
        m0.intoArray(mean, j);
        m1.intoArray(mean, k);
        c0.intoArray(correction, j);
        c1.intoArray(correction, k);
        c0.neg().fma(c0, second0.div(rows)).max(0).intoArray(variance, j);
        c1.neg().fma(c1, second1.div(rows)).max(0).intoArray(variance, k);
    }

    static void normalize(
            int rows, int stride, int from, int to, float[] mean, float[] scale, float[] shift, float[] x, float[] y) {
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            normalizePair(rows, stride, j, mean, scale, shift, x, y);
        }
        for (; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask);
            FloatVector a = FloatVector.fromArray(SPECIES, scale, j, mask);
            FloatVector b = FloatVector.fromArray(SPECIES, shift, j, mask);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector d = FloatVector.fromArray(SPECIES, x, i, mask).sub(m);
                d.fma(a, b).intoArray(y, i, mask);
            }
        }
    }

    private static void normalizePair(
            int rows, int stride, int j, float[] mean, float[] scale, float[] shift, float[] x, float[] y) {
        int k = j + LANES;
        FloatVector m0 = FloatVector.fromArray(SPECIES, mean, j);
        FloatVector m1 = FloatVector.fromArray(SPECIES, mean, k);
        FloatVector a0 = FloatVector.fromArray(SPECIES, scale, j);
        FloatVector a1 = FloatVector.fromArray(SPECIES, scale, k);
        FloatVector b0 = FloatVector.fromArray(SPECIES, shift, j);
        FloatVector b1 = FloatVector.fromArray(SPECIES, shift, k);
        for (int r = 0, i = j; r < rows; r++, i += stride) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, i).sub(m0);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + LANES).sub(m1);
            d0.fma(a0, b0).intoArray(y, i);
            d1.fma(a1, b1).intoArray(y, i + LANES);
        }
    }

    static void normalizeReductions(
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
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            normalizeReductionsPair(rows, stride, j, floor, mean, x, dy, sum, weighted);
        }
        for (; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask);
            FloatVector s = FloatVector.zero(SPECIES);
            FloatVector w = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector g = FloatVector.fromArray(SPECIES, dy, i, mask);
                s = s.add(g);
                w = g.fma(
                        above(floor, FloatVector.fromArray(SPECIES, x, i, mask)).sub(m), w);
            }
            s.intoArray(sum, j, mask);
            w.intoArray(weighted, j, mask);
        }
    }

    private static void normalizeReductionsPair(
            int rows,
            int stride,
            int j,
            float floor,
            float[] mean,
            float[] x,
            float[] dy,
            float[] sum,
            float[] weighted) {
        int k = j + LANES;
        FloatVector m0 = FloatVector.fromArray(SPECIES, mean, j);
        FloatVector m1 = FloatVector.fromArray(SPECIES, mean, k);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector w0 = FloatVector.zero(SPECIES);
        FloatVector w1 = FloatVector.zero(SPECIES);
        for (int r = 0, i = j; r < rows; r++, i += stride) {
            FloatVector g0 = FloatVector.fromArray(SPECIES, dy, i);
            FloatVector g1 = FloatVector.fromArray(SPECIES, dy, i + LANES);
            s0 = s0.add(g0);
            s1 = s1.add(g1);
            w0 = g0.fma(above(floor, FloatVector.fromArray(SPECIES, x, i)).sub(m0), w0);
            w1 = g1.fma(
                    above(floor, FloatVector.fromArray(SPECIES, x, i + LANES)).sub(m1), w1);
        }
        s0.intoArray(sum, j);
        s1.intoArray(sum, k);
        w0.intoArray(weighted, j);
        w1.intoArray(weighted, k);
    }

    static void normalizeGradient(
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
        int j = from;
        for (; j + 2 * LANES <= to; j += 2 * LANES) {
            normalizeGradientPair(rows, stride, j, floor, mean, scale, slope, shift, x, dy);
        }
        for (; j < to; j += LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(j, to);
            FloatVector m = FloatVector.fromArray(SPECIES, mean, j, mask);
            FloatVector a = FloatVector.fromArray(SPECIES, scale, j, mask);
            FloatVector b = FloatVector.fromArray(SPECIES, slope, j, mask);
            FloatVector c = FloatVector.fromArray(SPECIES, shift, j, mask);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, i, mask);
                FloatVector g = FloatVector.fromArray(SPECIES, dy, i, mask);
                gradient(floor, v, g, m, a, b, c).intoArray(dy, i, mask);
            }
        }
    }

    private static void normalizeGradientPair(
            int rows,
            int stride,
            int j,
            float floor,
            float[] mean,
            float[] scale,
            float[] slope,
            float[] shift,
            float[] x,
            float[] dy) {
        int k = j + LANES;
        FloatVector m0 = FloatVector.fromArray(SPECIES, mean, j);
        FloatVector m1 = FloatVector.fromArray(SPECIES, mean, k);
        FloatVector a0 = FloatVector.fromArray(SPECIES, scale, j);
        FloatVector a1 = FloatVector.fromArray(SPECIES, scale, k);
        FloatVector b0 = FloatVector.fromArray(SPECIES, slope, j);
        FloatVector b1 = FloatVector.fromArray(SPECIES, slope, k);
        FloatVector c0 = FloatVector.fromArray(SPECIES, shift, j);
        FloatVector c1 = FloatVector.fromArray(SPECIES, shift, k);
        for (int r = 0, i = j; r < rows; r++, i += stride) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, x, i);
            FloatVector v1 = FloatVector.fromArray(SPECIES, x, i + LANES);
            FloatVector g0 = FloatVector.fromArray(SPECIES, dy, i);
            FloatVector g1 = FloatVector.fromArray(SPECIES, dy, i + LANES);
            gradient(floor, v0, g0, m0, a0, b0, c0).intoArray(dy, i);
            gradient(floor, v1, g1, m1, a1, b1, c1).intoArray(dy, i + LANES);
        }
    }

    private static FloatVector gradient(
            float floor, FloatVector x, FloatVector dy, FloatVector m, FloatVector a, FloatVector b, FloatVector c) {
        FloatVector dx = dy.fma(a, x.sub(m).fma(b, c));
        return dx.blend(0, x.compare(VectorOperators.LE, floor));
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
