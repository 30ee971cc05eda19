package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.regularizer.Regularizer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JmhTimerTest {
    private static final Settings TINY =
            new Settings(List.of("iris"), List.of("l1"), 2, 42, 1, new Iterations(1, 2, 10));

    /** The lock keeps two measurements from disturbing each other. Here nobody looks at the times. */
    @BeforeAll
    static void runBesideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void timesStepsInAFork() {
        Timing timing = new JmhTimer(TINY).time(new Variant("iris", "l1"));
        assertEquals(2, timing.iterations().size());
        assertEquals((timing.iterations().getFirst() + timing.iterations().getLast()) / 2, timing.nanosPerStep(), 1e-6);
        assertTrue(timing.nanosPerStep() > 100, timing.toString());
        assertTrue(timing.bytesPerStep() >= 0, timing.toString());
    }

    /** What a user writes: public, with a public constructor without arguments, on the class path. */
    public record Cubic() implements Regularizer {
        @Override
        public double value(float w) {
            return 1e-4 * Math.abs(w) * w * w;
        }

        @Override
        public float gradient(float w) {
            return 3e-4f * Math.abs(w) * w;
        }
    }

    @Test
    void aRegularizerOfTheUsersRunsInAForkToo() {
        Timing timing = new JmhTimer(TINY).time(new Variant("iris", Cubic.class.getName()));
        assertTrue(timing.nanosPerStep() > 100, timing.toString());
    }

    @Test
    void aBenchmarkOfSeveralParametersOrNoneIsRefused() {
        JmhBenchmark several =
                JmhBenchmark.named("dev.ridgeline.bench.GemmBenchmark.vector").with("shape", "8x8x8");
        assertFails("it is 3 benchmarks; give each parameter that has several values one of them", several);
        assertFails(
                "the class path has no such benchmark; name class and method, and have JMH's",
                JmhBenchmark.named("dev.ridgeline.bench.GemmBenchmark.absent"));
    }

    private static void assertFails(String reason, JmhBenchmark benchmark) {
        JmhTimer timer = new JmhTimer(variant -> benchmark, new Iterations(0, 1, 10));
        CostException e = assertThrows(CostException.class, () -> timer.time(new Variant("a", "b", "a")));
        assertTrue(e.getMessage().startsWith("Measuring b failed: " + reason), e.getMessage());
    }

    @Test
    void aFailureKeepsWhatJmhPrinted() {
        Variant wrong = new Variant("no-such-model", "none");
        CostException e = assertThrows(CostException.class, () -> new JmhTimer(TINY).time(wrong));
        assertTrue(e.getMessage().startsWith("Measuring no-such-model none failed"), e.getMessage());
        assertTrue(e.log().contains("Unknown model"), e.log());
    }
}
