package dev.ridgeline.plot;

import dev.ridgeline.report.Page;
import java.util.Locale;

/** Draws an {@code <svg>} element in the colours of the page it stands in. */
final class SvgCanvas implements Canvas {
    private final StringBuilder svg = new StringBuilder();

    SvgCanvas(double width, double height, String description) {
        svg.append("<svg viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\" aria-label=\"")
                .append(Page.escape(description))
                .append("\">\n");
    }

    @Override
    public void text(double x, double y, Anchor anchor, Ink ink, boolean bold, String text) {
        svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
        if (anchor != Anchor.START) {
            svg.append("\" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT));
        }
        // a style, because the page's rule for text is stronger than an attribute
        svg.append("\" style=\"fill:").append(ink.css());
        svg.append(bold ? ";font-weight:600\">" : "\">")
                .append(Page.escape(text))
                .append("</text>\n");
    }

    @Override
    public void line(double[] x, double[] y, Ink ink, double width) {
        path(x, y);
        svg.append(x.length == 1 ? "h0" : "")
                .append("\" fill=\"none\" stroke=\"")
                .append(ink.css());
        svg.append("\" stroke-width=\"").append(number(width));
        svg.append("\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n");
    }

    @Override
    public void area(double[] x, double[] y, Ink ink) {
        path(x, y);
        svg.append("Z\" fill=\"").append(ink.css()).append("\" fill-opacity=\"0.25\"/>\n");
    }

    private void path(double[] x, double[] y) {
        svg.append("<path d=\"");
        for (int i = 0; i < x.length; i++) {
            svg.append(i == 0 ? 'M' : 'L').append(number(x[i])).append(' ').append(number(y[i]));
        }
    }

    String element() {
        return svg + "</svg>";
    }

    /** A tenth of a pixel is enough. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }
}
