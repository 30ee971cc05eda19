package dev.ridgeline.bench.ledger;

import dev.ridgeline.kernel.Team;
import java.util.Arrays;

/**
 * A clock that a step runs past: it reads the time when a task of the step has ended, and once more when the first task of
 * the backward pass begins, because the loss, which is no task, comes before it. So the intervals between two readings leave
 * nothing out; what the step does between two tasks counts to the second of them.
 *
 * <p>Each interval holds one reading of the clock, {@link #readingNanos()} long.
 */
final class StepClock implements Team.Observer {
    private static final int CALIBRATIONS = 50;
    private static final int READINGS = 1000;

    private final int lossAt;
    private final long[] nanos;
    private int next;
    private long last;

    /**
     * Makes a clock.
     *
     * @param tasks the tasks of a step
     * @param lossAt how many of them come before the loss
     */
    StepClock(int tasks, int lossAt) {
        this.lossAt = lossAt;
        nanos = new long[tasks + 1];
    }

    /** A step begins. */
    void start() {
        next = 0;
        last = System.nanoTime();
    }

    @Override
    public void begin() {
        if (next == lossAt) {
            read();
        }
    }

    @Override
    public void end() {
        read();
    }

    private void read() {
        long now = System.nanoTime();
        nanos[next++] += now - last;
        last = now;
    }

    /** Returns the sum of each interval over all steps since the last call, and forgets it. */
    long[] take() {
        long[] taken = nanos.clone();
        Arrays.fill(nanos, 0);
        return taken;
    }

    /** Returns what one reading costs: the fastest of many means. */
    static double readingNanos() {
        double fastest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CALIBRATIONS; i++) {
            StepClock clock = new StepClock(READINGS, 0);
            clock.start();
            for (int reading = 0; reading < READINGS; reading++) {
                clock.end();
            }
            fastest = Math.min(fastest, Arrays.stream(clock.nanos).sum() / (double) READINGS);
        }
        return fastest;
    }
}
