package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBitsTest {
    private static long pair(int low, int high) {
        return Integer.toUnsignedLong(low) | (long) high << 32;
    }

    /** The known answers of the authors' Random123 library (kat_vectors, threefry2x32 with 13 rounds). */
    @Test
    @Tag("bits")
    void knownAnswers() {
        assertEquals(pair(0x9d1c5ec6, 0x8bd50731), RandomBits.block(0, 0, 0));
        assertEquals(pair(0xfd36d048, 0x2d17272c), RandomBits.block(-1, -1, -1));
        assertEquals(
                pair(0xba3e4725, 0xf27d669e), RandomBits.block(pair(0x13198a2e, 0x03707344), 0x243f6a88, 0x85a308d3));
    }

    @Test
    @Tag("bits")
    void manyBlocksAreTheBlocks() {
        long key = RandomBits.key(3, "stream");
        for (int first : new int[] {0, 64, 1_000_000_000, Integer.MAX_VALUE - 20, -64}) {
            int[] words = new int[RandomBits.WORDS];
            RandomBits.blocks(key, first, 17, words);
            for (int b = 0; b < RandomBits.BLOCKS; b++) {
                assertEquals(
                        RandomBits.block(key, first + b, 17),
                        pair(words[b], words[RandomBits.BLOCKS + b]),
                        "block " + b);
            }
        }
        assertThrows(
                IndexOutOfBoundsException.class, () -> RandomBits.blocks(key, 0, 0, new int[RandomBits.WORDS - 1]));
    }

    @Test
    void everyInputBitFlipsHalfTheOutput() {
        for (int bit = 0; bit < 128; bit++) {
            long flipped = 0;
            for (int i = 0; i < 1000; i++) {
                long key = i * 0x9E3779B97F4A7C15L;
                long plain = RandomBits.block(key, i, -i);
                long other = bit < 64
                        ? RandomBits.block(key ^ 1L << bit, i, -i)
                        : RandomBits.block(key, bit < 96 ? i ^ 1 << bit : i, bit < 96 ? -i : -i ^ 1 << bit);
                flipped += Long.bitCount(plain ^ other);
            }
            // 64,000 fair coins: five standard deviations are 632
            assertEquals(32_000, flipped, 632, "input bit " + bit);
        }
    }

    @Test
    void keysDependOnSeedAndName() {
        Set<Long> keys = new HashSet<>();
        for (long seed = -5; seed < 5; seed++) {
            for (String name : new String[] {"", "a", "b", "ab", "ba", "dense1/kernel", "dense2/kernel", "ä"}) {
                assertTrue(keys.add(RandomBits.key(seed, name)), name + " " + seed);
            }
        }
        assertEquals(RandomBits.key(1, "x"), RandomBits.key(1, "x"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -1})
    void uniformNumbersAreUniform(long seed) {
        long key = RandomBits.key(seed, "uniform");
        int[] bins = new int[256];
        int odd = 0;
        for (long i = 0; i < 100_000; i++) {
            float u = RandomBits.uniform(key, i + (seed << 33));
            assertTrue(u >= 0 && u < 1);
            assertEquals(u * 0x1p24f, Math.rint(u * 0x1p24f));
            odd += (int) (u * 0x1p24f) & 1;
            bins[(int) (u * 256)]++;
        }
        assertEquals(50_000, odd, 800, "the last of 24 bits, at five standard deviations");
        assertUniform(bins, 100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100, 257})
    void numbersBelowABoundAreUniform(int bound) {
        long key = RandomBits.key(7, "below");
        int[] bins = new int[bound];
        for (long i = 0; i < 100_000; i++) {
            bins[RandomBits.below(key, i, bound)]++;
        }
        assertUniform(bins, 100_000);
    }

    @Test
    void aLargeBoundStaysInRange() {
        for (long i = 0; i < 10_000; i++) {
            int below = RandomBits.below(1, i, Integer.MAX_VALUE);
            assertTrue(below >= 0 && below < Integer.MAX_VALUE);
        }
    }

    /** Neighbours, other streams and other steps say nothing about a number: 4 x 4 tables of quarters. */
    @Test
    void numbersAreIndependent() {
        long key = RandomBits.key(1, "a");
        long other = RandomBits.key(1, "b");
        long seeded = RandomBits.key(2, "a");
        int[][] tables = new int[4][16];
        for (int i = 0; i < 100_000; i++) {
            int quarter = (int) (RandomBits.block(key, i, 0) >>> 30 & 3);
            tables[0][4 * quarter + (int) (RandomBits.block(key, i + 1, 0) >>> 30 & 3)]++;
            tables[1][4 * quarter + (int) (RandomBits.block(key, i, 1) >>> 30 & 3)]++;
            tables[2][4 * quarter + (int) (RandomBits.block(other, i, 0) >>> 30 & 3)]++;
            tables[3][4 * quarter + (int) (RandomBits.block(seeded, i, 0) >>> 30 & 3)]++;
        }
        for (int[] table : tables) {
            assertUniform(table, 100_000);
        }
    }

    @Test
    void theTestOfUniformityCanFail() {
        int[] bins = new int[256];
        Arrays.fill(bins, 390);
        bins[0] = 900;
        assertThrows(AssertionError.class, () -> assertUniform(bins, 256 * 390 + 510));
    }

    /** Pearson's chi-square, at five standard deviations of its distribution. */
    static void assertUniform(int[] bins, int n) {
        double expected = (double) n / bins.length;
        double square = 0;
        for (int count : bins) {
            square += (count - expected) * (count - expected) / expected;
        }
        int freedom = bins.length - 1;
        double limit = freedom + 5 * Math.sqrt(2.0 * freedom) + 5;
        assertTrue(square <= limit, "chi-square " + square + " of " + freedom + " degrees of freedom");
    }
}
