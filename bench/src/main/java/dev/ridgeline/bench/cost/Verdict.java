package dev.ridgeline.bench.cost;

/** What an interval of overheads says. */
public enum Verdict {
    /** The whole interval is above 0. */
    COSTS("costs"),
    /** The whole interval is below 0. */
    SAVES("saves"),
    /** The interval contains 0. */
    CANNOT_TELL("cannot tell");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    static Verdict of(Interval overhead) {
        if (overhead.low() > 0) {
            return COSTS;
        }
        return overhead.high() < 0 ? SAVES : CANNOT_TELL;
    }

    /** Returns the verdict in words. */
    @Override
    public String toString() {
        return words;
    }
}
