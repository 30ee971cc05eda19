package dev.ridgeline.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.kernel.Team;
import org.junit.jupiter.api.Test;

class PassTest {
    @Test
    void samplingIsInferenceWithTheMasksOfTraining() {
        try (Team team = new Team(1)) {
            assertArrayEquals(new boolean[] {true, true}, modes(new Pass(team, true)));
            assertArrayEquals(new boolean[] {false, false}, modes(new Pass(team, false)));
            assertArrayEquals(new boolean[] {false, true}, modes(Pass.sampling(team)));
        }
    }

    private static boolean[] modes(Pass pass) {
        return new boolean[] {pass.training(), pass.stochastic()};
    }

    @Test
    void aPartOfABatchBeginsWhereMasksCanBegin() {
        try (Team team = new Team(1)) {
            Pass pass = Pass.sampling(team);
            pass.firstRow(512);
            assertEquals(512, pass.firstRow());
            for (long row : new long[] {-256, 1, 255}) {
                Exception e = assertThrows(IllegalArgumentException.class, () -> pass.firstRow(row));
                assertEquals("first row: " + row + " must be a multiple of 256, not negative", e.getMessage());
            }
        }
    }
}
