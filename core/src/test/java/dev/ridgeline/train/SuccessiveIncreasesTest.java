package dev.ridgeline.train;

import static dev.ridgeline.train.Recorded.NAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SuccessiveIncreasesTest {
    private static StoppingOutcome replay(int successive, int strip, double... losses) {
        return Recorded.validation(losses).replay(new SuccessiveIncreases(successive, strip));
    }

    @Test
    void itStopsAfterTheFirstRiseOfAStrip() {
        // strips end with 4, 3, 3.5
        StoppingOutcome outcome = replay(1, 2, 9, 4, 9, 3, 2, 3.5, 1, 1);
        assertEquals(new StoppingOutcome(8, 6, "the validation loss has risen in 1 strip of 2 epochs", 5, 5), outcome);
    }

    @Test
    void theFirstStripHasNoneBeforeIt() {
        assertEquals(0, replay(1, 3, 1, 2, 3).stoppedAt());
        assertEquals(6, replay(1, 3, 1, 2, 3, 3, 3, 4).stoppedAt());
    }

    @Test
    void theRisesMustBeSuccessive() {
        // rises in epochs 2, 3, 5, 6 and 7
        double[] zigzag = {1, 2, 3, 2, 4, 5, 6, 7};
        assertEquals(3, replay(2, 1, zigzag).stoppedAt());
        assertEquals(7, replay(3, 1, zigzag).stoppedAt());
        assertEquals(0, replay(5, 1, zigzag).stoppedAt());
        assertEquals(
                "the validation loss has risen in 3 successive strips of 1 epoch",
                replay(3, 1, zigzag).reason());
    }

    @Test
    void anEqualErrorIsNoRise() {
        assertEquals(0, replay(2, 1, 1, 2, 2, 3, 3, 4).stoppedAt());
    }

    @Test
    void nanIsNoRiseAndNotTheBest() {
        assertEquals(new StoppingOutcome(6, 6, replay(2, 1, 4, 5, 6).reason(), 1, 1), replay(2, 1, 1, 2, NAN, 3, 4, 5));
        assertEquals(new StoppingOutcome(3, 0, "", 2, 2), replay(1, 1, NAN, 2, NAN));
    }

    @Test
    void fiveEpochsAreAStripUnlessSet() {
        assertEquals(new SuccessiveIncreases(3, 5), new SuccessiveIncreases(3));
    }

    @Test
    void withoutValidationItSaysWhatIsMissing() {
        History history = Recorded.training(1, 2);
        Exception e = assertThrows(IllegalStateException.class, () -> history.replay(new SuccessiveIncreases(2)));
        assertTrue(e.getMessage().startsWith("SuccessiveIncreases: epoch 1 has no validation loss"), e.getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new SuccessiveIncreases(0));
        assertTrue(
                e.getMessage().contains("0 rises in a row") && e.getMessage().contains("at least 1"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new SuccessiveIncreases(1, 0));
        assertTrue(e.getMessage().contains("a strip of 0 epochs"), e.getMessage());
    }
}
