package dev.ridgeline.schedule;

/** The checks that the schedules share. */
final class Checks {
    private Checks() {}

    static void atLeastOne(String owner, String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(owner + ": " + name + " is " + value + "; it must be at least 1");
        }
    }

    static void factor(String owner, String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is " + value + "; it must be above 0 and at most 1");
        }
    }
}
