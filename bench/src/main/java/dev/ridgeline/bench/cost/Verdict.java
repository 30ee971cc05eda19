package dev.ridgeline.bench.cost;

/** What a run says of an overhead. */
public enum Verdict {
    /** The step takes longer: significant after Holm's correction, and above the noise floor. */
    COSTS("costs"),
    /** Within ±1 %, and no difference was seen. */
    FREE("free"),
    /** Within ±1 %, although the difference is significant. */
    FREE_MEASURABLE("free (measurable)"),
    /** The step takes less: significant after Holm's correction, and beyond the noise floor. */
    SAVES("saves"),
    /** None of that is proven. */
    CANNOT_TELL("cannot tell");

    /** The probability of a false claim anywhere in a run. */
    static final double LEVEL = 0.05;

    /** What changes a step by less than this is free. */
    static final double MARGIN = 0.01;

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /**
     * Judges an overhead.
     *
     * @param fraction the ratio to the control less 1
     * @param p the adjusted p-value of no difference
     * @param equivalenceP the adjusted p-value of a difference of 1 % or more
     * @param floor the noise floor
     */
    static Verdict of(double fraction, double p, double equivalenceP, double floor) {
        boolean significant = p <= LEVEL;
        if (equivalenceP <= LEVEL && floor <= MARGIN) {
            return significant ? FREE_MEASURABLE : FREE;
        }
        if (significant && Math.abs(Math.log1p(fraction)) > Math.log1p(floor)) {
            return fraction > 0 ? COSTS : SAVES;
        }
        return CANNOT_TELL;
    }

    /** Returns the verdict in words. */
    @Override
    public String toString() {
        return words;
    }
}
