package dev.ridgeline.train;

import static dev.ridgeline.train.Recorded.NAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralizationLossTest {
    private static StoppingOutcome replay(double alpha, double... losses) {
        return Recorded.validation(losses).replay(new GeneralizationLoss(alpha));
    }

    @Test
    void itStopsWhenTheErrorExceedsTheLowestByMoreThanAlphaPercent() {
        // 100·(2.5/2 - 1) = 25
        StoppingOutcome outcome = replay(24.9, 3, 2, 2.25, 2.5, 1);
        assertEquals(new StoppingOutcome(5, 4, "the generalization loss is 25.0 %, more than 24.9", 2, 2), outcome);
        assertEquals(new StoppingOutcome(5, 0, "", 5, 5), replay(25, 3, 2, 2.25, 2.5, 1));
    }

    @Test
    void theLossIsRelativeToTheLowestSoFar() {
        assertEquals(0, replay(60, 8, 4, 6, 2, 3).stoppedAt());
        assertEquals(3, replay(40, 8, 4, 6, 2, 3).stoppedAt());
        assertEquals(6, replay(60, 8, 4, 6, 2, 3, 4).stoppedAt());
    }

    @Test
    void alphaZeroStopsAtTheFirstRise() {
        assertEquals(4, replay(0, 3, 2, 2, 2.001, 1).stoppedAt());
    }

    @Test
    void aFallingErrorNeverStops() {
        assertEquals(new StoppingOutcome(4, 0, "", 4, 4), replay(0, 4, 3, 2, 1));
    }

    @Test
    void nanNeitherStopsNorIsTheBest() {
        assertEquals(new StoppingOutcome(4, 0, "", 3, 3), replay(5, NAN, 2, 1, NAN));
        assertEquals(4, replay(5, NAN, 1, NAN, 2).stoppedAt());
    }

    @Test
    void anErrorOfZeroIsTheLowestThereCanBe() {
        assertEquals(0, replay(5, 1, 0, 0, 0).stoppedAt());
        assertEquals(3, replay(5, 1, 0, 1e-9, 0).stoppedAt());
    }

    @Test
    void withoutValidationItSaysWhatIsMissing() {
        History history = Recorded.training(1, 2);
        Exception e = assertThrows(IllegalStateException.class, () -> history.replay(new GeneralizationLoss(5)));
        assertTrue(
                e.getMessage().startsWith("GeneralizationLoss: epoch 1 has no validation loss")
                        && e.getMessage().contains("Trainer.validation"),
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aThresholdOutOfRangeIsRefused(double alpha) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new GeneralizationLoss(alpha));
        assertEquals("GeneralizationLoss: alpha is " + alpha + "; it must be at least 0 and finite", e.getMessage());
    }
}
