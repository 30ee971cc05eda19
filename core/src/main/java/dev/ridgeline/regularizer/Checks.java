package dev.ridgeline.regularizer;

/** The checks that the regularizers and constraints share. */
final class Checks {
    private Checks() {}

    static void atLeastZero(String owner, String name, float value) {
        if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is " + value + "; it must be a finite number of at least 0");
        }
    }

    static void positive(String owner, String name, float value) {
        if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    owner + ": " + name + " is " + value + "; it must be a finite number above 0");
        }
    }
}
