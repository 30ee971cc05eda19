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

    private static VectorMask<Float> mask(int j, int to) {
        return SPECIES.indexInRange(j, to);
    }

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
            VectorMask<Float> mask = mask(j, to);
            FloatVector s = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                s = s.add(FloatVector.fromArray(SPECIES, x, i, mask));
            }
            s.intoArray(sum, j, mask);
        }
    }

    static void meanVariance(
            int rows, int stride, int from, int to, float[] x, float[] mean, float[] correction, float[] variance) {
        sum(rows, stride, from, to, x, mean);
        for (int j = from; j < to; j += LANES) {
            VectorMask<Float> mask = mask(j, to);
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
            VectorMask<Float> mask = mask(j, to);
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
            VectorMask<Float> mask = mask(j, to);
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
            VectorMask<Float> mask = mask(j, to);
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

    static int clipNorm(int rows, int stride, int from, int to, float max, float[] factor, float[] w) {
        int clipped = 0;
        for (int j = from; j < to; j += LANES) {
            VectorMask<Float> mask = mask(j, to);
            FloatVector square = FloatVector.zero(SPECIES);
            for (int r = 0, i = j; r < rows; r++, i += stride) {
                FloatVector v = FloatVector.fromArray(SPECIES, w, i, mask);
                square = v.fma(v, square);
            }
            square.sqrt().intoArray(factor, j, mask);
            int outside = 0;
            for (int column = j; column < Math.min(to, j + LANES); column++) {
                float norm = factor[column];
                factor[column] = dev.ridgeline.kernel.reference.Columns.clipFactor(rows, stride, column, max, norm, w);
                outside += factor[column] != 1 ? 1 : 0;
            }
            if (outside > 0) {
                // a factor of 1 keeps the bits of the columns inside
                FloatVector f = FloatVector.fromArray(SPECIES, factor, j, mask);
                for (int r = 0, i = j; r < rows; r++, i += stride) {
                    FloatVector.fromArray(SPECIES, w, i, mask).mul(f).intoArray(w, i, mask);
                }
            }
            clipped += outside;
        }
        return clipped;
    }
}
