package dev.ridgeline.bench.cost;

import java.util.List;

/**
 * What one fork measured.
 *
 * @param nanosPerStep the mean time of a step in nanoseconds, warm-up excluded
 * @param bytesPerStep the bytes allocated per step, or NaN where the VM does not tell
 * @param iterations the mean time of a step in each measured iteration, in nanoseconds
 */
public record Timing(double nanosPerStep, double bytesPerStep, List<Double> iterations) {
    /** Copies the iterations. */
    public Timing {
        iterations = List.copyOf(iterations);
    }
}
