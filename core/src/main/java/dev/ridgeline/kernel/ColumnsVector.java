package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link Columns} with LANES columns at a time. The last columns use a mask: they are few, and the loads never leave
 * the row. The pair of vectors hides half of the chain's latency where there are columns enough.
 */
final class ColumnsVector {
    private static final VectorShuffle<Float> ROTATE = VectorShuffle.iota(SPECIES, 1, 1, true);

    /** So that the loops below have some turns each time: what C2 thinks rare it leaves out of line, with its vectors boxed. */
    private static final int FEW_ROWS = 8;

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
            } else if (rows < FEW_ROWS || rows * stride < FEW_ROWS * LANES) {
                dev.ridgeline.kernel.reference.Columns.sum(rows, stride, from, to, x, sum);
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
     * Fewer columns than lanes. A whole vector is read from each row while that stays within the array; its last lanes are
     * those of the next row, and nobody asks for them. (A mask would do, but where it guards the end of an array, its check
     * is a call that C2 leaves out of line for the last of a hundred rows, and that boxes the mask.)
     */
    private static void sumFew(int rows, int stride, int from, int to, float[] x, float[] sum) {
        FloatVector s = FloatVector.zero(SPECIES);
        int r = 0;
        int i = from;
        for (; r < rows && i + LANES <= x.length; r++, i += stride) {
            s = s.add(FloatVector.fromArray(SPECIES, x, i));
        }
        store(s, from, to, sum);
        for (; r < rows; r++, i += stride) {
            for (int j = from; j < to; j++) {
                sum[j] += x[i - from + j];
            }
        }
    }

    /** Stores the first lanes of v into a[from..to-1], which may end there. */
    private static void store(FloatVector v, int from, int to, float[] a) {
        for (int j = from; j < to; j++) {
            a[j] = v.lane(0);
            v = v.rearrange(ROTATE);
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
            } else if (rows < FEW_ROWS || rows * stride < FEW_ROWS * LANES) {
                dev.ridgeline.kernel.reference.Columns.dot(rows, stride, from, to, a, b, sum);
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

    private static void dotFew(int rows, int stride, int from, int to, float[] a, float[] b, float[] sum) {
        FloatVector s = FloatVector.zero(SPECIES);
        int length = Math.min(a.length, b.length);
        int r = 0;
        int i = from;
        for (; r < rows && i + LANES <= length; r++, i += stride) {
            s = FloatVector.fromArray(SPECIES, a, i).fma(FloatVector.fromArray(SPECIES, b, i), s);
        }
        store(s, from, to, sum);
        for (; r < rows; r++, i += stride) {
            for (int j = from; j < to; j++) {
                sum[j] = Math.fma(a[i - from + j], b[i - from + j], sum[j]);
            }
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

    /** Row by row, as w lies in memory: four rows add their squares to the columns' sums while these are in registers. */
    static int clipNorm(int rows, int stride, int from, int to, float min, float max, float[] factor, float[] w) {
        for (int j = from; j < to; j++) {
            factor[j] = 0;
        }
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
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
            for (r = 0; r < rows; r++) {
                scaleColumns(r * stride, from, to, factor, w);
            }
        }
        return clipped;
    }

    private static void addSquares(int row, int stride, int from, int to, float[] w, float[] squares) {
        int j = from;
        for (; j + LANES <= to; j += LANES) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, w, row + j);
            FloatVector v1 = FloatVector.fromArray(SPECIES, w, row + j + stride);
            FloatVector v2 = FloatVector.fromArray(SPECIES, w, row + j + 2 * stride);
            FloatVector v3 = FloatVector.fromArray(SPECIES, w, row + j + 3 * stride);
            FloatVector square = v0.fma(v0, FloatVector.fromArray(SPECIES, squares, j));
            v3.fma(v3, v2.fma(v2, v1.fma(v1, square))).intoArray(squares, j);
        }
        for (; j < to; j++) {
            for (int i = row + j, end = i + 4 * stride; i < end; i += stride) {
                squares[j] = Math.fma(w[i], w[i], squares[j]);
            }
        }
    }

    private static void scaleColumns(int row, int from, int to, float[] factor, float[] w) {
        int j = from;
        for (; j + LANES <= to; j += LANES) {
            FloatVector.fromArray(SPECIES, w, row + j)
                    .mul(FloatVector.fromArray(SPECIES, factor, j))
                    .intoArray(w, row + j);
        }
        for (; j < to; j++) {
            w[row + j] *= factor[j];
        }
    }
}
