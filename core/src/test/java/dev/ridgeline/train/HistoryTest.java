package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static History.Epoch epoch(int number) {
        return new History.Epoch(number, new Evaluation(1, 0.5), null);
    }

    @Test
    void itIsMadeOfRecordedEpochs() {
        List<History.Epoch> epochs = new ArrayList<>(List.of(epoch(1), epoch(2)));
        History history = History.of(epochs);
        epochs.clear();
        assertEquals(List.of(epoch(1), epoch(2)), history.epochs());
        assertEquals(epoch(2), history.last());
        assertEquals(new StoppingOutcome(2, 0, "", 0, 0), history.stopping());
    }

    @Test
    void anEpochShowsItsParts() {
        Evaluation train = new Evaluation(1, 0.5, List.of(new Penalty("kernel", 0.25)), Map.of());
        History.Epoch epoch = new History.Epoch(3, train, new Evaluation(2, 0.75));
        assertEquals(1, epoch.trainLoss());
        assertEquals(0.5, epoch.trainAccuracy());
        assertEquals(2, epoch.validationLoss());
        assertEquals(0.75, epoch.validationAccuracy());
        assertEquals(train.penalties(), epoch.penalties());
        assertEquals(1.25, epoch.totalLoss());
        History.Epoch alone = new History.Epoch(3, train, null);
        assertTrue(Double.isNaN(alone.validationLoss()) && Double.isNaN(alone.validationAccuracy()));
    }

    @Test
    void replaySaysWhatAPolicyWouldHaveSaved() {
        History history = Recorded.validation(3, 2, 1, 2, 3, 4, 5, 6);
        StoppingOutcome outcome = history.replay(new EarlyStopping(Monitor.loss(), 3));
        assertEquals(8, outcome.planned());
        assertEquals(6, outcome.stoppedAt());
        assertTrue(outcome.stopped());
        assertEquals(6, outcome.trained());
        assertEquals(3, outcome.restored());
        assertEquals(2, outcome.saved());
        assertEquals(0.25, outcome.savedFraction());
        assertEquals(new StoppingOutcome(8, 0, "", 0, 0), history.stopping(), "a replay changes no history");
    }

    @Test
    void replayOfARunToTheEndSavesNothing() {
        StoppingOutcome outcome = Recorded.validation(3, 2, 1).replay(new EarlyStopping(Monitor.loss(), 1));
        assertEquals(0, outcome.stoppedAt());
        assertEquals(3, outcome.trained());
        assertEquals(0, outcome.saved());
        assertEquals(0, outcome.savedFraction());
    }

    @Test
    void withoutValidationTheTrainingLossIsWatched() {
        StoppingOutcome outcome = Recorded.training(3, 4, 5).replay(new EarlyStopping(Monitor.loss(), 2));
        assertEquals(3, outcome.stoppedAt());
        assertEquals(1, outcome.best());
    }

    @Test
    void epochsOutOfOrderAreRefused() {
        assertRefused("History: there is no epoch", "give at least one", () -> History.of(List.of()));
        assertRefused(
                "History: epoch 3 stands where epoch 2", "without gaps", () -> History.of(List.of(epoch(1), epoch(3))));
        assertRefused("Epoch: its number is 0", "count from 1", () -> epoch(0));
    }

    private static void assertRefused(String value, String remedy, Runnable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().startsWith(value) && e.getMessage().contains(remedy), e.getMessage());
    }
}
