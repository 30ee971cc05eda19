package dev.ridgeline.train;

/**
 * A regularizer that is configured does not act in a training step as its formula says. The message names it, what it does
 * instead, and the remedy.
 */
public final class InactiveRegularizerException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    InactiveRegularizerException(String message) {
        super(message);
    }
}
