package dev.ridgeline.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest float vector of this machine: what every vector kernel is written in. Loaded only if they run. */
final class VectorShapes {
    /** At most 512 bits: the tiles and buffers of the matrix product are laid out for 16 lanes. */
    static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    private VectorShapes() {}

    static int bits() {
        return SPECIES.vectorBitSize();
    }
}
