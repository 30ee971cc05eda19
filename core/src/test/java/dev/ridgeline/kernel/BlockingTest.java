package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockingTest {
    private final Blocking blocking = new Blocking(100, 2000, 5000, 0);

    @Test
    void blocksOfKAreFewAndEven() {
        assertEquals(0, blocking.depth(0));
        assertEquals(1, blocking.depth(1));
        assertEquals(100, blocking.depth(100));
        assertEquals(51, blocking.depth(101));
        assertEquals(67, blocking.depth(201));
    }

    @Test
    void blocksOfAAreWholeTilesAndFit() {
        assertEquals(12, blocking.height(1, 100, 12)); // 2000 / 100 = 20 rows hold one tile of 12
        assertEquals(12, blocking.height(50, 100, 12));
        assertEquals(36, blocking.height(50, 50, 12)); // 40 rows, three tiles: five tiles make two blocks
        assertEquals(60, blocking.height(50, 10, 12));
    }

    @Test
    void blocksOfBAreWholePanelsAndFit() {
        assertEquals(32, blocking.width(1, 100, 32));
        assertEquals(32, blocking.width(70, 100, 32));
        assertEquals(64, blocking.width(128, 60, 32));
    }

    @Test
    void everySizeHasABlock() {
        for (int size = 1; size < 3000; size += 7) {
            for (int depth = 0; depth <= 100; depth++) {
                assertTrue(blocking.height(size, depth, 12) >= 12);
                assertTrue(blocking.width(size, depth, 32) >= 32);
            }
        }
    }

    @Test
    void refusesWhatCannotHoldARow() {
        assertThrows(IllegalArgumentException.class, () -> new Blocking(0, 10, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new Blocking(10, 9, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new Blocking(10, 10, 9, 0));
        assertThrows(IllegalArgumentException.class, () -> new Blocking(10, 10, 10, -1));
    }
}
