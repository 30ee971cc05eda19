package dev.ridgeline.plot;

import java.util.List;

/**
 * A chart. The name of each mark stands beside it; there is no legend to look up.
 *
 * @param title what is drawn
 * @param x the horizontal axis
 * @param y the vertical axis; its label stands above it
 * @param marks what is drawn, in this order; bands and bars below all else
 */
public record Chart(String title, Axis x, Axis y, List<? extends Mark> marks) {
    /** Copies the list. */
    public Chart {
        marks = List.copyOf(marks);
    }

    /**
     * Draws the chart as an {@code <svg>} element for a report page, whose colours it takes. It fills the width that it
     * is given there, up to a quarter more than its own.
     *
     * @param width its width in pixels, before it is fitted to the page
     * @param height its height
     * @return the element
     */
    public String svg(double width, double height) {
        SvgCanvas canvas = new SvgCanvas(width, height, title + ": " + y.label() + " over " + x.label());
        draw(canvas, width, height);
        return canvas.element();
    }

    void draw(Canvas canvas, double width, double height) {
        new Drawing(this, canvas, width, height).draw();
    }
}
