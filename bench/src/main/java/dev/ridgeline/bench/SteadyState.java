package dev.ridgeline.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Warms up for as long as it takes and no longer. How long the JIT needs for vector code varies from one to several
 * seconds with the machine and its load, so that a fixed warm-up is too short for one and a waste for the other.
 */
public final class SteadyState {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(8);

    /** So many slices without news end the warm-up: 200 ms, longer than C2 takes for most kernels. */
    private static final int QUIET_SLICES = 8;

    /** A slice is news if it is this much faster than the best one before. */
    private static final double FASTER = 0.95;

    private SteadyState() {}

    /**
     * Repeats an action until no method has been compiled and no slice has been faster for a while, or for 8 seconds.
     *
     * @param action what to warm up
     */
    public static void reach(Runnable action) {
        long end = System.nanoTime() + LIMIT_NANOS;
        double best = Double.POSITIVE_INFINITY;
        long compiled = 0;
        for (int quiet = 0; quiet < QUIET_SLICES && System.nanoTime() < end; quiet++) {
            double time = slice(action);
            long compiledNow = compilationMillis();
            if (time < FASTER * best || compiledNow != compiled) {
                quiet = 0;
            }
            best = Math.min(best, time);
            compiled = compiledNow;
        }
    }

    /** Returns the mean time of the action over one slice. */
    private static double slice(Runnable action) {
        long start = System.nanoTime();
        long now = start;
        int times = 0;
        while (now - start < SLICE_NANOS) {
            action.run();
            times++;
            now = System.nanoTime();
        }
        return (double) (now - start) / times;
    }

    private static long compilationMillis() {
        CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
        return jit != null && jit.isCompilationTimeMonitoringSupported() ? jit.getTotalCompilationTime() : 0;
    }
}
