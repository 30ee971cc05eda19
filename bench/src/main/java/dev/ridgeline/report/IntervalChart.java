package dev.ridgeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Means with their intervals, one below the other, in groups, on one axis: an inline SVG. Horizontal places are in
 * percent of the width, so the chart fits a phone without its letters shrinking. Colours come from the style sheet of the
 * {@link Page}; an interval that contains 0 is drawn grey.
 */
public final class IntervalChart {
    private static final int GROUP_HEIGHT = 36;
    private static final int ROW_HEIGHT = 42;
    private static final int AXIS_HEIGHT = 26;
    private static final int TICKS = 5;

    /** The part of the width that the axis takes, in percent: room for half a number is left at both ends. */
    private static final double LEFT = 4;

    private static final double RIGHT = 96;

    private final String label;
    private final String unit;
    private final List<Row> rows = new ArrayList<>();
    private double low;
    private double high;

    /**
     * Starts a chart.
     *
     * @param label what it shows, for those who hear it
     * @param unit what stands behind the numbers of the axis, for example {@code %}
     */
    public IntervalChart(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /**
     * Starts a group.
     *
     * @param name its name
     * @param band half the width of the band around 0 that is shaded behind its intervals, not negative
     * @return this
     */
    public IntervalChart group(String name, double band) {
        rows.add(new Row(name, "", Double.NaN, -band, band));
        low = Math.min(low, -band);
        high = Math.max(high, band);
        return this;
    }

    /**
     * Adds an interval to the group.
     *
     * @param name what it is of
     * @param text what is said of it, right of the name
     * @param mean the mean
     * @param from the lower end
     * @param to the upper end
     * @return this
     */
    public IntervalChart interval(String name, String text, double mean, double from, double to) {
        rows.add(new Row(name, text, mean, from, to));
        low = Math.min(low, from);
        high = Math.max(high, to);
        return this;
    }

    /**
     * Returns the chart.
     *
     * @return an {@code <svg>} element
     */
    public String svg() {
        int height = AXIS_HEIGHT
                + rows.stream()
                        .mapToInt(row -> row.isGroup() ? GROUP_HEIGHT : ROW_HEIGHT)
                        .sum();
        StringBuilder svg = new StringBuilder();
        svg.append("<svg role=\"img\" aria-label=\"")
                .append(Page.escape(label))
                .append("\" width=\"100%\" height=\"")
                .append(height)
                .append("\">\n");
        drawBands(svg);
        drawAxis(svg, height);
        int top = 0;
        for (Row row : rows) {
            if (row.isGroup()) {
                svg.append("<text x=\"0\" y=\"%d\" font-weight=\"600\">%s</text>%n"
                        .formatted(top + 24, Page.escape(row.name)));
                top += GROUP_HEIGHT;
            } else {
                drawInterval(svg, top, row);
                top += ROW_HEIGHT;
            }
        }
        return svg.append("</svg>").toString();
    }

    /** Shades the band of each group from its first interval to its last. */
    private void drawBands(StringBuilder svg) {
        int top = 0;
        for (int r = 0; r < rows.size(); r++) {
            Row group = rows.get(r);
            if (!group.isGroup()) {
                top += ROW_HEIGHT;
                continue;
            }
            top += GROUP_HEIGHT;
            int end = r + 1;
            while (end < rows.size() && !rows.get(end).isGroup()) {
                end++;
            }
            String width = String.format(Locale.ROOT, "%.2f%%", percent(group.to) - percent(group.from));
            svg.append("<rect class=\"band\" x=\"%s\" width=\"%s\" y=\"%d\" height=\"%d\"/>%n"
                    .formatted(place(group.from), width, top, (end - r - 1) * ROW_HEIGHT));
        }
    }

    private void drawAxis(StringBuilder svg, int height) {
        double step = tickStep((high - low) / TICKS);
        int bottom = height - AXIS_HEIGHT;
        for (long tick = (long) Math.ceil(low / step); tick * step <= high; tick++) {
            String x = place(tick * step);
            svg.append("<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"0\" y2=\"%d\"/>%n"
                    .formatted(tick == 0 ? "zero" : "grid", x, x, bottom + 4));
            svg.append("<text class=\"soft\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                    .formatted(x, height - 6, number(tick * step) + (tick == 0 ? "" : Page.escape(unit))));
        }
    }

    private void drawInterval(StringBuilder svg, int top, Row row) {
        String kind = row.from <= 0 && row.to >= 0 ? " unclear" : "";
        svg.append("<g><line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>".formatted(top, top));
        svg.append("<text x=\"0\" y=\"%d\">%s</text>".formatted(top + 17, Page.escape(row.name)));
        svg.append("<text class=\"soft\" x=\"100%%\" y=\"%d\" text-anchor=\"end\">%s</text>"
                .formatted(top + 17, Page.escape(row.text)));
        svg.append("<line class=\"interval%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                .formatted(kind, place(row.from), place(row.to), top + 30, top + 30));
        for (double end : new double[] {row.from, row.to}) {
            svg.append("<line class=\"interval%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                    .formatted(kind, place(end), place(end), top + 26, top + 34));
        }
        svg.append("<circle class=\"mean%s\" cx=\"%s\" cy=\"%d\" r=\"4\"/></g>%n"
                .formatted(kind, place(row.mean), top + 30));
    }

    /** Returns where a value lies, in percent of the width. */
    private String place(double value) {
        return String.format(Locale.ROOT, "%.2f%%", percent(value));
    }

    private double percent(double value) {
        double share = high > low ? (value - low) / (high - low) : 0.5;
        return LEFT + share * (RIGHT - LEFT);
    }

    /** Returns the smallest of 1, 2, 5, 10 ... times a power of ten that is at least the given size. */
    static double tickStep(double atLeast) {
        if (!(atLeast > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= atLeast) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    private record Row(String name, String text, double mean, double from, double to) {
        boolean isGroup() {
            return Double.isNaN(mean);
        }
    }
}
