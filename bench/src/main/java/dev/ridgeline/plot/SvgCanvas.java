package dev.ridgeline.plot;

import dev.ridgeline.report.Page;
import java.util.Locale;

/** Draws an {@code <svg>} element in the colours of the page it stands in. */
final class SvgCanvas implements Canvas {
    /** How much wider than drawn a chart may become: more would make its letters larger than the page's. */
    private static final double WIDER = 1.25;

    private final StringBuilder svg = new StringBuilder();

    SvgCanvas(double width, double height, String description) {
        svg.append("<svg viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\" aria-label=\"")
                .append(Page.escape(description))
                .append("\" style=\"width:100%;max-width:")
                .append(number(WIDER * width))
                .append("px\">\n");
    }

    @Override
    public void text(double x, double y, double degrees, Anchor anchor, Ink ink, boolean bold, String text) {
        svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
        if (degrees != 0) {
            svg.append("\" transform=\"rotate(").append(number(degrees));
            svg.append(' ').append(number(x)).append(' ').append(number(y)).append(')');
        }
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
    public void line(double[] x, double[] y, Ink ink, double width, boolean dashed) {
        path(x, y);
        svg.append(x.length == 1 ? "h0" : "")
                .append("\" fill=\"none\" stroke=\"")
                .append(ink.css());
        svg.append("\" stroke-width=\"").append(number(width));
        svg.append(dashed ? "\" stroke-dasharray=\"6 5" : "");
        svg.append("\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n");
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        path(x, y);
        svg.append("Z\" fill=\"").append(ink.css());
        svg.append(opacity < 1 ? "\" fill-opacity=\"" + opacity : "").append("\"/>\n");
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
