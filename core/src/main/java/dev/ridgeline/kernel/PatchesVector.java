package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The sums of {@link Patches} on vectors: C2 would not vectorise them, for all it knows the two arrays are one. */
final class PatchesVector {
    private PatchesVector() {}

    /** to = from, for at least LANES elements; the last vector may overlap the one before. */
    static void copy(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int last = n - LANES;
        for (int i = 0; i < last; i += LANES) {
            FloatVector.fromArray(SPECIES, from, fromOffset + i).intoArray(to, toOffset + i);
        }
        FloatVector.fromArray(SPECIES, from, fromOffset + last).intoArray(to, toOffset + last);
    }

    /** to += from, for at least LANES elements. */
    static void add(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, to, toOffset + i)
                    .add(FloatVector.fromArray(SPECIES, from, fromOffset + i))
                    .intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] += from[fromOffset + i];
        }
    }
}
