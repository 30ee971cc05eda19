package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparsityScheduleTest {
    @Test
    void cubic() {
        assertEquals(
                List.of(0.578125, 0.875, 0.984375, 1.0),
                SparsitySchedule.cubic(0, 1, 4).fractions());
        assertEquals(List.of(0.8375, 0.9), SparsitySchedule.cubic(0.4, 0.9, 2).fractions());
        assertEquals(List.of(0.3), SparsitySchedule.cubic(0.3, 0.3, 1).fractions());
    }

    @Test
    void aRoundMayRepeatTheOneBeforeItAndTheFirstMayPruneNothing() {
        assertEquals(
                List.of(0.0, 0.5, 0.5, 1.0), SparsitySchedule.of(0, 0.5, 0.5, 1).fractions());
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertMessage(
                "SparsitySchedule: the fraction of round 2 is 0.4; it must be within 0.5, that of the round before, and 1",
                () -> SparsitySchedule.of(0.5, 0.4));
        assertMessage(
                "SparsitySchedule: the fraction of round 1 is 1.5; it must be within 0.0, that of the round before, and 1",
                () -> SparsitySchedule.of(1.5));
        assertMessage("SparsitySchedule: there is no round; give at least one fraction", SparsitySchedule::of);
        assertMessage(
                "SparsitySchedule: there is no round; give at least one fraction",
                () -> SparsitySchedule.cubic(0, 0.5, 0));
        assertMessage(
                "SparsitySchedule: from 0.5 to 0.4; both are fractions within 0 and 1, the first at most the second",
                () -> SparsitySchedule.cubic(0.5, 0.4, 3));
        assertMessage(
                "SparsitySchedule: from NaN to 0.4; both are fractions within 0 and 1, the first at most the second",
                () -> SparsitySchedule.cubic(Double.NaN, 0.4, 3));
    }

    private static void assertMessage(String message, Runnable makes) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, makes::run).getMessage());
    }
}
