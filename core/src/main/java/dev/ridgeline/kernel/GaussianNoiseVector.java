package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.RandomBitsVector.INTS;
import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import dev.ridgeline.kernel.reference.GaussianNoise;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link GaussianNoise} with LANES elements at a time. The last chunk may be short: its normal numbers are all drawn, for
 * the function is dear without vectors, and what is left of less than a vector is combined one by one. The loops that
 * combine call the Vector API alone: C2 compiles them together with the inverse normal distribution function, which leaves
 * it no room to inline anything else.
 */
final class GaussianNoiseVector {
    private static final int CHUNK = dev.ridgeline.kernel.GaussianNoise.CHUNK;

    private GaussianNoiseVector() {}

    static void add(
            int from,
            int to,
            int block,
            float deviation,
            long key,
            int step,
            int[] words,
            float[] normals,
            float[] x,
            float[] y) {
        for (int chunk = from; chunk < to; chunk += CHUNK) {
            RandomBitsVector.blocks(key, block + (chunk >> 1), step, words);
            GaussianNoise.probabilities(words, normals);
            ElementaryVector.inverseNormal(CHUNK, normals, 0, normals, 0);
            addChunk(chunk, Math.min(CHUNK, to - chunk), deviation, words, normals, x, y);
        }
    }

    static void multiply(
            int from,
            int to,
            int block,
            float deviation,
            long key,
            int step,
            int[] words,
            float[] normals,
            float[] x,
            float[] y) {
        for (int chunk = from; chunk < to; chunk += CHUNK) {
            RandomBitsVector.blocks(key, block + (chunk >> 1), step, words);
            GaussianNoise.probabilities(words, normals);
            ElementaryVector.inverseNormal(CHUNK, normals, 0, normals, 0);
            multiplyChunk(chunk, Math.min(CHUNK, to - chunk), deviation, words, normals, x, y);
        }
    }

    private static void addChunk(
            int chunk, int n, float deviation, int[] words, float[] normals, float[] x, float[] y) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            IntVector sign = IntVector.fromArray(INTS, words, i).and(Integer.MIN_VALUE);
            FloatVector normal = FloatVector.fromArray(SPECIES, normals, i)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsFloats();
            normal.mul(deviation)
                    .add(FloatVector.fromArray(SPECIES, x, chunk + i))
                    .intoArray(y, chunk + i);
        }
        GaussianNoise.addChunk(chunk, i, n, deviation, words, normals, x, y);
    }

    private static void multiplyChunk(
            int chunk, int n, float deviation, int[] words, float[] normals, float[] x, float[] y) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            IntVector sign = IntVector.fromArray(INTS, words, i).and(Integer.MIN_VALUE);
            FloatVector normal = FloatVector.fromArray(SPECIES, normals, i)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsFloats();
            normal.mul(deviation)
                    .add(1)
                    .mul(FloatVector.fromArray(SPECIES, x, chunk + i))
                    .intoArray(y, chunk + i);
        }
        GaussianNoise.multiplyChunk(chunk, i, n, deviation, words, normals, x, y);
    }
}
