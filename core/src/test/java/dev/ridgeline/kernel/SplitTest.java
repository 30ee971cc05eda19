package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SplitTest {

    @Test
    void partsCoverTheRangeOnceAtUnitBorders() {
        for (int n : new int[] {0, 1, 2, 15, 16, 17, 63, 64, 65, 1000, 99_991}) {
            for (int unit : new int[] {1, 4, 12, 16, 64, 256}) {
                for (int parts = 1; parts <= 9; parts++) {
                    assertEquals(0, Split.begin(n, unit, 0, parts));
                    assertEquals(n, Split.begin(n, unit, parts, parts));
                    for (int part = 0; part < parts; part++) {
                        int begin = Split.begin(n, unit, part, parts);
                        int end = Split.begin(n, unit, part + 1, parts);
                        assertTrue(begin <= end);
                        assertTrue(begin % unit == 0 || begin == n);
                        assertTrue(end - begin <= (n / unit / parts + 2) * unit, "a fair share");
                    }
                }
            }
        }
    }

    @Test
    void theLargestRangeDoesNotOverflow() {
        int n = Integer.MAX_VALUE;
        int previous = 0;
        for (int part = 1; part <= 7; part++) {
            int begin = Split.begin(n, 64, part, 7);
            assertTrue(begin > previous);
            previous = begin;
        }
        assertEquals(n, previous);
    }
}
