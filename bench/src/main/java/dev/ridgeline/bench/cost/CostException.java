package dev.ridgeline.bench.cost;

/** A variant could not be measured. */
public final class CostException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** What JMH and the failed VM printed. */
    private final String log;

    CostException(Variant variant, String log, Throwable cause) {
        super("Measuring " + variant + " failed: " + cause.getMessage(), cause);
        this.log = log;
    }

    /**
     * Returns what JMH and the failed VM printed.
     *
     * @return the text
     */
    public String log() {
        return log;
    }
}
