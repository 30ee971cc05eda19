package dev.ridgeline.kernel;

/**
 * The packing buffers of {@link Gemm}: one object per thread, used again by every product of that thread. The buffers
 * grow when a product needs more and never shrink, so that a training step allocates nothing after the first.
 *
 * <p>Not safe for use by two threads at once.
 */
public final class GemmScratch {
    private static final int MOST_LANES = 16;

    /** A full tile of C, computed here where C has fewer columns. */
    final float[] tile = new float[12 * 2 * MOST_LANES];

    /** The part of the bias below such a tile, padded. */
    final float[] bias = new float[2 * MOST_LANES];

    /** Two squares of LANES x LANES, the steps of a transposition. */
    final float[] squares = new float[2 * MOST_LANES * MOST_LANES];

    private float[] packedA = {};
    private float[] packedB = {};
    private float[] transposed = {};

    /** Makes empty buffers. */
    public GemmScratch() {}

    float[] packedA(int length) {
        if (packedA.length < length) {
            packedA = new float[length];
        }
        return packedA;
    }

    float[] packedB(int length) {
        if (packedB.length < length) {
            packedB = new float[length];
        }
        return packedB;
    }

    float[] transposed(int length) {
        if (transposed.length < length) {
            transposed = new float[length];
        }
        return transposed;
    }
}
