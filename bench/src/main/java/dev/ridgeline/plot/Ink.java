package dev.ridgeline.plot;

import java.awt.Color;

/** What a chart is drawn with: a variable of the report page's style sheet, and the fixed colour of a PNG file. */
public enum Ink {
    /** Titles. */
    TEXT("currentColor", 0x1c2128),
    /** Axis labels and ticks. */
    SOFT("var(--soft)", 0x59636e),
    /** Grid lines. */
    GRID("var(--line)", 0xd8dee4),
    /** The first series: a blue that differs from the second in lightness too, for every kind of colour vision. */
    BLUE("var(--series-1)", 0x1f6fb4),
    /** The second series. */
    ORANGE("var(--series-2)", 0xc2520c);

    private final String css;
    private final Color color;

    Ink(String css, int rgb) {
        this.css = css;
        this.color = new Color(rgb);
    }

    String css() {
        return css;
    }

    Color color() {
        return color;
    }
}
