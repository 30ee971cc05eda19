package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import dev.ridgeline.kernel.reference.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link Rows} on vectors, for rows of at least 16 columns. Four vectors carry a row's sum, which hides the latency of an
 * addition; each method is one loop, and the last columns mod LANES are the reference's.
 */
final class RowsVector {
    /** What brings the upper half of 16, 8, 4 and 2 lanes over the lower one. */
    private static final VectorShuffle<Float> BY_8 = rotation(8);

    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private RowsVector() {}

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.iota(SPECIES, by % LANES, 1, true);
    }

    static void normalize(
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
        for (int r = from; r < to; r++) {
            int row = r * columns;
            subtract(columns, row, sum(columns, x, row) / columns, x, normal);
            float c = sum(columns, normal, row) / columns;
            float square = dot(columns, normal, row, normal, row) / columns;
            float s = Rows.inverseDeviation(square, c, epsilon);
            scale(columns, row, c, s, gamma, beta, normal, y);
            inverseDeviation[r] = s;
        }
    }

    private static void subtract(int columns, int row, float m, float[] x, float[] normal) {
        int i = row;
        for (; i + LANES <= row + columns; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i).sub(m).intoArray(normal, i);
        }
        for (; i < row + columns; i++) {
            normal[i] = x[i] - m;
        }
    }

    private static void scale(
            int columns, int row, float c, float s, float[] gamma, float[] beta, float[] normal, float[] y) {
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            FloatVector n =
                    FloatVector.fromArray(SPECIES, normal, row + j).sub(c).mul(s);
            n.intoArray(normal, row + j);
            n.fma(FloatVector.fromArray(SPECIES, gamma, j), FloatVector.fromArray(SPECIES, beta, j))
                    .intoArray(y, row + j);
        }
        Rows.scale(j, columns, row, c, s, gamma, beta, normal, y);
    }

    static void normalizeGradient(
            int columns, int from, int to, float[] gamma, float[] normal, float[] inverseDeviation, float[] dy) {
        for (int r = from; r < to; r++) {
            int row = r * columns;
            multiply(columns, row, gamma, dy);
            float a = sum(columns, dy, row) / columns;
            float b = dot(columns, dy, row, normal, row) / columns;
            project(columns, row, a, b, inverseDeviation[r], normal, dy);
        }
    }

    private static void multiply(int columns, int row, float[] gamma, float[] dy) {
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            FloatVector.fromArray(SPECIES, dy, row + j)
                    .mul(FloatVector.fromArray(SPECIES, gamma, j))
                    .intoArray(dy, row + j);
        }
        Rows.multiply(j, columns, row, gamma, dy);
    }

    private static void project(int columns, int row, float a, float b, float s, float[] normal, float[] g) {
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            FloatVector n = FloatVector.fromArray(SPECIES, normal, row + j).neg();
            FloatVector centred = FloatVector.fromArray(SPECIES, g, row + j).sub(a);
            n.fma(FloatVector.broadcast(SPECIES, b), centred).mul(s).intoArray(g, row + j);
        }
        Rows.project(j, columns, row, a, b, s, normal, g);
    }

    /** Σ a_j of n values, at least 16. */
    static float sum(int n, float[] a, int offset) {
        int whole = n & -16;
        FloatVector lanes = lanes(whole, a, offset);
        if (LANES == 8) {
            lanes = lanes.add(lanes(whole, a, offset + 8));
        } else if (LANES == 4) {
            FloatVector odd = lanes(whole, a, offset + 4).add(lanes(whole, a, offset + 12));
            lanes = lanes.add(lanes(whole, a, offset + 8)).add(odd);
        }
        return fold(lanes) + Rows.tail(whole, n, a, offset, null, 0);
    }

    /** Σ a_j·b_j of n values, at least 16. */
    static float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
        int whole = n & -16;
        FloatVector lanes = lanes(whole, a, aOffset, b, bOffset);
        if (LANES == 8) {
            lanes = lanes.add(lanes(whole, a, aOffset + 8, b, bOffset + 8));
        } else if (LANES == 4) {
            FloatVector odd =
                    lanes(whole, a, aOffset + 4, b, bOffset + 4).add(lanes(whole, a, aOffset + 12, b, bOffset + 12));
            lanes = lanes.add(lanes(whole, a, aOffset + 8, b, bOffset + 8)).add(odd);
        }
        return fold(lanes) + Rows.tail(whole, n, a, aOffset, b, bOffset);
    }

    /** Lane l holds the sum of the 64 lanes l, l+16, l+32, l+48, which begin at the offset. */
    private static FloatVector lanes(int whole, float[] a, int offset) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int i = offset;
        int end = offset + whole;
        for (; i + 64 <= end; i += 64) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, a, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, a, i + 16));
            s2 = s2.add(FloatVector.fromArray(SPECIES, a, i + 32));
            s3 = s3.add(FloatVector.fromArray(SPECIES, a, i + 48));
        }
        if (i < end) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, a, i));
        }
        if (i + 16 < end) {
            s1 = s1.add(FloatVector.fromArray(SPECIES, a, i + 16));
        }
        if (i + 32 < end) {
            s2 = s2.add(FloatVector.fromArray(SPECIES, a, i + 32));
        }
        return s0.add(s2).add(s1.add(s3));
    }

    private static FloatVector lanes(int whole, float[] a, int aOffset, float[] b, int bOffset) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int j = 0;
        for (; j + 64 <= whole; j += 64) {
            s0 = product(a, aOffset + j, b, bOffset + j, s0);
            s1 = product(a, aOffset + j + 16, b, bOffset + j + 16, s1);
            s2 = product(a, aOffset + j + 32, b, bOffset + j + 32, s2);
            s3 = product(a, aOffset + j + 48, b, bOffset + j + 48, s3);
        }
        if (j < whole) {
            s0 = product(a, aOffset + j, b, bOffset + j, s0);
        }
        if (j + 16 < whole) {
            s1 = product(a, aOffset + j + 16, b, bOffset + j + 16, s1);
        }
        if (j + 32 < whole) {
            s2 = product(a, aOffset + j + 32, b, bOffset + j + 32, s2);
        }
        return s0.add(s2).add(s1.add(s3));
    }

    private static FloatVector product(float[] a, int i, float[] b, int j, FloatVector sum) {
        return FloatVector.fromArray(SPECIES, a, i).fma(FloatVector.fromArray(SPECIES, b, j), sum);
    }

    /** The sum of a vector's lanes by halves. */
    private static float fold(FloatVector v) {
        if (LANES == 16) {
            v = v.add(v.rearrange(BY_8));
        }
        if (LANES >= 8) {
            v = v.add(v.rearrange(BY_4));
        }
        v = v.add(v.rearrange(BY_2));
        return v.add(v.rearrange(BY_1)).lane(0);
    }
}
