package dev.ridgeline.train;

/** The loss became NaN or infinite: training stopped, with the weights as they were before the update. */
public final class NonFiniteLossException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    NonFiniteLossException(String message) {
        super(message);
    }
}
