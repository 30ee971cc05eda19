package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Load;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A fixed computation whose time is the machine's speed at that moment, and nothing of ours: a chain of integer shifts,
 * exclusive ors and multiplications, each of which waits for the one before (the finalizer of SplitMix64; Steele, Lea and
 * Flood, 2014). No vector, no memory, nothing that a JIT could shorten. It sees the clock of a core, and neighbours who
 * take that core away.
 */
public final class Ruler implements Supplier<Reading> {
    private static final long MULTIPLIER = 0xbf58476d1ce4e5b9L;

    /** Together 50 to 100 ms. The median of parts is not that of one interruption. */
    private static final int PARTS = 5;

    private static final int LINKS = 9_000_000;

    private static final int WARM_UPS = 2;

    private long state = MULTIPLIER;
    private boolean compiled;

    /** Makes a ruler. */
    public Ruler() {}

    /**
     * Looks at the machine. The first time it lets the JIT compile the computation before.
     *
     * @return the time of the computation, and the load as it was before it
     */
    @Override
    public Reading get() {
        for (int i = 0; i < WARM_UPS && !compiled; i++) {
            nanos();
        }
        compiled = true;
        Load load = Load.current();
        return new Reading(nanos(), load);
    }

    /** Does the computation and returns its time in nanoseconds, the median of five. */
    private double nanos() {
        double[] times = new double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            long start = System.nanoTime();
            state = chain(state, LINKS);
            times[part] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[PARTS / 2];
    }

    /** Returns the end of the chain; with an odd multiplier each link is a bijection, so 0 stays 0 and nothing else is. */
    static long chain(long start, int links) {
        long x = start;
        for (int i = 0; i < links; i++) {
            x = (x ^ (x >>> 29)) * MULTIPLIER;
        }
        return x;
    }
}
