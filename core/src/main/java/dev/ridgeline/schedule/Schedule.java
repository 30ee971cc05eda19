package dev.ridgeline.schedule;

/**
 * A factor that depends on the training step alone. It multiplies a learning rate or the λ of a penalty, so that both
 * keep their meaning at factor 1.
 */
public sealed interface Schedule permits Constant {
    /**
     * Returns the factor of a step.
     *
     * @param step the number of updates before it, at least 0
     * @return a finite number, at least 0
     */
    double at(int step);
}
