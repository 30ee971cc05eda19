package dev.ridgeline.plot;

/** What a chart is drawn on. Coordinates are in pixels, from the top left corner. */
interface Canvas {
    /** The height of a line of text. */
    double TEXT_SIZE = 13;

    /** Which point of a text its position is. */
    enum Anchor {
        /** The left end. */
        START,
        /** The centre. */
        MIDDLE,
        /** The right end. */
        END
    }

    /** Writes a text; y is its baseline. */
    void text(double x, double y, Anchor anchor, Ink ink, boolean bold, String text);

    /** Draws the line through some points; a single point is a dot. */
    void line(double[] x, double[] y, Ink ink, double width);

    /** Fills the polygon through some points, so faintly that what lies below shows. */
    void area(double[] x, double[] y, Ink ink);
}
