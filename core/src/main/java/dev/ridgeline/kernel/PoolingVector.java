package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link Pooling} of one row with LANES channels at a time, up to channel {@code to}, a multiple of LANES above 0. */
final class PoolingVector {
    private PoolingVector() {}

    static void max(
            int positions, int[] first, int[] cells, int channels, int to, float[] x, int in, float[] y, int out) {
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < to; c += LANES) {
                FloatVector largest = fromArray(SPECIES, x, in + cells[first[p]] + c);
                for (int i = first[p] + 1; i < first[p + 1]; i++) {
                    largest = largest.max(fromArray(SPECIES, x, in + cells[i] + c));
                }
                largest.intoArray(y, out + p * channels + c);
            }
        }
    }

    static void maxGradient(
            int positions,
            int[] first,
            int[] cells,
            int channels,
            int to,
            float[] x,
            int in,
            float[] y,
            float[] dy,
            int out,
            float[] dx) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < to; c += LANES) {
                FloatVector largest = fromArray(SPECIES, y, out + p * channels + c);
                FloatVector left = fromArray(SPECIES, dy, out + p * channels + c);
                for (int i = first[p]; i < first[p + 1]; i++) {
                    int at = in + cells[i] + c;
                    FloatVector v = fromArray(SPECIES, x, at);
                    VectorMask<Float> found =
                            v.compare(VectorOperators.EQ, largest).or(v.compare(VectorOperators.NE, v));
                    fromArray(SPECIES, dx, at).add(zero.blend(left, found)).intoArray(dx, at);
                    left = left.blend(zero, found);
                }
            }
        }
    }

    static void average(
            int positions, int[] first, int[] cells, int channels, int to, float[] x, int in, float[] y, int out) {
        for (int p = 0; p < positions; p++) {
            float n = first[p + 1] - first[p];
            for (int c = 0; c < to; c += LANES) {
                FloatVector sum = fromArray(SPECIES, x, in + cells[first[p]] + c);
                for (int i = first[p] + 1; i < first[p + 1]; i++) {
                    sum = sum.add(fromArray(SPECIES, x, in + cells[i] + c));
                }
                sum.div(n).intoArray(y, out + p * channels + c);
            }
        }
    }

    static void averageGradient(
            int positions, int[] first, int[] cells, int channels, int to, float[] dy, int out, float[] dx, int in) {
        for (int p = 0; p < positions; p++) {
            float n = first[p + 1] - first[p];
            for (int c = 0; c < to; c += LANES) {
                FloatVector part =
                        fromArray(SPECIES, dy, out + p * channels + c).div(n);
                for (int i = first[p]; i < first[p + 1]; i++) {
                    int at = in + cells[i] + c;
                    fromArray(SPECIES, dx, at).add(part).intoArray(dx, at);
                }
            }
        }
    }
}
