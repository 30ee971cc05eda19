package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StepClockTest {
    @Test
    void theIntervalsLeaveNothingOut() {
        StepClock clock = new StepClock(3, 1);
        long before = System.nanoTime();
        clock.start();
        for (int task = 0; task < 3; task++) {
            clock.begin();
            busy();
            clock.end();
        }
        long ended = System.nanoTime();
        long[] intervals = clock.take();
        assertEquals(4, intervals.length, "three tasks and the loss before the second");
        long sum = Arrays.stream(intervals).sum();
        assertTrue(sum >= 9_000_000 && sum <= ended - before, sum + " ns");
    }

    @Test
    void aPauseCountsToTheTaskThatFollowsAndBeforeTheBackwardPassToTheLoss() {
        for (int pause = 0; pause < 3; pause++) {
            StepClock clock = new StepClock(3, 1);
            clock.start();
            for (int task = 0; task < 3; task++) {
                if (task == pause) {
                    busy();
                }
                clock.begin();
                clock.end();
            }
            long[] intervals = clock.take();
            int expected = new int[] {0, 1, 3}[pause]; // 1 is the loss
            assertTrue(intervals[expected] >= 3_000_000, Arrays.toString(intervals));
        }
    }

    private static void busy() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 3_000_000) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsTakenIsForgotten() {
        StepClock clock = new StepClock(1, 0);
        clock.start();
        clock.begin();
        busy();
        clock.end();
        assertTrue(clock.take()[1] >= 3_000_000);
        assertArrayEquals(new long[2], clock.take());
    }

    @Test
    void aTaskTooManyIsNoticed() {
        StepClock clock = new StepClock(1, 0);
        clock.start();
        clock.begin();
        clock.end();
        assertThrows(ArrayIndexOutOfBoundsException.class, clock::end);
    }

    @Test
    void aReadingTakesSomeTime() {
        double nanos = StepClock.readingNanos();
        assertTrue(nanos > 0 && nanos < 1e5, nanos + " ns");
    }
}
