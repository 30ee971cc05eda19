package dev.ridgeline.bench.ledger;

/**
 * What a loop must do, whatever the machine.
 *
 * <p>An addition, multiplication, division, square root or comparison of floats is one flop, a fused multiply-add two; what
 * is done to whole numbers and bits counts nothing. The bytes are compulsory traffic: each array that a pass goes through is
 * read once and, if it is modified, written once, however often the caches have to fetch it again.
 *
 * @param flops floating-point operations
 * @param bytes bytes read and written
 * @param randomBits random bits drawn
 */
public record Demand(long flops, long bytes, long randomBits) {
    /** Nothing at all. */
    public static final Demand NONE = new Demand(0, 0, 0);

    /** Checks the numbers. */
    public Demand {
        if (flops < 0 || bytes < 0 || randomBits < 0) {
            throw new IllegalArgumentException("Demand: " + flops + " flops, " + bytes + " bytes, " + randomBits
                    + " random bits; none may be negative");
        }
    }

    /**
     * Returns the demand of a pass over elements.
     *
     * @param elements how many
     * @param flops the operations of each
     * @param bytes the bytes of each
     * @return flops and bytes, no random bits
     */
    static Demand each(long elements, long flops, long bytes) {
        return new Demand(elements * flops, elements * bytes, 0);
    }

    /**
     * Returns the demand of a matrix product C = A·B, each of the three matrices once in memory: 2·m·k·n flops, 4·(m·k + k·n +
     * m·n) bytes.
     *
     * @param m the rows of C
     * @param k the columns of A, the rows of B
     * @param n the columns of C
     * @return flops and bytes
     */
    static Demand product(long m, long k, long n) {
        return new Demand(2 * m * k * n, 4 * (m * k + k * n + m * n), 0);
    }

    /**
     * Returns the sum of two demands.
     *
     * @param other what is done too
     * @return both
     */
    public Demand plus(Demand other) {
        return new Demand(flops + other.flops, bytes + other.bytes, randomBits + other.randomBits);
    }

    /** Returns this demand with random bits in it. */
    Demand drawing(long bits) {
        return new Demand(flops, bytes, randomBits + bits);
    }

    /**
     * Returns the arithmetic intensity, the abscissa of a roofline plot (Williams, Waterman and Patterson, Roofline: an
     * insightful visual performance model for multicore architectures, Communications of the ACM 52(4), 2009).
     *
     * @return flops a byte; NaN where nothing is moved
     */
    public double intensity() {
        return (double) flops / bytes;
    }
}
