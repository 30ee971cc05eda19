package dev.ridgeline.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.cost.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddedTimeTest {
    private static List<StepTime> times(String regularizer, String library, double... nanos) {
        List<StepTime> times = new ArrayList<>();
        for (int round = 1; round <= nanos.length; round++) {
            times.add(new StepTime(round, "iris", regularizer, library, nanos[round - 1]));
        }
        return times;
    }

    @SafeVarargs
    private static List<AddedTime> added(List<StepTime>... times) {
        List<StepTime> all = new ArrayList<>();
        for (List<StepTime> some : times) {
            all.addAll(some);
        }
        return AddedTime.of(all);
    }

    @Test
    void isTheMeanOfTheRatiosWithinTheRounds() {
        AddedTime l1 = added(times("none", "ridgeline", 100, 200, 400), times("l1", "ridgeline", 110, 230, 480))
                .getFirst();
        assertEquals(AddedTime.System.RIDGELINE, l1.system());
        Interval expected = Interval.of(Math.log(1.1), Math.log(1.15), Math.log(1.2));
        assertEquals(Math.expm1(expected.mean()), l1.fraction().mean(), 1e-12);
        assertEquals(Math.expm1(expected.low()), l1.fraction().low(), 1e-12);
        assertEquals(Math.expm1(expected.high()), l1.fraction().high(), 1e-12);
        assertEquals(200, l1.plain(), 1e-9);
        assertEquals(200 * Math.expm1(expected.mean()), l1.nanos().mean(), 1e-9);
    }

    @Test
    void eachStepIsTakenInItsFastestForm() {
        AddedTime dropout = added(
                        times("none", "torch", 200, 220),
                        times("none", "torch-compiled", 100, 110),
                        times("dropout", "torch", 300, 330),
                        times("dropout", "torch-compiled", 900, 900))
                .getFirst();
        assertEquals(AddedTime.System.PYTORCH, dropout.system());
        assertEquals("eager", dropout.form());
        assertEquals(2, dropout.fraction().mean(), 1e-12, "300 to 100: eager with it, compiled without");
    }

    @Test
    void aFormThatFailedIsNotTheFastest() {
        AddedTime l2 = added(
                        times("none", "torch", 200, 220, 200),
                        times("none", "torch-compiled", 100),
                        times("l2", "torch", 300, 330, 300))
                .getFirst();
        assertEquals(0.5, l2.fraction().mean(), 1e-12);
    }

    @Test
    void oneRoundOrNoControlGivesNothing() {
        assertEquals(List.of(), added(times("none", "torch", 1), times("l1", "torch", 1)));
        assertEquals(List.of(), added(times("l1", "torch", 1, 2)));
        assertEquals(List.of(), added(times("none", "torch", 1, 2)));
        assertEquals(List.of(), added(times("none", "djl", 1, 2), times("l1", "djl", 1, 2)));
    }

    @Test
    void theyStandInTheOrderOfTheReports() {
        List<AddedTime> added = added(
                times("dropout", "torch", 1, 2),
                times("l1", "ridgeline", 1, 2),
                times("none", "torch", 1, 2),
                times("l1", "torch", 1, 2),
                times("none", "ridgeline", 1, 2));
        assertEquals(
                List.of("l1 Ridgeline", "l1 PyTorch", "dropout PyTorch"),
                added.stream().map(a -> a.regularizer() + " " + a.system()).toList());
    }

    @Test
    void aTimeIsPositive() {
        String message = assertThrows(IllegalArgumentException.class, () -> times("l1", "torch", 0))
                .getMessage();
        assertTrue(message.equals("iris with l1 takes 0.0 ns"), message);
    }
}
