package dev.ridgeline.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Random bits from a counter: Threefry-2x32 with 13 rounds (Salmon, Moraes, Dror and Shaw, Parallel random numbers: as
 * easy as 1, 2, 3, SC 2011), the smallest number of rounds that passes BigCrush. A block is a pure function of (key,
 * counter), so bits need no state, no order and no storage: thread t of a run finds the bits of element e at step s
 * without the others.
 */
public final class RandomBits {
    /** The rotation of each round; they repeat after eight. */
    private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};

    private static final int ROUNDS = 13;

    /** How many blocks {@link #blocks} draws at a time. */
    public static final int BLOCKS = 64;

    /** How many words that makes. */
    public static final int WORDS = 2 * BLOCKS;

    /** The key schedule's parity word. */
    static final int PARITY = 0x1BD11BDA;

    private RandomBits() {}

    /**
     * Returns the key of a named stream under a seed. Different names and different seeds give unrelated streams.
     *
     * @param seed the run's seed
     * @param name what the stream is for, for example a layer's name
     * @return the key
     */
    public static long key(long seed, String name) {
        long hash = 0xCBF29CE484222325L; // FNV-1a
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return block(seed, (int) hash, (int) (hash >>> 32));
    }

    /**
     * Returns the 64 bits at a counter.
     *
     * @param key the stream
     * @param counter0 the first word of the counter
     * @param counter1 the second word of the counter
     * @return word 0 in the low half, word 1 in the high half
     */
    public static long block(long key, int counter0, int counter1) {
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        int key2 = PARITY ^ key0 ^ key1;
        int x0 = counter0 + key0;
        int x1 = counter1 + key1;
        for (int round = 0; round < ROUNDS; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, ROTATIONS[round & 7]) ^ x0;
            if ((round & 3) == 3) {
                int injection = (round >> 2) + 1;
                x0 += injection % 3 == 0 ? key0 : injection % 3 == 1 ? key1 : key2;
                x1 += (injection % 3 == 0 ? key1 : injection % 3 == 1 ? key2 : key0) + injection;
            }
        }
        return Integer.toUnsignedLong(x0) | (long) x1 << 32;
    }

    /**
     * Draws the 64 blocks at the counters (first..first+63, counter1).
     *
     * @param key the stream
     * @param first the first word of the first counter
     * @param counter1 the second word of the counters
     * @param words word 0 of block b at b, word 1 at 64 + b; modified
     */
    public static void blocks(long key, int first, int counter1, int[] words) {
        Objects.checkFromToIndex(0, WORDS, words.length);
        if (Kernels.vectorAfter(64L * BLOCKS)) {
            RandomBitsVector.blocks(key, first, counter1, words);
        } else {
            for (int b = 0; b < BLOCKS; b++) {
                long block = block(key, first + b, counter1);
                words[b] = (int) block;
                words[BLOCKS + b] = (int) (block >>> 32);
            }
        }
    }

    /**
     * Returns a number uniform in [0, 1), a multiple of 2⁻²⁴.
     *
     * @param key the stream
     * @param index which number of the stream
     * @return the number
     */
    public static float uniform(long key, long index) {
        return ((int) block(key, (int) index, (int) (index >>> 32)) >>> 8) * 0x1p-24f;
    }

    /**
     * Returns a whole number uniform in [0, bound), up to a bias of bound/2³².
     *
     * @param key the stream
     * @param index which number of the stream
     * @param bound the bound, positive
     * @return the number
     */
    public static int below(long key, long index, int bound) {
        long word = block(key, (int) index, (int) (index >>> 32)) >>> 32;
        return (int) (word * bound >>> 32);
    }
}
