package dev.ridgeline.schedule;

/**
 * A factor that depends on the training step alone. It multiplies a learning rate or the λ of a penalty, so that both are
 * the largest value that they take: no factor is above 1.
 *
 * <p>Steps are updates, not epochs. An epoch is ⌈rows/batch size⌉ steps, so that a tenth of the rate every 30 epochs of
 * 1,000 rows in batches of 32 is {@code new StepDecay(0.1, 30 * 32)}.
 *
 * <p>The bits of a factor are the same on every machine, and computing one allocates nothing. It takes less than a
 * microsecond, once a step for the learning rate and once for each penalised tensor.
 */
public sealed interface Schedule permits Constant, CosineDecay, ExponentialDecay, StepDecay, WarmUp {
    /**
     * Returns the factor of a step.
     *
     * @param step the number of updates before it, at least 0
     * @return a number from 0 to 1
     */
    double at(int step);
}
