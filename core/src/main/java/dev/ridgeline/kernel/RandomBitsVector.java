package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link RandomBits} with LANES blocks at a time. */
final class RandomBitsVector {
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    private RandomBitsVector() {}

    static void blocks(long key, int first, int counter1, int[] words) {
        for (int b = 0; b < RandomBits.BLOCKS; b += 2 * LANES) {
            rounds((int) key, (int) (key >>> 32), first + b, counter1, words, b);
        }
    }

    /**
     * LANES blocks, without a loop and in a method of their own: with the loop around them C2 gives up on the method
     * ("too many clones required"), with more code around them it passes its node limit for inlining and boxes.
     */
    private static void rounds(int key0, int key1, int first, int counter1, int[] words, int b) {
        int key2 = RandomBits.PARITY ^ key0 ^ key1;
        IntVector x0 = IntVector.zero(INTS).addIndex(1).add(first + key0);
        IntVector y0 = x0.add(LANES);
        IntVector x1 = IntVector.broadcast(INTS, counter1 + key1);
        IntVector y1 = x1;
        // formatter-off
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL,  6).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL,  6).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(key1); x1 = x1.add(key2 + 1);
        y0 = y0.add(key1); y1 = y1.add(key2 + 1);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(key2); x1 = x1.add(key0 + 2);
        y0 = y0.add(key2); y1 = y1.add(key0 + 2);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL,  6).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL,  6).lanewise(VectorOperators.XOR, y0);
        x0 = x0.add(key0); x1 = x1.add(key1 + 3);
        y0 = y0.add(key0); y1 = y1.add(key1 + 3);
        x0 = x0.add(x1);   x1 = x1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
        y0 = y0.add(y1);   y1 = y1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, y0);
        // formatter-on
        x0.intoArray(words, b);
        x1.intoArray(words, RandomBits.BLOCKS + b);
        y0.intoArray(words, LANES + b);
        y1.intoArray(words, RandomBits.BLOCKS + LANES + b);
    }
}
