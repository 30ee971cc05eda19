package dev.ridgeline.schedule;

/**
 * A smooth decay: rate^(step/steps). Keras's {@code ExponentialDecay} with decay_rate = rate and decay_steps = steps,
 * without its staircase; PyTorch's {@code ExponentialLR} with gamma = rate if an epoch has so many steps. Use it where
 * nothing is known about the course of training, with a rate that leaves a hundredth at the end.
 *
 * @param rate what is left of the factor 1 after so many steps, above 0 and at most 1
 * @param steps the number of these steps, at least 1
 */
public record ExponentialDecay(double rate, int steps) implements Schedule {
    /** Checks the numbers. */
    public ExponentialDecay {
        Checks.factor("ExponentialDecay", "rate", rate);
        Checks.atLeastOne("ExponentialDecay", "steps", steps);
    }

    @Override
    public double at(int step) {
        return power(rate, (double) step / steps);
    }

    /** Unlike StrictMath.pow, exp and log allocate nothing; all three have the same bits on every machine. */
    static double power(double base, double exponent) {
        return StrictMath.exp(exponent * StrictMath.log(base));
    }
}
