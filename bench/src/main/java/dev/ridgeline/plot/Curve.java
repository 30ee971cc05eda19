package dev.ridgeline.plot;

import java.util.Arrays;

/**
 * A line with the band that its values lie in.
 *
 * @param label its name, written at its end
 * @param ink its colour
 * @param x ascending positions, at least one
 * @param y the line, a value for each position
 * @param low the lower edge of the band, likewise
 * @param high the upper edge of the band, likewise
 */
public record Curve(String label, Ink ink, double[] x, double[] y, double[] low, double[] high) {
    /** Checks that there is a value for each position. */
    public Curve {
        int n = x.length;
        if (n == 0 || y.length != n || low.length != n || high.length != n) {
            throw new IllegalArgumentException("Curve \"" + label + "\": " + n + " positions, " + y.length + ", "
                    + low.length + " and " + high.length + " values; give at least one, and as many of each");
        }
    }

    /**
     * Makes a curve over the epochs of a training run, for a logarithmic axis: epochs are put together in bins of equal
     * width there. The line is the mean of a bin, the band goes from its lowest to its highest value.
     *
     * @param label its name
     * @param ink its colour
     * @param values a value for each epoch, from epoch 1; at least one
     * @return the curve
     */
    public static Curve ofEpochs(String label, Ink ink, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Curve \"" + label + "\": no epoch; give at least one value");
        }
        int[] ends = binEnds(values.length);
        int n = ends.length;
        Curve curve = new Curve(label, ink, new double[n], new double[n], new double[n], new double[n]);
        for (int bin = 0, from = 0; bin < n; from = ends[bin++]) {
            double[] inside = Arrays.copyOfRange(values, from, ends[bin]);
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
}
