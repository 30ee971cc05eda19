package dev.ridgeline.kernel.reference;

/** The fused multiply-add a·b + c, rounded once, at a bearable price on every machine. */
public final class Fma {
    /** {@link Math#fma} takes microseconds where neither the processor nor the VM has the instruction. */
    private static final long SLOW_NANOS = 500;

    private static final boolean HARDWARE = probe();

    private Fma() {}

    /**
     * Returns a·b + c rounded once to the nearest float, the same bits with and without the hardware instruction.
     *
     * @param a the first factor
     * @param b the second factor
     * @param c the addend
     * @return {@code Math.fma(a, b, c)}
     */
    public static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /**
     * Returns whether {@link Math#fma} is a machine instruction here.
     *
     * @return true if it is
     */
    public static boolean hardware() {
        return HARDWARE;
    }

    /**
     * a·b is exact in double; the sum is rounded to odd, so the final rounding to float sees every bit that matters
     * (Boldo and Melquiond, Emulation of FMA and correctly rounded sums, 2008).
     */
    static float emulated(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double virtual = sum - product;
        double error = (product - (sum - virtual)) + (c - virtual);
        if (error != 0 && (Double.doubleToRawLongBits(sum) & 1) == 0 && Math.abs(sum) <= Double.MAX_VALUE) {
            // one step towards the lost part: the neighbour's last bit is odd
            long step = error > 0 == sum > 0 ? 1 : -1;
            sum = Double.longBitsToDouble(Double.doubleToRawLongBits(sum) + step);
        }
        return (float) sum;
    }

    /** Times the call itself: no flag tells in java.base, and the smallest of many short times is not fooled by load. */
    private static boolean probe() {
        long best = Long.MAX_VALUE;
        float x = 0.7f;
        for (int i = 0; i < 32; i++) {
            long start = System.nanoTime();
            x = Math.fma(x, 0.99999994f, 0.1f);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best < SLOW_NANOS && x > 0; // x > 0 always: it keeps the calls alive
    }
}
