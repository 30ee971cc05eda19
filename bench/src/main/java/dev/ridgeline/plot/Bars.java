package dev.ridgeline.plot;

import java.util.stream.DoubleStream;

/**
 * Bars side by side: a histogram. What lies behind them shows through.
 *
 * @param label their name, written beside their right shoulder; may be empty
 * @param ink their colour
 * @param edges where the bars begin, ascending, and where the last one ends
 * @param heights the height of each bar, one less than edges
 */
public record Bars(String label, Ink ink, double[] edges, double[] heights) implements Mark {
    /** Checks that each bar has its edges. */
    public Bars {
        if (heights.length == 0 || edges.length != heights.length + 1) {
            throw new IllegalArgumentException("Bars \"" + label + "\": " + heights.length + " heights and "
                    + edges.length + " edges; give at least one height, and one edge more");
        }
    }

    /**
     * Counts values into bins of equal width.
     *
     * @param label the name
     * @param ink the colour
     * @param values what is counted; a value outside the bins counts into the nearest one, NaN into none
     * @param min where the first bin begins
     * @param max where the last bin ends, above {@code min}
     * @param bins how many there are, at least one
     * @return a bar for each bin, as high as it has values
     */
    public static Bars histogram(String label, Ink ink, DoubleStream values, double min, double max, int bins) {
        if (!(min < max && Double.isFinite(max - min)) || bins < 1) {
            throw new IllegalArgumentException("Bars \"" + label + "\": " + bins + " bins from " + min + " to " + max
                    + "; give at least one, between ascending finite numbers");
        }
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = min + (max - min) * i / bins;
        }
        double[] heights = new double[bins];
        values.filter(v -> !Double.isNaN(v)).forEach(v -> {
            double bin = Math.floor((v - min) / (max - min) * bins);
            heights[(int) Math.clamp(bin, 0, bins - 1)]++;
        });
        return new Bars(label, ink, edges, heights);
    }
}
