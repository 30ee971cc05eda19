package dev.ridgeline.experiments;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds a function against the truth at every float, in ascending order from the negative NaNs to the positive ones.
 * Several threads may {@link #run} the same scan; they share its blocks out among themselves.
 */
final class FunctionScan {
    /** How many blocks a scan has. */
    static final int BLOCKS = 1 << 12;

    private static final int BLOCK = 1 << 20;
    private static final int CHUNK = 1 << 14;

    private final CheckedFunction function;
    private final int stride;
    private final Runnable step;
    private final AtomicInteger next = new AtomicInteger();
    private double largest;
    private float where;
    private boolean monotone = true;
    private final boolean special;

    /**
     * @param function what to check
     * @param stride which floats to look at: 1 for all, n for every nth
     * @param step runs after each block
     */
    FunctionScan(CheckedFunction function, int stride, Runnable step) {
        this.function = function;
        this.stride = stride;
        this.step = step;
        special = specialValues();
    }

    /** Works on blocks until none is left. */
    void run() {
        float[] x = new float[CHUNK + 1];
        float[] y = new float[CHUNK + 1];
        for (int block = next.getAndIncrement(); block < BLOCKS; block = next.getAndIncrement()) {
            long from = Integer.MIN_VALUE + (long) block * BLOCK;
            // one element more than a chunk, so that the last of one is compared with the first of the next
            for (long start = from; start < from + BLOCK; start += (long) CHUNK * stride) {
                int n = 0;
                for (long at = start; n <= CHUNK && at <= Math.min(from + BLOCK, Integer.MAX_VALUE); at += stride) {
                    x[n++] = ascending((int) at);
                }
                function.kernel().apply(n, x, 0, y, 0);
                check(n, x, y);
            }
            step.run();
        }
    }

    /** The floats in ascending order: their bits where these are positive, else the same with the order turned. */
    private static float ascending(int order) {
        return Float.intBitsToFloat(order >= 0 ? order : order ^ Integer.MAX_VALUE);
    }

    private void check(int n, float[] x, float[] y) {
        double worst = 0;
        int at = 0;
        boolean rises = true;
        for (int i = 0; i < n; i++) {
            double error = error(y[i], function.truth().applyAsDouble(x[i]));
            if (error > worst) {
                worst = error;
                at = i;
            }
            rises &= i == 0 || !(y[i] < y[i - 1]);
        }
        record(worst, x[at], rises);
    }

    private synchronized void record(double error, float x, boolean rises) {
        if (error > largest || error == largest && x < where) { // the same float for any number of threads
            largest = error;
            where = x;
        }
        monotone &= rises;
    }

    /** How far y is from the truth, in units of the last place; beyond the largest float ∞ counts as 2^128. */
    static double error(float y, double truth) {
        if (Double.isNaN(truth) || Float.isNaN(y)) {
            return Double.isNaN(truth) && Float.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
        }
        float rounded = (float) truth;
        if (Float.isInfinite(y) && rounded == y) {
            return 0;
        }
        double finite = Float.isInfinite(y) ? Math.copySign(0x1p128, y) : y;
        return Math.abs(finite - truth) / Math.ulp(Math.min(Math.abs(rounded), Float.MAX_VALUE));
    }

    /** ±0, ±∞ and NaN exactly, and the least and the largest subnormals within the bound. */
    private boolean specialValues() {
        float subnormal = Math.nextDown(Float.MIN_NORMAL);
        float[] x = {
            Float.NEGATIVE_INFINITY,
            -0f,
            0f,
            Float.POSITIVE_INFINITY,
            Float.NaN,
            -subnormal,
            -Float.MIN_VALUE,
            Float.MIN_VALUE,
            subnormal
        };
        float[] exact = {
            function.atMinusInfinity(), function.atMinusZero(), function.atZero(), function.atInfinity(), Float.NaN
        };
        float[] y = new float[x.length];
        function.kernel().apply(x.length, x, 0, y, 0);
        boolean right = true;
        for (int i = 0; i < x.length; i++) {
            right &= i < exact.length
                    ? Float.floatToIntBits(y[i]) == Float.floatToIntBits(exact[i])
                    : error(y[i], function.truth().applyAsDouble(x[i])) <= function.bound();
        }
        return right;
    }

    CheckedFunction function() {
        return function;
    }

    /** The largest error in units of the last place. */
    double largest() {
        return largest;
    }

    /** The argument with the largest error. */
    float where() {
        return where;
    }

    boolean monotone() {
        return monotone;
    }

    boolean special() {
        return special;
    }

    /** True if the function is what it must be. */
    boolean holds() {
        return largest <= function.bound() && monotone && special;
    }
}
