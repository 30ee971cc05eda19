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

    /** Writes a text, turned clockwise around its position; y is its baseline. */
    void text(double x, double y, double degrees, Anchor anchor, Ink ink, boolean bold, String text);

    /** Draws the line through some points; a single point is a dot as wide as the line. */
    void line(double[] x, double[] y, Ink ink, double width, boolean dashed);

    /** Fills the polygon through some points; with an opacity below 1 what lies below shows. */
    void area(double[] x, double[] y, Ink ink, double opacity);

    /** Returns about how wide a text is in a sans-serif font, rather too wide than too narrow. */
    static double width(String text, boolean bold) {
        return text.codePoints().mapToDouble(Canvas::ems).sum() * TEXT_SIZE * (bold ? 1.11 : 1);
    }

    /** Widths of DejaVu Sans, one of the widest, rounded up. */
    private static double ems(int character) {
        if ("ijlftI.,:;|'()[]!/- ".indexOf(character) >= 0) {
            return 0.4;
        }
        if ("mwMW@%=+<>\u00b1\u00d7\u2264\u2265".indexOf(character) >= 0) {
            return 0.95;
        }
        return Character.isUpperCase(character) ? 0.75 : 0.64;
    }
}
