package dev.ridgeline.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShuffleTest {
    private static int[] order(long seed, int epoch, int n) {
        int[] order = new int[n];
        new Shuffle(seed).order(epoch, order);
        return order;
    }

    @Test
    void givesPermutations() {
        for (int n : new int[] {0, 1, 2, 3, 10, 1000}) {
            int[] sorted = order(1, 3, n);
            Arrays.sort(sorted);
            for (int i = 0; i < n; i++) {
                assertEquals(i, sorted[i]);
            }
        }
    }

    @Test
    void dependsOnSeedAndEpochAlone() {
        int[] order = order(1, 3, 100);
        assertArrayEquals(order, order(1, 3, 100));
        assertFalse(Arrays.equals(order, order(1, 4, 100)));
        assertFalse(Arrays.equals(order, order(2, 3, 100)));
        int[] used = order(5, 9, 100);
        new Shuffle(1).order(3, used);
        assertArrayEquals(order, used);
    }

    @Test
    void everyPermutationIsEquallyLikely() {
        int[] counts = new int[64];
        int n = 24_000;
        for (int epoch = 0; epoch < n; epoch++) {
            int[] order = order(7, epoch, 4);
            counts[16 * order[0] + 4 * order[1] + order[2]]++;
        }
        double square = 0;
        int seen = 0;
        for (int count : counts) {
            seen += count > 0 ? 1 : 0;
            square += count > 0 ? (count - 1000.0) * (count - 1000.0) / 1000 : 0;
        }
        assertEquals(24, seen);
        assertTrue(square < 23 + 5 * Math.sqrt(46), "chi-square " + square);
    }
}
