package dev.ridgeline.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest float vector of this machine: what every vector kernel is written in. Loaded only if they run. */
final class VectorShapes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    private VectorShapes() {}

    static int bits() {
        return SPECIES.vectorBitSize();
    }
}
