package dev.ridgeline.schedule;

/**
 * Half a wave of the cosine, from 1 down to the floor: floor + (1 - floor)·½(1 + cos(π·step/steps)), and the floor from
 * step {@code steps} on (Loshchilov and Hutter, SGDR, 2017, equation 5, without restarts). Keras's {@code CosineDecay}
 * with decay_steps = steps and alpha = floor. Use it where the length of training is known: it keeps the rate high for
 * long and ends it gently.
 *
 * @param steps the number of steps to the floor, at least 1
 * @param floor the factor at the end, from 0 to 1
 */
public record CosineDecay(int steps, double floor) implements Schedule {
    /** Checks the numbers. */
    public CosineDecay {
        Checks.atLeastOne("CosineDecay", "steps", steps);
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("CosineDecay: floor is " + floor + "; it must be from 0 to 1");
        }
    }

    /**
     * Decays to 0.
     *
     * @param steps the number of steps to 0, at least 1
     */
    public CosineDecay(int steps) {
        this(steps, 0);
    }

    @Override
    public double at(int step) {
        double done = Math.min(1, (double) step / steps);
        double cosine = done <= 0.5 ? cosine(Math.PI * done) : -cosine(Math.PI * (1 - done));
        return floor + (1 - floor) * (0.5 * (1 + cosine));
    }

    /**
     * cos x for x in 0..π/2, by its Taylor series up to x²⁴/24! = 8·10⁻²⁰: StrictMath.cos allocates, and Math.cos has
     * other bits on other machines.
     */
    private static double cosine(double x) {
        double sum = 1;
        for (int k = 24; k > 0; k -= 2) {
            sum = 1 - x * x / (k * (k - 1)) * sum;
        }
        return sum;
    }
}
