package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import dev.ridgeline.kernel.reference.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link Rows} on vectors, for rows of at least 16 columns. Four vectors carry a row's sum, which hides the latency of an
 * addition; the last columns mod LANES are the reference's. No method takes or returns a vector: a sum is large enough for
 * C2 to stop inlining, and would leave the vector boxed.
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
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            FloatVector.fromArray(SPECIES, x, row + j).sub(m).intoArray(normal, row + j);
        }
        Rows.subtract(j, columns, row, m, x, normal);
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

    /**
     * Σ a_j of n values, at least 16. Vector s_k adds up the lanes 16k+i.. of the 64; vectors of fewer than 16 lanes go
     * through i = 0, 8 or 0, 8, 4, 12, where {@code half} adds what the fold by 8 does.
     */
    static float sum(int n, float[] a, int offset) {
        int whole = n & -16;
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int start = 0; start < 8; start += LANES) {
            FloatVector half = FloatVector.zero(SPECIES);
            for (int i = start; i < 16; i += Math.max(8, LANES)) {
                FloatVector s0 = FloatVector.zero(SPECIES);
                FloatVector s1 = s0;
                FloatVector s2 = s0;
                FloatVector s3 = s0;
                int j = offset + i;
                int end = offset + whole;
                for (; j + 48 < end; j += 64) {
                    s0 = s0.add(FloatVector.fromArray(SPECIES, a, j));
                    s1 = s1.add(FloatVector.fromArray(SPECIES, a, j + 16));
                    s2 = s2.add(FloatVector.fromArray(SPECIES, a, j + 32));
                    s3 = s3.add(FloatVector.fromArray(SPECIES, a, j + 48));
                }
                if (j < end) {
                    s0 = s0.add(FloatVector.fromArray(SPECIES, a, j));
                }
                if (j + 16 < end) {
                    s1 = s1.add(FloatVector.fromArray(SPECIES, a, j + 16));
                }
                if (j + 32 < end) {
                    s2 = s2.add(FloatVector.fromArray(SPECIES, a, j + 32));
                }
                half = half.add(s0.add(s2).add(s1.add(s3)));
            }
            sum = sum.add(half);
        }
        sum = LANES < 16 ? sum : sum.add(sum.rearrange(BY_8));
        sum = LANES < 8 ? sum : sum.add(sum.rearrange(BY_4));
        sum = sum.add(sum.rearrange(BY_2));
        sum = sum.add(sum.rearrange(BY_1));
        return sum.lane(0) + Rows.tail(whole, n, a, offset, null, 0);
    }

    /** Σ a_j·b_j of n values, at least 16, as {@link #sum} does it. */
    static float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
        int whole = n & -16;
        int shift = bOffset - aOffset;
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int start = 0; start < 8; start += LANES) {
            FloatVector half = FloatVector.zero(SPECIES);
            for (int i = start; i < 16; i += Math.max(8, LANES)) {
                FloatVector s0 = FloatVector.zero(SPECIES);
                FloatVector s1 = s0;
                FloatVector s2 = s0;
                FloatVector s3 = s0;
                int j = aOffset + i;
                int end = aOffset + whole;
                for (; j + 48 < end; j += 64) {
                    int k = j + shift;
                    s0 = FloatVector.fromArray(SPECIES, a, j).fma(FloatVector.fromArray(SPECIES, b, k), s0);
                    s1 = FloatVector.fromArray(SPECIES, a, j + 16).fma(FloatVector.fromArray(SPECIES, b, k + 16), s1);
                    s2 = FloatVector.fromArray(SPECIES, a, j + 32).fma(FloatVector.fromArray(SPECIES, b, k + 32), s2);
                    s3 = FloatVector.fromArray(SPECIES, a, j + 48).fma(FloatVector.fromArray(SPECIES, b, k + 48), s3);
                }
                int k = j + shift;
                if (j < end) {
                    s0 = FloatVector.fromArray(SPECIES, a, j).fma(FloatVector.fromArray(SPECIES, b, k), s0);
                }
                if (j + 16 < end) {
                    s1 = FloatVector.fromArray(SPECIES, a, j + 16).fma(FloatVector.fromArray(SPECIES, b, k + 16), s1);
                }
                if (j + 32 < end) {
                    s2 = FloatVector.fromArray(SPECIES, a, j + 32).fma(FloatVector.fromArray(SPECIES, b, k + 32), s2);
                }
                half = half.add(s0.add(s2).add(s1.add(s3)));
            }
            sum = sum.add(half);
        }
        sum = LANES < 16 ? sum : sum.add(sum.rearrange(BY_8));
        sum = LANES < 8 ? sum : sum.add(sum.rearrange(BY_4));
        sum = sum.add(sum.rearrange(BY_2));
        sum = sum.add(sum.rearrange(BY_1));
        return sum.lane(0) + Rows.tail(whole, n, a, aOffset, b, bOffset);
    }
}
