package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.ledger.CacheSizes.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSizesTest {
    private static final CacheSizes EPYC = new CacheSizes(List.of(48L << 10, 1L << 20, 32L << 20));

    @TempDir
    private Path folder;

    private void cache(int index, String level, String type, String size) throws IOException {
        Path cache = Files.createDirectory(folder.resolve("index" + index));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("type"), type + "\n");
        Files.writeString(cache.resolve("size"), size + "\n");
    }

    @Test
    void readsDataCachesAsLinuxTellsThem() throws IOException {
        cache(0, "1", "Data", "48K");
        cache(1, "1", "Instruction", "32K");
        cache(2, "2", "Unified", "1M");
        cache(3, "3", "Unified", "32768K");
        assertEquals(EPYC, CacheSizes.read(folder));
    }

    @Test
    void assumesCommonSizesWhereTheSystemDoesNotTell() throws IOException {
        assertEquals(CacheSizes.ASSUMED, CacheSizes.read(folder.resolve("nowhere")));
        assertEquals(CacheSizes.ASSUMED, CacheSizes.read(folder));
        cache(0, "1", "Data", "many");
        assertEquals(CacheSizes.ASSUMED, CacheSizes.read(folder));
    }

    @Test
    void eachWorkingSetLiesInItsLevelAlone() {
        List<Level> levels = EPYC.levels(1, 1L << 30);
        assertEquals(
                List.of("L1", "L2", "L3", "memory"),
                levels.stream().map(Level::name).toList());
        assertEquals(
                List.of(24L << 10, 227_023L, 5_931_642L, 64L << 20),
                levels.stream().map(Level::workingSet).toList());
        for (int i = 1; i < levels.size(); i++) {
            assertTrue(levels.get(i).workingSet() > levels.get(i - 1).capacity());
            assertTrue(levels.get(i).workingSet() < levels.get(i).capacity());
        }
    }

    @Test
    void threadsHaveTheirOwnL1AndL2AndShareTheRest() {
        List<Level> levels = EPYC.levels(2, 1L << 30);
        assertEquals(
                List.of(24L << 10, 227_023L, 2_965_821L, 32L << 20),
                levels.stream().map(Level::workingSet).toList());
        assertEquals(
                List.of(96L << 10, 2L << 20, 32L << 20, Long.MAX_VALUE),
                levels.stream().map(Level::capacity).toList());
    }

    @Test
    void theHeapLimitsTheWorkingSetInMemory() {
        assertEquals(50_000_000, EPYC.levels(1, 50_000_000).getLast().workingSet());
    }

    @Test
    void eachLevelIsLargerThanTheOneBefore() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new CacheSizes(List.of(64L, 64L)));
        assertEquals("CacheSizes: [64, 64]; each level must be larger than the one before", e.getMessage());
    }
}
