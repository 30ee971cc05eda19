package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.CacheSizes.Level;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class CeilingBenchmarkTest {
    @Test
    void theChainsAreWhatTheyAreCountedAs() {
        int lanes = FloatVector.SPECIES_PREFERRED.length();
        assertEquals(2L * 12 * 10_000 * lanes, CeilingBenchmark.flops());
        float[] factors = new float[2 * lanes];
        float x = 0.25f;
        for (int i = 0; i < lanes; i++) {
            factors[i] = 0.5f;
            factors[lanes + i] = x;
        }
        for (int round = 0; round < 7; round++) {
            x = Math.fma(x, 0.5f, 0.25f);
        }
        assertEquals(12 * x, CeilingBenchmark.chains(7, factors), 1e-5f);
    }

    @Test
    void everyByteThatMovesIsCounted() {
        // two arrays of 3072 floats, 12 bytes an element, as often as makes a megabyte: 29 times
        assertEquals(29L * 12 * 3072, CeilingBenchmark.bytesMoved(24 << 10));
        // once is enough: 8 MiB in each array, each element of one read, of the other read and written
        assertEquals(12L << 21, CeilingBenchmark.bytesMoved(16 << 20));
    }

    @Test
    void theLoopReadsBothArraysAndWritesOne() {
        CeilingBenchmark.Arena arena = new CeilingBenchmark.Arena();
        arena.bytes = 1024;
        arena.fill();
        float[] w = new CeilingBenchmark().axpy(arena);
        long passes = CeilingBenchmark.bytesMoved(1024) / (12 * 128);
        float expected = 1;
        for (long pass = 0; pass < passes; pass++) {
            expected += 1e-6f;
        }
        assertEquals(expected, w[0]);
        assertEquals(w[0], w[127]);
        assertEquals(1, w[128], "the gap behind the elements is not touched");
    }

    @Test
    void theWorkingSetsAreDerivedFromTheCaches() {
        List<Level> levels = CacheSizes.current().levels(1, 1L << 31);
        assertEquals(
                CacheSizes.current().bytes().getFirst() / 2, levels.getFirst().workingSet());
        assertTrue(levels.size() == CacheSizes.current().bytes().size() + 1);
    }
}
