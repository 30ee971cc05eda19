package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private static final Evaluation TRAIN =
            new Evaluation(1, 0.5, List.of(new Penalty("kernel", 0.25)), Map.of("macroF1", 0.125));
    private static final Evaluation VALIDATION =
            new Evaluation(2, 0.75, List.of(new Penalty("kernel", 0.25)), Map.of("macroF1", 0.625));
    private static final History.Epoch BOTH = new History.Epoch(1, TRAIN, VALIDATION);
    private static final History.Epoch ALONE = new History.Epoch(1, TRAIN, null);

    private static void reads(double validation, double train, Monitor monitor) {
        assertEquals(validation, monitor.value(BOTH));
        assertEquals(train, monitor.value(ALONE));
    }

    @Test
    void itReadsTheValidationSetOrElseTheTrainingRows() {
        reads(2, 1, Monitor.loss());
        reads(2.25, 1.25, Monitor.totalLoss());
        reads(0.75, 0.5, Monitor.accuracy());
        reads(0.625, 0.125, Monitor.of(new MacroF1()));
        reads(-2, -1, new Monitor("own", true, measured -> -measured.loss()));
    }

    @Test
    void aValidationLossThatIsNanIsNotReplacedByTheTrainingLoss() {
        History.Epoch epoch = new History.Epoch(1, TRAIN, new Evaluation(Double.NaN, Double.NaN));
        assertTrue(Double.isNaN(Monitor.loss().value(epoch)));
    }

    @Test
    void itKnowsWhatIsBetter() {
        assertFalse(Monitor.loss().higherIsBetter());
        assertFalse(Monitor.totalLoss().higherIsBetter());
        assertTrue(Monitor.accuracy().higherIsBetter());
        assertTrue(Monitor.of(new MacroF1()).higherIsBetter());
        assertEquals("macroF1", Monitor.of(new MacroF1()).toString());
    }

    @Test
    void whatWasNotMeasuredIsNamed() {
        History.Epoch bare = new History.Epoch(1, new Evaluation(1, Double.NaN), null);
        Exception e = assertThrows(
                IllegalStateException.class, () -> Monitor.of(new MacroF1()).value(bare));
        assertTrue(
                e.getMessage().startsWith("Monitor \"macroF1\": the epoch has the metrics []")
                        && e.getMessage().contains("Trainer.metrics"),
                e.getMessage());
        e = assertThrows(IllegalStateException.class, () -> Monitor.accuracy().value(bare));
        assertTrue(
                e.getMessage().startsWith("Monitor \"accuracy\": the epoch has none")
                        && e.getMessage().contains("watch the loss"),
                e.getMessage());
    }
}
