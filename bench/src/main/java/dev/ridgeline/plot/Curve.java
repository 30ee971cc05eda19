package dev.ridgeline.plot;

import java.util.Arrays;

/**
 * A line, which may have a band that its values lie in. A NaN among the values is a gap: the line ends before it and
 * starts anew behind it.
 *
 * @param label its name, written at its end; may be empty
 * @param ink its colour
 * @param style how it is drawn
 * @param x ascending positions, at least one
 * @param y the line, a value for each position
 * @param low the lower edge of the band, likewise; empty without a band
 * @param high the upper edge of the band, likewise; empty without a band
 */
public record Curve(String label, Ink ink, Style style, double[] x, double[] y, double[] low, double[] high)
        implements Mark {
    /** How a line is drawn. */
    public enum Style {
        /** Drawn through. */
        SOLID,
        /** In dashes, for what is given beside what was found: the true function, a theory. */
        DASHED,
        /** With the marker of its ink at each position, for few positions. */
        MARKED
    }

    /** Checks that there is a value for each position. */
    public Curve {
        int n = x.length;
        if (n == 0 || y.length != n || low.length != high.length || low.length != n && low.length != 0) {
            throw new IllegalArgumentException("Curve \"" + label + "\": " + n + " positions, " + y.length + ", "
                    + low.length + " and " + high.length
                    + " values; give at least one position, as many values, and as many or no edges of the band");
        }
    }

    /**
     * Makes a line.
     *
     * @param label its name
     * @param ink its colour
     * @param x ascending positions, at least one
     * @param y a value for each position
     * @return the line, drawn through, without a band
     */
    public static Curve line(String label, Ink ink, double[] x, double[] y) {
        return new Curve(label, ink, Style.SOLID, x, y, new double[0], new double[0]);
    }

    /**
     * Returns this line drawn in another style.
     *
     * @param style the style
     * @return the line
     */
    public Curve in(Style style) {
        return new Curve(label, ink, style, x, y, low, high);
    }

    /**
     * Returns this line with a band.
     *
     * @param low the lower edge, a value for each position
     * @param high the upper edge, likewise
     * @return the line
     */
    public Curve within(double[] low, double[] high) {
        return new Curve(label, ink, style, x, y, low, high);
    }

    /**
     * Makes a curve over the epochs of training runs, for a logarithmic axis: epochs are put together in bins of equal
     * width there. The line is the mean of a bin over all runs, the band goes from its lowest to its highest value.
     *
     * @param label its name
     * @param ink its colour
     * @param runs for each run a value for each epoch, from epoch 1; at least one, and as many in each
     * @return the curve
     */
    public static Curve ofEpochs(String label, Ink ink, double[]... runs) {
        int epochs = runs.length == 0 ? 0 : runs[0].length;
        if (epochs == 0 || Arrays.stream(runs).anyMatch(run -> run.length != epochs)) {
            throw new IllegalArgumentException("Curve \"" + label + "\": runs of "
                    + Arrays.toString(
                            Arrays.stream(runs).mapToInt(run -> run.length).toArray())
                    + " epochs; give at least one run of one epoch, and as many epochs in each");
        }
        int[] ends = binEnds(epochs);
        int n = ends.length;
        Curve curve = line(label, ink, new double[n], new double[n]).within(new double[n], new double[n]);
        for (int bin = 0, from = 0; bin < n; from = ends[bin++]) {
            int first = from;
            int end = ends[bin];
            double[] inside = Arrays.stream(runs)
                    .flatMapToDouble(run -> Arrays.stream(run, first, end))
                    .toArray();
            curve.x[bin] = Math.sqrt((from + 1.0) * ends[bin]); // between the first and the last epoch of the bin
            curve.y[bin] = Arrays.stream(inside).average().orElseThrow();
            curve.low[bin] = Arrays.stream(inside).min().orElseThrow();
            curve.high[bin] = Arrays.stream(inside).max().orElseThrow();
        }
        return curve;
    }

    /** Returns the last epoch of each bin: a twentieth wider than the one before, but at least one epoch more. */
    private static int[] binEnds(int epochs) {
        int[] ends = new int[epochs];
        int n = 0;
        for (int end = 1; end < epochs; end = Math.max(end + 1, (int) (end * 1.05))) {
            ends[n++] = end;
        }
        ends[n++] = epochs;
        return Arrays.copyOf(ends, n);
    }

    boolean hasBand() {
        return low.length > 0;
    }
}
