package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimedStepTest {
    /** The model wide is left out: it is mnist128 with more units, and a step takes twenty times as long. */
    static Stream<Arguments> steps() {
        return Models.names().stream()
                .filter(model -> !model.equals("wide"))
                .flatMap(model -> Catalogue.names().stream()
                        .filter(regularizer -> Models.named(model).takes(Catalogue.named(regularizer)))
                        .map(regularizer -> Arguments.of(model, regularizer)));
    }

    /** It throws if the step has not as many tasks as predicted. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("steps")
    void everyTaskOfAStepIsAKernelOfTheLedger(String model, String regularizer) {
        try (TimedStep step = new TimedStep(model, regularizer, 1)) {
            assertTrue(step.kernels().demand().flops() >= Models.named(model).flops());
        }
    }

    @Test
    void instrumentsChangeNoBit() {
        for (String regularizer : new String[] {"dropout", "tikhonov"}) {
            try (TimedStep step = new TimedStep("iris", regularizer, 2)) {
                String start = step.digest();
                assertEquals(start, step.observedDigest());
                for (int round = 0; round < 3; round++) {
                    step.round();
                }
                assertNotEquals(start, step.digest());
                assertEquals(step.digest(), step.observedDigest());
            }
        }
    }

    @Test
    void afterSomeRoundsBothStartAgain() {
        try (TimedStep step = new TimedStep("lambda", "none", 1)) {
            step.round();
            String first = step.digest();
            for (int round = 1; round <= 80; round++) {
                step.round();
            }
            assertEquals(first, step.digest());
            assertEquals(first, step.observedDigest());
        }
    }

    @Test
    void everyKernelHasATime() {
        for (String regularizer : new String[] {"none", "tikhonov"}) {
            try (TimedStep step = new TimedStep("iris", regularizer, 1)) {
                step.round();
                step.forget();
                step.round();
                step.round();
                step.round();
                StepTimes times = step.times();
                assertEquals(
                        step.kernels().kernels().size(), times.kernelNanos().size());
                assertTrue(times.wholeNanos() > 0 && times.sumNanos() > 0, times.toString());
                // even on vectors no kernel of these is faster than the clock
                assertTrue(times.kernelNanos().getFirst() > 0, times.toString());
                assertTrue(times.readingNanos() > 0, times.toString());
            }
        }
    }
}
