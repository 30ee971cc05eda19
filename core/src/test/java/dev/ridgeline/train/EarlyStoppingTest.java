package dev.ridgeline.train;

import static dev.ridgeline.train.Recorded.NAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyStoppingTest {
    private static final Monitor RISING = new Monitor("score", true, Evaluation::loss);

    private static void decides(int stoppedAt, int best, EarlyStopping policy, double... values) {
        StoppingOutcome outcome = Recorded.validation(values).replay(policy);
        assertEquals(stoppedAt, outcome.stoppedAt(), outcome::toString);
        assertEquals(best, outcome.best(), outcome::toString);
        assertEquals(policy.restoresBest() ? best : 0, outcome.restored(), outcome::toString);
        assertEquals(values.length, outcome.planned());
    }

    private static EarlyStopping patience(int epochs) {
        return new EarlyStopping(Monitor.loss(), epochs);
    }

    private static EarlyStopping from(int startFromEpoch, int patience) {
        return new EarlyStopping(Monitor.loss(), patience, 0, startFromEpoch, true);
    }

    @Test
    void itStopsAfterPatienceEpochsWithoutImprovement() {
        decides(4, 1, patience(3), 1, 2, 2, 2, 2, 2);
        decides(5, 2, patience(3), 3, 2, 4, 4, 4, 1);
        decides(5, 3, patience(2), 5, 6, 4, 4, 4, 3);
    }

    @Test
    void itRunsToTheEndIfThePatienceIsNotExhausted() {
        decides(0, 3, patience(3), 3, 2, 1, 2, 2);
        decides(0, 5, patience(1), 5, 4, 3, 2, 1);
        decides(0, 1, patience(1), 1);
    }

    @Test
    void itMayStopAfterTheLastEpoch() {
        decides(3, 1, patience(2), 1, 2, 3);
    }

    @Test
    void anEqualValueIsNoImprovement() {
        decides(2, 1, patience(1), 1, 1, 0);
        decides(2, 1, new EarlyStopping(RISING, 1), 1, 1, 2);
    }

    @Test
    void aPatienceOfZeroActsAsOne() {
        double[][] runs = {{1, 2, 0}, {1, 0, 1}, {3, 2, 1}, {NAN, 1, 2}, {NAN, NAN, 1}};
        for (double[] run : runs) {
            History history = Recorded.validation(run);
            assertEquals(history.replay(patience(1)), history.replay(patience(0)));
        }
        decides(2, 1, patience(0), 1, 2, 0);
    }

    @Test
    void anImprovementMustExceedMinDelta() {
        decides(3, 1, new EarlyStopping(Monitor.loss(), 2, 0.25, 0, true), 1, 0.75, 0.8, 0.5);
        decides(0, 3, new EarlyStopping(Monitor.loss(), 2, 0.25, 0, true), 1, 0.75, 0.74, 0.5);
        decides(3, 1, new EarlyStopping(RISING, 2, 0.25, 0, true), 1, 1.25, 1.2, 2);
        decides(0, 4, new EarlyStopping(RISING, 2, 0.25, 0, true), 1, 1.25, 1.26, 2);
    }

    @Test
    void smallStepsAddUpToAnImprovement() {
        decides(0, 5, new EarlyStopping(Monitor.loss(), 3, 0.25, 0, true), 1, 0.875, 0.74, 0.625, 0.375);
    }

    @Test
    void higherIsBetterForSuchAMonitor() {
        decides(5, 3, new EarlyStopping(RISING, 2), 1, 0, 3, 2, 3, 4);
        decides(3, 1, patience(2), 1, 1, 3, 2, 3, 4);
    }

    @Test
    void epochsBeforeTheStartAreIgnoredEntirely() {
        // the low values of the first two epochs are no best to compare with, and no epoch of the wait
        decides(5, 3, from(2, 2), 0, 0, 5, 6, 6, 4);
        decides(0, 5, from(2, 2), 0, 0, 5, 6, 4);
    }

    @Test
    void aStartBeyondTheEndJudgesNothing() {
        decides(0, 0, from(3, 0), 3, 3, 3);
        decides(0, 0, from(100, 1), 1, 2, 3);
        decides(0, 3, from(2, 1), 1, 2, 3);
    }

    @Test
    void nanIsNeverTheBest() {
        decides(0, 3, patience(2), NAN, 2, 1);
        decides(0, 4, patience(2), 3, NAN, 2, 1);
        decides(3, 1, patience(2), 3, NAN, NAN, 1);
        decides(3, 1, patience(2), 3, NAN, 3, 1);
        decides(0, 3, new EarlyStopping(RISING, 2), NAN, 1, 2);
    }

    @Test
    void aRunOfNanStopsWithoutABest() {
        decides(2, 0, patience(1), NAN, NAN, NAN);
        decides(3, 0, patience(3), NAN, NAN, NAN, 1);
    }

    @Test
    void infinityMayBeTheFirstBest() {
        decides(0, 2, patience(2), Double.POSITIVE_INFINITY, 1, 2);
        decides(3, 1, patience(2), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1);
    }

    @Test
    void withoutRestoringTheBestEpochIsStillNamed() {
        decides(3, 1, new EarlyStopping(Monitor.loss(), 2, 0, 0, false), 1, 2, 3, 4);
    }

    @Test
    void theReasonNamesMonitorWaitAndBest() {
        StoppingOutcome outcome = Recorded.validation(3, 2.5, 2.75, 4).replay(patience(2));
        assertEquals("loss has not improved for 2 epochs (best 2.5 in epoch 2)", outcome.reason());
        outcome = Recorded.validation(3, 2.5).replay(new EarlyStopping(RISING, 1, 0.5, 0, false));
        assertEquals("score has not improved by more than 0.5 for 1 epoch (best 3.0 in epoch 1)", outcome.reason());
        outcome = Recorded.validation(NAN, NAN).replay(patience(2));
        assertEquals("loss has not improved for 2 epochs (it was never a number)", outcome.reason());
    }

    @Test
    void eachRunBeginsAfresh() {
        EarlyStopping policy = patience(2);
        History history = Recorded.validation(1, 2, 3, 4);
        assertEquals(history.replay(policy), history.replay(policy));
        StoppingPolicy.Watch one = policy.begin();
        StoppingPolicy.Watch other = policy.begin();
        for (History.Epoch epoch : history.epochs()) {
            assertEquals(one.after(epoch), other.after(epoch));
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused("patience is -1", "at least 0", () -> patience(-1));
        assertRefused("startFromEpoch is -2", "at least 0", () -> from(-2, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aMinDeltaOutOfRangeIsRefused(double minDelta) {
        assertRefused("minDelta is " + minDelta, "at least 0", () -> new EarlyStopping(RISING, 1, minDelta, 0, true));
    }

    private static void assertRefused(String value, String remedy, Runnable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(
                e.getMessage().startsWith("EarlyStopping: " + value)
                        && e.getMessage().contains(remedy),
                e.getMessage());
    }
}
