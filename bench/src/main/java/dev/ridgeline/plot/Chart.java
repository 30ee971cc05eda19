package dev.ridgeline.plot;

import dev.ridgeline.report.Page;
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
    private static final double WIDE = 680;
    private static final double WIDE_HEIGHT = 400;
    private static final double NARROW = 360;
    private static final double NARROW_HEIGHT = 320;
    private static final double PANEL = 440;
    private static final double PANEL_HEIGHT = 280;

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

    /**
     * Draws the chart as a figure of a report page, in one form for wide and one for narrow screens, with its data behind
     * it.
     *
     * @param caption what there is to see, as text; may be empty
     * @return the {@code <figure>} element
     */
    public String figure(String caption) {
        return figure(caption, new ChartData(this).html());
    }

    /**
     * Draws the chart as a figure of a report page, in one form for wide and one for narrow screens, with a table of your
     * own behind it: one that tells more than the marks do.
     *
     * @param caption what there is to see, as text; may be empty
     * @param table the table, as HTML
     * @return the {@code <figure>} element
     */
    public String figure(String caption, String table) {
        String forms = "<div class=\"wide\">" + svg(WIDE, WIDE_HEIGHT) + "</div>\n<div class=\"narrow\">"
                + svg(NARROW, NARROW_HEIGHT) + "</div>";
        return Page.figure(forms, caption, data(table));
    }

    /**
     * Draws the chart as a figure that stands beside others in {@link Page#panels}, with its data behind it.
     *
     * @return the {@code <figure>} element
     */
    public String panel() {
        return Page.figure(svg(PANEL, PANEL_HEIGHT), "", data(new ChartData(this).html()));
    }

    private String data(String table) {
        return Page.details("Data of \u201c" + title + "\u201d", table);
    }

    void draw(Canvas canvas, double width, double height) {
        new Drawing(this, canvas, width, height).draw();
    }
}
