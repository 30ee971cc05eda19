package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllOfTest {
    private static final EarlyStopping LOSS = new EarlyStopping(Monitor.loss(), 2);
    private static final EarlyStopping ACCURACY = new EarlyStopping(Monitor.accuracy(), 2);
    private static final AllOf BOTH = new AllOf(LOSS, ACCURACY);

    /** The loss is best in epoch 2, the accuracy in epoch 4. */
    private static final History RUN = Recorded.accuracies(
            new double[] {5, 4, 5, 6, 7, 8, 9, 3}, new double[] {0.1, 0.2, 0.3, 0.4, 0.4, 0.3, 0.9, 1});

    @Test
    void itStopsWhenNeitherHasImproved() {
        assertEquals(4, RUN.replay(LOSS).stoppedAt());
        StoppingOutcome outcome = RUN.replay(BOTH);
        assertEquals(6, outcome.stoppedAt());
        assertEquals(2, outcome.best(), "the best of the first monitor");
        assertEquals(2, outcome.restored());
        assertEquals(
                "loss has not improved for 4 epochs (best 4.0 in epoch 2);"
                        + " accuracy has not improved for 2 epochs (best 0.4 in epoch 4)",
                outcome.reason());
    }

    @Test
    void theOrderSaysWhichEpochIsTheBest() {
        StoppingOutcome outcome = RUN.replay(new AllOf(ACCURACY, LOSS));
        assertEquals(6, outcome.stoppedAt());
        assertEquals(4, outcome.restored());
    }

    @Test
    void eachImprovementOfEitherPutsItOff() {
        History history = Recorded.accuracies(new double[] {5, 6, 4, 6, 3, 4, 5}, new double[] {1, 2, 2, 3, 3, 3, 3});
        assertEquals(7, history.replay(BOTH).stoppedAt());
        assertEquals(5, history.replay(BOTH).best());
    }

    @Test
    void itRunsToTheEndIfOneStillImproves() {
        History history = Recorded.accuracies(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 4, 5});
        assertEquals(new StoppingOutcome(5, 0, "", 1, 1), history.replay(BOTH));
    }

    @Test
    void thePoliciesMayDiffer() {
        AllOf mixed = new AllOf(new GeneralizationLoss(50), new EarlyStopping(Monitor.loss(), 1));
        assertEquals(4, Recorded.validation(2, 2.5, 3, 3.25, 3).replay(mixed).stoppedAt());
    }

    @Test
    void ofOneItIsThatOne() {
        assertEquals(RUN.replay(LOSS), RUN.replay(new AllOf(LOSS)));
    }

    @Test
    void theFirstSaysWhetherToRestore() {
        EarlyStopping keeps = new EarlyStopping(Monitor.loss(), 2, 0, 0, false);
        assertEquals(0, RUN.replay(new AllOf(keeps, ACCURACY)).restored());
        assertEquals(4, RUN.replay(new AllOf(ACCURACY, keeps)).restored());
    }

    @Test
    void noPolicyIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new AllOf(List.of()));
        assertTrue(e.getMessage().startsWith("AllOf: there is no policy; give at least one"), e.getMessage());
    }
}
