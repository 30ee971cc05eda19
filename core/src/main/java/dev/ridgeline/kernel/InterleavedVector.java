package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link Interleaved} with LANES models at a time. What is over goes through the reference loops. */
final class InterleavedVector {
    private InterleavedVector() {}

    /** Pairs of vectors hide half of the chains' latency. */
    static void units(int rows, int inputs, int models, float[] a, float[] w, float[] bias, float[] y) {
        int m = 0;
        for (; m + 2 * LANES <= models; m += 2 * LANES) {
            for (int r = 0; r < rows; r++) {
                FloatVector s0 = FloatVector.zero(SPECIES);
                FloatVector s1 = FloatVector.zero(SPECIES);
                int unit = r * inputs * models + m;
                for (int h = 0, i = m; h < inputs; h++, i += models, unit += models) {
                    s0 = load(a, unit).fma(load(w, i), s0);
                    s1 = load(a, unit + LANES).fma(load(w, i + LANES), s1);
                }
                s0.add(load(bias, m)).intoArray(y, r * models + m);
                s1.add(load(bias, m + LANES)).intoArray(y, r * models + m + LANES);
            }
        }
        if (m + LANES <= models) {
            for (int r = 0; r < rows; r++) {
                FloatVector s = FloatVector.zero(SPECIES);
                int unit = r * inputs * models + m;
                for (int h = 0, i = m; h < inputs; h++, i += models, unit += models) {
                    s = load(a, unit).fma(load(w, i), s);
                }
                s.add(load(bias, m)).intoArray(y, r * models + m);
            }
            m += LANES;
        }
        dev.ridgeline.kernel.reference.Interleaved.units(rows, inputs, models, m, a, w, bias, y);
    }

    static void multiply(int rows, int models, float s, int[] labels, int labelsOffset, float[] z) {
        int whole = models - models % LANES;
        for (int r = 0; r < rows; r++) {
            float factor = labels[labelsOffset + r] == 1 ? -s : s;
            for (int m = 0, i = r * models; m < whole; m += LANES, i += LANES) {
                load(z, i).mul(factor).intoArray(z, i);
            }
        }
        dev.ridgeline.kernel.reference.Interleaved.multiply(rows, models, whole, s, labels, labelsOffset, z);
    }

    static void tanhUnitsGradient(int rows, int inputs, int models, float[] dy, float[] w, float[] dw, float[] a) {
        int whole = models - models % LANES;
        for (int r = 0; r < rows; r++) {
            for (int m = 0; m < whole; m += LANES) {
                FloatVector d = load(dy, r * models + m);
                int unit = r * inputs * models + m;
                for (int h = 0, i = m; h < inputs; h++, i += models, unit += models) {
                    FloatVector v = load(a, unit);
                    v.fma(d, load(dw, i)).intoArray(dw, i);
                    d.mul(load(w, i))
                            .mul(v.neg().fma(v, FloatVector.broadcast(SPECIES, 1)))
                            .intoArray(a, unit);
                }
            }
        }
        dev.ridgeline.kernel.reference.Interleaved.tanhUnitsGradient(rows, inputs, models, whole, dy, w, dw, a);
    }

    private static FloatVector load(float[] array, int index) {
        return FloatVector.fromArray(SPECIES, array, index);
    }
}
