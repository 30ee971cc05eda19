package dev.ridgeline.optimizer;

/** The checks that the optimizers share. */
final class Checks {
    private Checks() {}

    static void positive(String owner, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is " + value + "; it must be a finite number above 0");
        }
    }

    static void atLeastZero(String owner, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is " + value + "; it must be a finite number of at least 0");
        }
    }

    static void fraction(String owner, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is " + value + "; it must be at least 0 and below 1");
        }
    }
}
