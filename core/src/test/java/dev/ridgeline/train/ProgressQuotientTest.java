package dev.ridgeline.train;

import static dev.ridgeline.train.Recorded.NAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProgressQuotientTest {
    /**
     * Two strips of two epochs. P_2(2) = 1000·(8/(2·3) - 1) = 1000/3 and GL(2) = 0; P_2(4) = 1000·(4.5/(2·2) - 1) = 125 and
     * GL(4) = 100·(3/2 - 1) = 50: a quotient of 0.4.
     */
    private static final double[] TRAIN = {5, 3, 2.5, 2, 1, 1};

    private static final double[] VALIDATION = {3, 2, 4, 3, 2, 2};

    private static StoppingOutcome replay(double alpha, int strip, double[] train, double[] validation) {
        return Recorded.losses(train, validation).replay(new ProgressQuotient(alpha, strip));
    }

    @Test
    void itStopsAtTheEndOfAStripWhoseQuotientExceedsAlpha() {
        StoppingOutcome outcome = replay(0.39, 2, TRAIN, VALIDATION);
        assertEquals(4, outcome.stoppedAt());
        assertEquals(2, outcome.restored());
        assertEquals(
                "the generalization loss is 50.0 % at a training progress of 125.0 per mille, a quotient above 0.39",
                outcome.reason());
        assertEquals(new StoppingOutcome(6, 0, "", 2, 2), replay(0.4, 2, TRAIN, VALIDATION));
    }

    @Test
    void itJudgesAtTheEndOfStripsOnly() {
        // the quotient would be large in epoch 3
        assertEquals(4, replay(0.01, 2, TRAIN, VALIDATION).stoppedAt());
        assertEquals(
                0, replay(0, 4, new double[] {9, 8, 7}, new double[] {1, 2, 3}).stoppedAt());
    }

    @Test
    void theBestEpochMayLieWithinAStrip() {
        assertEquals(
                1, replay(0, 2, new double[] {2, 1, 1}, new double[] {1, 2, 3}).restored());
    }

    @Test
    void aStripWithoutProgressStopsAtAnyLoss() {
        double[] still = {0.1, 0.1, 0.1, 0.1, 0.1};
        double[] zero = new double[5];
        double[] rising = {1, 1, 1, 1, 1.001};
        assertEquals(5, replay(1e9, 5, still, rising).stoppedAt());
        assertEquals(5, replay(1e9, 5, zero, rising).stoppedAt());
        assertEquals(0, replay(0, 5, still, still).stoppedAt(), "no progress, but no loss either");
    }

    @Test
    void progressToAnErrorOfZeroIsInfinite() {
        assertEquals(0, replay(0, 2, new double[] {1, 0}, new double[] {1, 2}).stoppedAt());
    }

    @Test
    void nanNeitherStopsNorIsTheBest() {
        StoppingOutcome outcome = replay(0, 2, new double[] {2, NAN, 2, 1}, new double[] {1, 2, NAN, NAN});
        assertEquals(new StoppingOutcome(4, 0, "", 1, 1), outcome);
    }

    @Test
    void fiveEpochsAreAStripUnlessSet() {
        assertEquals(new ProgressQuotient(2, 5), new ProgressQuotient(2));
    }

    @Test
    void withoutValidationItSaysWhatIsMissing() {
        History history = Recorded.training(1, 2);
        Exception e = assertThrows(IllegalStateException.class, () -> history.replay(new ProgressQuotient(1)));
        assertTrue(e.getMessage().startsWith("ProgressQuotient: epoch 1 has no validation loss"), e.getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new ProgressQuotient(-0.5));
        assertTrue(e.getMessage().startsWith("ProgressQuotient: alpha is -0.5"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new ProgressQuotient(1, 1));
        assertTrue(
                e.getMessage().contains("a strip of 1 epochs") && e.getMessage().contains("at least 2"),
                e.getMessage());
    }
}
