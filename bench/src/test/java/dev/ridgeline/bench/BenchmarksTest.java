package dev.ridgeline.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BenchmarksTest {
    @Test
    void aFailedBenchmarkFailsTheRunUnlessTheUserChose() {
        assertArrayEquals(new String[] {"-foe", "true"}, Benchmarks.failingOnError(new String[0]));
        assertArrayEquals(
                new String[] {"-foe", "true", "Gemm", "-f", "1"},
                Benchmarks.failingOnError(new String[] {"Gemm", "-f", "1"}));
        String[] chosen = {"-foe", "false", "Gemm"};
        assertArrayEquals(chosen, Benchmarks.failingOnError(chosen));
    }

    @Test
    void theBuildKnowsItsVersionAndCommit() {
        Build build = Build.current();
        assertTrue(build.version().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), build::toString);
        assertTrue(build.commit().matches("[0-9a-f]{40}(-dirty)?|unknown"), build::toString);
    }
}
