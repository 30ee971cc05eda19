package dev.ridgeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Means with their intervals, one below the other, in groups, on one axis: an inline SVG. Horizontal places are in
 * percent of the width, so the chart fits a phone without its letters shrinking. Colours come from the style sheet of the
 * {@link Page}.
 *
 * <p>Where the greatest number is large beside the linear part of the axis, places go with asinh(value/linear): near 0 the
 * axis is linear, beyond that part it is logarithmic. So a small effect is seen beside a large one.
 */
public final class IntervalChart {
    private static final int GROUP_HEIGHT = 40;
    private static final int AXIS_HEIGHT = 26;
    private static final int TICKS = 5;

    /** Names of so many letters have room beside the intervals on the narrowest of wide screens. */
    private static final int BESIDE = 20;

    /** From a text's centre line down to its baseline. */
    private static final int BASELINE = 5;

    /** The axis is bent if it reaches this many times its linear part. */
    private static final double LONG = 10;

    /** The least distance of the numbers of a bent axis, as a part of its length. */
    private static final double TICK_DISTANCE = 0.12;

    /**
     * How the chart is laid out. The axis takes part of the width, in percent.
     *
     * @param left where the axis begins; half a number has room before it
     * @param right where it ends, likewise
     * @param row the height of an interval with its texts, in pixels
     * @param textAt where the centre line of the texts is in it
     * @param intervalAt where the interval is in it
     */
    private record Form(double left, double right, int row, int textAt, int intervalAt) {
        /** The texts stand beside the intervals. */
        static final Form WIDE = new Form(20, 72, 28, 14, 14);

        /** The texts stand above the intervals. */
        static final Form NARROW = new Form(7, 93, 42, 13, 30);
    }

    private final String label;
    private final String unit;
    private final double linear;
    private final List<Row> rows = new ArrayList<>();
    private double low;
    private double high;

    /** What an interval says, which decides how it is drawn. */
    public enum Kind {
        /** There is an effect: coloured. */
        EFFECT(""),
        /** There is none that matters: coloured, the mean hollow. */
        WITHIN(" within"),
        /** It says nothing: grey. */
        UNCLEAR(" unclear");

        private final String css;

        Kind(String css) {
            this.css = css;
        }
    }

    /**
     * Starts a chart.
     *
     * @param label what it shows, for those who hear it
     * @param unit what stands behind the numbers of the axis, for example {@code %}
     * @param linear up to which number the axis is about linear, above 0
     */
    public IntervalChart(String label, String unit, double linear) {
        if (!(linear > 0)) {
            throw new IllegalArgumentException(
                    "Chart \"" + label + "\": linear up to " + linear + "; give a number above 0");
        }
        this.label = label;
        this.unit = unit;
        this.linear = linear;
    }

    /**
     * Starts a group.
     *
     * @param name its name
     * @param text what is said of it, right of the name
     * @param band half the width of the band around 0 that is shaded behind its intervals, not negative
     * @return this
     */
    public IntervalChart group(String name, String text, double band) {
        rows.add(new Row(name, text, null, Double.NaN, -band, band));
        low = Math.min(low, -band);
        high = Math.max(high, band);
        return this;
    }

    /**
     * Adds an interval to the group.
     *
     * @param name what it is of
     * @param text what is said of it, right of the name
     * @param kind what it says
     * @param mean the mean
     * @param from the lower end
     * @param to the upper end
     * @return this
     */
    public IntervalChart interval(String name, String text, Kind kind, double mean, double from, double to) {
        rows.add(new Row(name, text, kind, mean, from, to));
        low = Math.min(low, from);
        high = Math.max(high, to);
        return this;
    }

    /**
     * Returns whether the axis is logarithmic beyond its linear part.
     *
     * @return false if it is linear throughout
     */
    public boolean isBent() {
        return Math.max(-low, high) > LONG * linear;
    }

    /**
     * Returns the chart in a form for wide screens and in one for narrow ones; the style sheet shows one of them. Where a
     * name is long, the texts stand above the intervals in both.
     *
     * @return two {@code <svg>} elements, each in a {@code <div>}
     */
    public String html() {
        boolean beside = rows.stream().allMatch(row -> row.isGroup() || row.name.length() <= BESIDE);
        return "<div class=\"wide\">" + svg(beside ? Form.WIDE : Form.NARROW) + "</div>\n<div class=\"narrow\">"
                + svg(Form.NARROW) + "</div>";
    }

