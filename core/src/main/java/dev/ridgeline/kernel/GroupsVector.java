package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * The loops of {@link dev.ridgeline.kernel.reference.Groups} over the first n values of a tile, at least LANES, with LANES
 * values at a time; the last n mod LANES are the reference's.
 */
final class GroupsVector {
    private GroupsVector() {}

    static void add(int n, float[] a, int at, float[] sum) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            fromArray(SPECIES, sum, i).add(fromArray(SPECIES, a, at + i)).intoArray(sum, i);
        }
        dev.ridgeline.kernel.reference.Groups.add(i, n, a, at, sum);
    }

    static void center(int n, float[] m, float[] x, float[] d, int at, float[] first, float[] second) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector v = fromArray(SPECIES, x, at + i).sub(fromArray(SPECIES, m, i));
            v.intoArray(d, at + i);
            fromArray(SPECIES, first, i).add(v).intoArray(first, i);
            v.fma(v, fromArray(SPECIES, second, i)).intoArray(second, i);
        }
        dev.ridgeline.kernel.reference.Groups.center(i, n, m, x, d, at, first, second);
    }

    static void scale(int n, float[] c, float[] s, float[] gamma, float[] beta, float[] normal, float[] y, int at) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector v = fromArray(SPECIES, normal, at + i)
                    .sub(fromArray(SPECIES, c, i))
                    .mul(fromArray(SPECIES, s, i));
            v.intoArray(normal, at + i);
            v.fma(fromArray(SPECIES, gamma, i), fromArray(SPECIES, beta, i)).intoArray(y, at + i);
        }
        dev.ridgeline.kernel.reference.Groups.scale(i, n, c, s, gamma, beta, normal, y, at);
    }

    static void addGradients(int n, float[] normal, float[] dy, int at, float[] first, float[] second) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector d = fromArray(SPECIES, dy, at + i);
            fromArray(SPECIES, first, i).add(d).intoArray(first, i);
            d.fma(fromArray(SPECIES, normal, at + i), fromArray(SPECIES, second, i))
                    .intoArray(second, i);
        }
        dev.ridgeline.kernel.reference.Groups.addGradients(i, n, normal, dy, at, first, second);
    }

    static void project(int n, float[] a, float[] b, float[] s, float[] gamma, float[] normal, float[] dy, int at) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            FloatVector centred = fromArray(SPECIES, dy, at + i)
                    .mul(fromArray(SPECIES, gamma, i))
                    .sub(fromArray(SPECIES, a, i));
            fromArray(SPECIES, normal, at + i)
                    .neg()
                    .fma(fromArray(SPECIES, b, i), centred)
                    .mul(fromArray(SPECIES, s, i))
                    .intoArray(dy, at + i);
        }
        dev.ridgeline.kernel.reference.Groups.project(i, n, a, b, s, gamma, normal, dy, at);
    }
}
