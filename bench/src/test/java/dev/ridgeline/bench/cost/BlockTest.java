package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockTest {
    @Test
    void theOrderDependsOnSeedAndBlockAlone() {
        assertArrayEquals(Block.order(42, 1, 20), Block.order(42, 1, 20));
        assertFalse(Arrays.equals(Block.order(42, 1, 20), Block.order(42, 2, 20)));
        assertFalse(Arrays.equals(Block.order(42, 1, 20), Block.order(43, 1, 20)));
        assertArrayEquals(
                IntStream.range(0, 20).toArray(),
                IntStream.of(Block.order(42, 1, 20)).sorted().toArray());
    }
}
