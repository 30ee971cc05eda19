package dev.ridgeline.schedule;

import java.util.Objects;

/**
 * A linear start: (step + 1)/steps for the first steps, so that the last of them has the factor 1; then another schedule,
 * whose own steps begin there (Goyal et al., Accurate, large minibatch SGD, 2017, section 2.2). Use it for large batches
 * and learning rates, and for a penalty that is to wait until the data has shaped the weights.
 *
 * @param steps the number of steps of the start, at least 1
 * @param then what follows
 */
public record WarmUp(int steps, Schedule then) implements Schedule {
    /** Checks the number. */
    public WarmUp {
        Checks.atLeastOne("WarmUp", "steps", steps);
        Objects.requireNonNull(
                then, "WarmUp: then is null; give the schedule that follows, for example new Constant()");
    }

    /**
     * Stays at 1 after the start.
     *
     * @param steps the number of steps of the start, at least 1
     */
    public WarmUp(int steps) {
        this(steps, new Constant());
    }

    @Override
    public double at(int step) {
        return step < steps ? (step + 1.0) / steps : then.at(step - steps);
    }
}
