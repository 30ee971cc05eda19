package dev.ridgeline.bench.peers;

/** A library that is measured, Ridgeline among them. It lives for one round. */
public interface Peer extends AutoCloseable {
    /**
     * Returns what the reports call it.
     *
     * @return a name that no other peer has
     */
    String name();

    /**
     * Tells whether it can do such work at all.
     *
     * @param work the work
     * @return false if the work is left out for this peer
     */
    boolean does(Work work);

    /**
     * Makes it ready for a round.
     *
     * @return what it measures with, for the report: version, kernels
     * @throws PeerException if it is not there
     */
    String open() throws PeerException;

    /**
     * Times a work once. The peer is open.
     *
     * @param work what to time
     * @return the nanoseconds that it takes
     * @throws PeerException if it fails
     */
    double nanos(Work work) throws PeerException;

    /** Ends what {@link #open} has started. Does nothing if it failed. */
    @Override
    void close();
}
