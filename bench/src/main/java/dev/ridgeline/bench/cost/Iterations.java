package dev.ridgeline.bench.cost;

/**
 * How long a fork runs once the JIT is done: warm-up, then measurement, in iterations of equal length.
 *
 * @param warmups the iterations that are thrown away
 * @param measured the iterations that count
 * @param millis the length of each
 */
public record Iterations(int warmups, int measured, int millis) {
    /** Short ones: forks differ more than the iterations of a fork do, so the time is better spent on more forks. */
    public static final Iterations DEFAULT = new Iterations(2, 3, 100);

    /** Checks the numbers. */
    public Iterations {
        if (warmups < 0 || measured < 1 || millis < 1) {
            throw new IllegalArgumentException("Iterations: " + warmups + " + " + measured + " of " + millis
                    + " ms; measure at least one iteration of at least 1 ms");
        }
    }
}
