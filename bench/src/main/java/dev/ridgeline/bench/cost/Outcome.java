package dev.ridgeline.bench.cost;

/** What the comparison of two runs says of one number. */
public enum Outcome {
    /** It became less: significant after Holm's correction, and beyond the noise floors. */
    FASTER("faster"),
    /** It became more: significant after Holm's correction, and beyond the noise floors. */
    SLOWER("slower"),
    /** Proven to be the same within the margin. */
    EQUIVALENT("equivalent"),
    /** None of that is proven. */
    CANNOT_TELL("cannot tell");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** Returns the outcome in words. */
    @Override
    public String toString() {
        return words;
    }
}