    private String svg(Form form) {
        int height = AXIS_HEIGHT
                + rows.stream()
                        .mapToInt(row -> row.isGroup() ? GROUP_HEIGHT : form.row)
                        .sum();
        StringBuilder svg = new StringBuilder();
        svg.append("<svg role=\"img\" aria-label=\"")
                .append(Page.escape(label))
                .append("\" width=\"100%\" height=\"")
                .append(height)
                .append("\">\n");
        drawBands(svg, form);
        drawAxis(svg, form, height);
        int top = 0;
        for (Row row : rows) {
            if (row.isGroup()) {
                texts(svg, " style=\"font-weight:600\"", top + 28 - BASELINE, row);
                top += GROUP_HEIGHT;
            } else {
                svg.append("<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>".formatted(top, top));
                texts(svg, "", top + form.textAt, row);
                drawInterval(svg, form, top + form.intervalAt, row);
                top += form.row;
            }
        }
        return svg.append("</svg>").toString();
    }

    /** Shades the band of each group from its first interval to its last. */
    private void drawBands(StringBuilder svg, Form form) {
        int top = 0;
        for (int r = 0; r < rows.size(); r++) {
            Row group = rows.get(r);
            if (!group.isGroup()) {
                top += form.row;
                continue;
            }
            top += GROUP_HEIGHT;
            int end = r + 1;
            while (end < rows.size() && !rows.get(end).isGroup()) {
                end++;
            }
            String width = String.format(
                    Locale.ROOT, "%.2f%%", (share(group.to) - share(group.from)) * (form.right - form.left));
            svg.append("<rect class=\"band\" x=\"%s\" width=\"%s\" y=\"%d\" height=\"%d\"/>%n"
                    .formatted(place(form, group.from), width, top, (end - r - 1) * form.row));
        }
    }

    private void drawAxis(StringBuilder svg, Form form, int height) {
        int bottom = height - AXIS_HEIGHT;
        for (double tick : ticks()) {
            String x = place(form, tick);
            svg.append("<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>%n"
                    .formatted(tick == 0 ? "zero" : "grid", x, x, GROUP_HEIGHT, bottom + 4));
            svg.append("<text class=\"soft\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
                    .formatted(x, height - 6, number(tick) + (tick == 0 ? "" : Page.escape(unit))));
        }
    }

    private List<Double> ticks() {
        if (!isBent()) {
            double step = tickStep((high - low) / TICKS);
            return LongStream.rangeClosed((long) Math.ceil(low / step), (long) Math.floor(high / step))
                    .mapToObj(i -> i * step)
                    .toList();
        }
        List<Double> ticks = new ArrayList<>(List.of(0.0));
        for (int sign : new int[] {1, -1}) {
            double end = sign > 0 ? high : -low;
            double last = share(0);
            for (double size = tickStep(linear / 5); size <= end; size = tickStep(size * 1.5)) {
                double at = share(sign * size);
                if (Math.abs(at - last) >= TICK_DISTANCE) {
                    ticks.add(sign * size);
                    last = at;
                }
            }
        }
        return ticks;
    }

    private static void texts(StringBuilder svg, String style, int centre, Row row) {
        svg.append("<text x=\"0\" y=\"%d\"%s>%s</text>".formatted(centre + BASELINE, style, Page.escape(row.name)));
        svg.append("<text class=\"soft\" x=\"100%%\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                .formatted(centre + BASELINE, Page.escape(row.text)));
    }

    private void drawInterval(StringBuilder svg, Form form, int y, Row row) {
        String kind = row.kind.css;
        svg.append("<g><line class=\"interval%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                .formatted(kind, place(form, row.from), place(form, row.to), y, y));
        for (double end : new double[] {row.from, row.to}) {
            svg.append("<line class=\"interval%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                    .formatted(kind, place(form, end), place(form, end), y - 4, y + 4));
        }
        svg.append("<circle class=\"mean%s\" cx=\"%s\" cy=\"%d\" r=\"4\"/></g>%n"
                .formatted(kind, place(form, row.mean), y));
    }

    /** Returns where a value lies, in percent of the width. */
    private String place(Form form, double value) {
        return String.format(Locale.ROOT, "%.2f%%", form.left + share(value) * (form.right - form.left));
    }

    /** Returns where a value lies on the axis, 0 to 1. */
    private double share(double value) {
        double from = bent(low);
        double to = bent(high);
        return to > from ? (bent(value) - from) / (to - from) : 0.5;
    }

    private double bent(double value) {
        double size = Math.abs(value) / linear;
        return isBent() ? Math.signum(value) * Math.log(size + Math.sqrt(size * size + 1)) : value;
    }

    /** Returns the smallest of 1, 2, 5, 10 ... times a power of ten that is at least the given size. */
    static double tickStep(double atLeast) {
        if (!(atLeast > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        return IntStream.of(1, 2, 5)
                .mapToDouble(factor -> factor * power)
                .filter(step -> step >= atLeast)
                .findFirst()
                .orElse(10 * power);
    }

    private static String number(double value) {
        if (Math.abs(value) >= 1e5) {
            return String.format(Locale.ROOT, "%.0e", value);
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value).replaceFirst("(\\.\\d*?)0+$", "$1");
    }

    private record Row(String name, String text, Kind kind, double mean, double from, double to) {
        boolean isGroup() {
            return kind == null;
        }
    }
}
