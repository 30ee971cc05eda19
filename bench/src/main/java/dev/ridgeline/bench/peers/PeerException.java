package dev.ridgeline.bench.peers;

/** A peer is not there, or failed. The message is one line, for the table. */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, and the remedy if there is one
     */
    public PeerException(String message) {
        super(message);
    }
}
