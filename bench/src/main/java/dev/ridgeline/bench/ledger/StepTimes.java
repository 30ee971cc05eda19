package dev.ridgeline.bench.ledger;

import java.util.List;

/**
 * Where the time of a step went in one JVM, which ran it with instruments and without, in turn.
 *
 * @param wholeNanos a step without instruments
 * @param readingNanos one reading of the clock, which is taken out of the times of the kernels
 * @param kernelNanos the kernels of {@link StepKernels}, in their order, with instruments
 */
public record StepTimes(double wholeNanos, double readingNanos, List<Double> kernelNanos) {
    /** How far the sum of the kernels may be from the whole, as a fraction of the whole. */
    public static final double TOLERANCE = 0.05;

    /** Copies the times. */
    public StepTimes {
        kernelNanos = List.copyOf(kernelNanos);
    }

    /**
     * Returns the time of all kernels.
     *
     * @return their sum in nanoseconds
     */
    public double sumNanos() {
        return kernelNanos.stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Returns how far the kernels are from adding up.
     *
     * @return the sum over the whole, less 1
     */
    public double difference() {
        return sumNanos() / wholeNanos - 1;
    }

    /**
     * Returns whether the kernels add up to the step.
     *
     * @return true if their sum differs by at most {@link #TOLERANCE}
     */
    public boolean addsUp() {
        return Math.abs(difference()) <= TOLERANCE;
    }
}
