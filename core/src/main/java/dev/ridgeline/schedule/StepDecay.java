package dev.ridgeline.schedule;

/**
 * A staircase: factor^⌊step/every⌋. PyTorch's {@code StepLR} with gamma = factor and step_size = every, counted in
 * updates. Use it where training stalls at times known from earlier runs; a tenth every 30 epochs is the classic for
 * images (He et al., 2016).
 *
 * @param factor what each stair multiplies by, above 0 and at most 1
 * @param every the number of steps on a stair, at least 1
 */
public record StepDecay(double factor, int every) implements Schedule {
    /** Checks the numbers. */
    public StepDecay {
        Checks.factor("StepDecay", "factor", factor);
        Checks.atLeastOne("StepDecay", "every", every);
    }

    @Override
    public double at(int step) {
        return ExponentialDecay.power(factor, step / every);
    }
}
