package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.train.StoppingPolicy.Decision;
import org.junit.jupiter.api.Test;

class StoppingPolicyTest {
    @Test
    void aPolicyOfOnesOwnIsOneMethod() {
        StoppingPolicy below = () -> epoch -> epoch.trainLoss() < 2
                ? Decision.stop(true, "the training loss is " + epoch.trainLoss())
                : Decision.goOn(true);
        assertEquals(
                new StoppingOutcome(4, 3, "the training loss is 1.0", 3, 3),
                Recorded.training(3, 2, 1, 0).replay(below));
    }

    @Test
    void aStopHasAReason() {
        for (Runnable call : new Runnable[] {
            () -> Decision.stop(false, " "), () -> new Decision(true, false, "because"),
        }) {
            Exception e = assertThrows(IllegalArgumentException.class, call::run);
            assertTrue(
                    e.getMessage().startsWith("Decision: stop is ")
                            && e.getMessage().contains("give a reason to stop"),
                    e.getMessage());
        }
    }
}
