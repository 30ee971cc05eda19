package dev.ridgeline.kernel;

/** A static split of a range among threads: the same borders for the same numbers, whatever the load. */
public final class Split {
    private Split() {}

    /**
     * Returns where a part begins; part {@code parts} begins at n. Every border but n is a multiple of the unit.
     *
     * @param n the length of the range
     * @param unit the granularity, for example a tile's width
     * @param part the part, 0..parts
     * @param parts the number of parts
     * @return the first element of the part
     */
    public static int begin(int n, int unit, int part, int parts) {
        long units = (n + (long) unit - 1) / unit;
        return (int) Math.min(n, units * part / parts * unit);
    }
}
