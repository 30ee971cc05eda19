package dev.ridgeline.plot;

import java.awt.Color;

/**
 * What a chart is drawn with: a variable of the report page's style sheet, and the fixed colour of a PNG file. The six for
 * series are told apart with every kind of colour vision, on white and on the dark page. The marker of each has a shape
 * of its own besides.
 */
public enum Ink {
    /** Titles. */
    TEXT("currentColor", 0x1c2128, Marker.CIRCLE),
    /** Axis labels, ticks and references. */
    SOFT("var(--soft)", 0x59636e, Marker.CIRCLE),
    /** Grid lines. */
    GRID("var(--line)", 0xd8dee4, Marker.CIRCLE),
    /** What all of it is drawn on. */
    PAPER("var(--paper)", 0xffffff, Marker.CIRCLE),
    /** The first series. */
    BLUE("var(--series-1)", 0x1f6fb4, Marker.CIRCLE),
    /** The second series. */
    ORANGE("var(--series-2)", 0xc2520c, Marker.SQUARE),
    /** The third series. */
    GREEN("var(--series-3)", 0x145735, Marker.TRIANGLE),
    /** The fourth series. */
    VIOLET("var(--series-4)", 0x9032f9, Marker.DIAMOND),
    /** The fifth series; yellow on a dark page. */
    BROWN("var(--series-5)", 0x3d2902, Marker.TIPPED_TRIANGLE),
    /** The sixth series. */
    MAGENTA("var(--series-6)", 0xa9066f, Marker.PENTAGON);

    private static final Ink[] SERIES = {BLUE, ORANGE, GREEN, VIOLET, BROWN, MAGENTA};

    private final String css;
    private final Color color;
    private final Marker marker;

    Ink(String css, int rgb, Marker marker) {
        this.css = css;
        this.color = new Color(rgb);
        this.marker = marker;
    }

    /**
     * Returns the colour of a series.
     *
     * @param index which series, from 0 to 5
     * @return its colour
     */
    public static Ink ofSeries(int index) {
        if (index < 0 || index >= SERIES.length) {
            throw new IllegalArgumentException("Ink: series " + index + "; a chart tells at most " + SERIES.length
                    + " apart (0 to " + (SERIES.length - 1) + "), so draw more charts");
        }
        return SERIES[index];
    }

    String css() {
        return css;
    }

    Color color() {
        return color;
    }

    Marker marker() {
        return marker;
    }
}
