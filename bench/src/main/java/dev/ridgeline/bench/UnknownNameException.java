package dev.ridgeline.bench;

/** There is no model or regularizer of this name. The message offers the nearest names and lists all. */
public final class UnknownNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownNameException(String message) {
        super(message);
    }
}
