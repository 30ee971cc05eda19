package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.RandomBitsVector.INTS;
import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link Dropout} with LANES elements at a time. */
final class DropoutVector {
    private DropoutVector() {}

    static void apply(
            boolean rectify,
            int from,
            int to,
            int block,
            int threshold,
            float scale,
            long key,
            int step,
            int[] words,
            float[] x,
            float[] y) {
        int whole = from + (to - from) / Dropout.CHUNK * Dropout.CHUNK;
        for (int chunk = from; chunk < whole; chunk += Dropout.CHUNK) {
            RandomBitsVector.blocks(key, block + (chunk >> 2), step, words);
            if (rectify) {
                keepPositive(chunk, threshold, scale, words, x, y);
            } else {
                keep(chunk, threshold, scale, words, x, y);
            }
        }
        if (whole < to) {
            dev.ridgeline.kernel.reference.Dropout.apply(
                    rectify, whole, to, block, threshold, scale, key, step, words, x, y);
        }
    }

    // One word a turn, not two: with more nodes C2 may leave the last shift out of line, and box its vector.

    private static void keep(int chunk, int threshold, float scale, int[] words, float[] x, float[] y) {
        for (int w = 0; w < RandomBits.WORDS; w += LANES) {
            IntVector word = IntVector.fromArray(INTS, words, w);
            int i = chunk + (w & 63) + ((w & 64) << 1);
            keep(word.and(0xFFFF), threshold, scale, x, y, i);
            keep(word.lanewise(VectorOperators.LSHR, 16), threshold, scale, x, y, i + 64);
        }
    }

    private static void keepPositive(int chunk, int threshold, float scale, int[] words, float[] x, float[] y) {
        for (int w = 0; w < RandomBits.WORDS; w += LANES) {
            IntVector word = IntVector.fromArray(INTS, words, w);
            int i = chunk + (w & 63) + ((w & 64) << 1);
            keepPositive(word.and(0xFFFF), threshold, scale, x, y, i);
            keepPositive(word.lanewise(VectorOperators.LSHR, 16), threshold, scale, x, y, i + 64);
        }
    }

    private static void keepPositive(IntVector number, int threshold, float scale, float[] x, float[] y, int i) {
        IntVector mask = IntVector.broadcast(INTS, threshold - 1).sub(number).lanewise(VectorOperators.ASHR, 31);
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        v.blend(0, v.compare(VectorOperators.LE, 0))
                .mul(scale)
                .reinterpretAsInts()
                .and(mask)
                .reinterpretAsFloats()
                .intoArray(y, i);
    }

    static void rectifyGradient(int from, int to, float scale, float[] y, float[] dy) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            VectorMask<Float> positive = FloatVector.fromArray(SPECIES, y, i).compare(VectorOperators.GT, 0);
            FloatVector.zero(SPECIES)
                    .blend(FloatVector.fromArray(SPECIES, dy, i).mul(scale), positive)
                    .intoArray(dy, i);
        }
        dev.ridgeline.kernel.reference.Dropout.rectifyGradient(i, to, scale, y, dy);
    }

    /** The sign of threshold - 1 - number, spread over the lane, is the mask: no compare, no mask register. */
    private static void keep(IntVector number, int threshold, float scale, float[] x, float[] y, int i) {
        IntVector mask = IntVector.broadcast(INTS, threshold - 1).sub(number).lanewise(VectorOperators.ASHR, 31);
        FloatVector.fromArray(SPECIES, x, i)
                .mul(scale)
                .reinterpretAsInts()
                .and(mask)
                .reinterpretAsFloats()
                .intoArray(y, i);
    }

    static void affine(
            int from,
            int to,
            int block,
            int threshold,
            float scale,
            float shift,
            float dropped,
            long key,
            int step,
            int[] words,
            float[] x,
            float[] y) {
        int whole = from + (to - from) / Dropout.CHUNK * Dropout.CHUNK;
        for (int chunk = from; chunk < whole; chunk += Dropout.CHUNK) {
            RandomBitsVector.blocks(key, block + (chunk >> 2), step, words);
            affine(chunk, threshold, scale, shift, dropped, words, x, y);
        }
        if (whole < to) {
            dev.ridgeline.kernel.reference.Dropout.affine(
                    whole, to, block, threshold, scale, shift, dropped, key, step, words, x, y);
        }
    }

    private static void affine(
            int chunk, int threshold, float scale, float shift, float dropped, int[] words, float[] x, float[] y) {
        for (int w = 0; w < RandomBits.WORDS; w += LANES) {
            IntVector word = IntVector.fromArray(INTS, words, w);
            int i = chunk + (w & 63) + ((w & 64) << 1);
            affine(word.and(0xFFFF), threshold, scale, shift, dropped, x, y, i);
            affine(word.lanewise(VectorOperators.LSHR, 16), threshold, scale, shift, dropped, x, y, i + 64);
        }
    }

    /** Where the mask has ones, the bits of x·scale + shift, else those of the constant c: c ^ ((v ^ c) & mask). */
    private static void affine(
            IntVector number, int threshold, float scale, float shift, float dropped, float[] x, float[] y, int i) {
        IntVector mask = IntVector.broadcast(INTS, threshold - 1).sub(number).lanewise(VectorOperators.ASHR, 31);
        int constant = Float.floatToRawIntBits(dropped);
        FloatVector.fromArray(SPECIES, x, i)
                .mul(scale)
                .add(shift)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, constant)
                .and(mask)
                .lanewise(VectorOperators.XOR, constant)
                .reinterpretAsFloats()
                .intoArray(y, i);
    }
}
