package dev.ridgeline.schedule;

/** The factor 1 in every step: what holds where no schedule is set. */
public record Constant() implements Schedule {
    @Override
    public double at(int step) {
        return 1;
    }
}
