package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * {@link Jets} with LANES elements at a time, which the JIT does not find by itself because the arrays might be the same
 * at different offsets. Each method returns the first element that it left: fewer than LANES are the reference's.
 */
final class JetsVector {
    private JetsVector() {}

    static int first(int n, int from, int to, int count, int offset, float[] d1, float[] z, float[] a) {
        int k = from;
        for (; k <= to - LANES; k += LANES) {
            FloatVector f1 = fromArray(SPECIES, d1, k);
            for (int b = 0, i = offset + k; b < count; b++, i += n) {
                f1.mul(fromArray(SPECIES, z, i)).intoArray(a, i);
            }
        }
        return k;
    }

    static int second(int n, int from, int to, int count, int offset, float[] d1, float[] d2, float[] z, float[] a) {
        int k = from;
        for (; k <= to - LANES; k += LANES) {
            FloatVector f1 = fromArray(SPECIES, d1, k);
            FloatVector f2 = fromArray(SPECIES, d2, k);
            for (int b = 0, i = offset + k, i2 = i + count * n; b < count; b++, i += n, i2 += n) {
                FloatVector z1 = fromArray(SPECIES, z, i);
                FloatVector z2 = fromArray(SPECIES, z, i2);
                f1.mul(z1).intoArray(a, i);
                f2.mul(z1).mul(z1).add(f1.mul(z2)).intoArray(a, i2);
            }
        }
        return k;
    }

    static int firstGradient(
            int n,
            int from,
            int to,
            int count,
            int offset,
            float[] d1,
            float[] d2,
            float[] z,
            float[] gradient,
            float[] value) {
        int k = from;
        for (; k <= to - LANES; k += LANES) {
            FloatVector f1 = fromArray(SPECIES, d1, k);
            FloatVector f2 = fromArray(SPECIES, d2, k);
            FloatVector sum = f1.mul(fromArray(SPECIES, value, k));
            for (int b = 0, i = offset + k; b < count; b++, i += n) {
                FloatVector g1 = fromArray(SPECIES, gradient, i);
                sum = sum.add(f2.mul(fromArray(SPECIES, z, i)).mul(g1));
                f1.mul(g1).intoArray(gradient, i);
            }
            sum.intoArray(value, k);
        }
        return k;
    }

    static int secondGradient(
            int n,
            int from,
            int to,
            int count,
            int offset,
            float[] d1,
            float[] d2,
            float[] d3,
            float[] z,
            float[] gradient,
            float[] value) {
        int k = from;
        for (; k <= to - LANES; k += LANES) {
            FloatVector f1 = fromArray(SPECIES, d1, k);
            FloatVector f2 = fromArray(SPECIES, d2, k);
            FloatVector f3 = fromArray(SPECIES, d3, k);
            FloatVector sum = f1.mul(fromArray(SPECIES, value, k));
            for (int b = 0, i = offset + k, i2 = i + count * n; b < count; b++, i += n, i2 += n) {
                FloatVector z1 = fromArray(SPECIES, z, i);
                FloatVector g1 = fromArray(SPECIES, gradient, i);
                FloatVector g2 = fromArray(SPECIES, gradient, i2);
                FloatVector slope = f2.mul(z1);
                FloatVector bend = f3.mul(z1).mul(z1).add(f2.mul(fromArray(SPECIES, z, i2)));
                sum = sum.add(slope.mul(g1).add(bend.mul(g2)));
                f1.mul(g1).add(slope.add(slope).mul(g2)).intoArray(gradient, i);
                f1.mul(g2).intoArray(gradient, i2);
            }
            sum.intoArray(value, k);
        }
        return k;
    }
}
