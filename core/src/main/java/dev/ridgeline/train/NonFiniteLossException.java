package dev.ridgeline.train;

/** The loss, or what it is computed from, became NaN or infinite: training stopped. */
public final class NonFiniteLossException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    NonFiniteLossException(String message) {
        super(message);
    }

    /** Returns the same with the epoch named. */
    NonFiniteLossException inEpoch(int epoch) {
        return new NonFiniteLossException("epoch " + epoch + ": " + getMessage());
    }
}
