package dev.ridgeline.plot;

/** What a chart shows between its axes. A value outside an axis is drawn on its edge; NaN is not drawn. */
public sealed interface Mark permits Curve, Points, Bars, Reference {
    /**
     * Returns the name.
     *
     * @return what is written beside the mark; nothing if it is empty
     */
    String label();

    /**
     * Returns the colour.
     *
     * @return what mark and name are drawn with
     */
    Ink ink();
}
