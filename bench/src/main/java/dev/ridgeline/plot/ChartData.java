package dev.ridgeline.plot;

import dev.ridgeline.plot.Points.Bar;
import dev.ridgeline.plot.Points.Point;
import dev.ridgeline.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers behind a chart as a table: a row for each position, point, bar and end of a reference. */
final class ChartData {
    private static final double[] NOTHING = {};

    private final Chart chart;
    private final List<List<String>> rows = new ArrayList<>();

    ChartData(Chart chart) {
        this.chart = chart;
        chart.marks().forEach(this::add);
    }

    /** Returns the table; columns that hold nothing are left out. */
    String html() {
        List<String> header =
                List.of("of", chart.x().label(), "from", "to", chart.y().label(), "from", "to");
        List<Integer> filled = new ArrayList<>();
        for (int c = 0; c < header.size(); c++) {
            int column = c;
            if (rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
                filled.add(c);
            }
        }
        return Page.table(
                filled.stream().map(header::get).toList(),
                rows.stream().map(row -> filled.stream().map(row::get).toList()).toList());
    }

    private void add(Mark mark) {
        switch (mark) {
            case Curve curve -> {
                for (int i = 0; i < curve.x().length; i++) {
                    double[] band = curve.hasBand() ? new double[] {curve.low()[i], curve.high()[i]} : NOTHING;
                    row(curve.label(), curve.x()[i], NOTHING, curve.y()[i], band);
                }
            }
            case Points points -> {
                for (Point point : points.points()) {
                    String name = points.label().isEmpty() || point.label().isEmpty()
                            ? points.label() + point.label()
                            : points.label() + ": " + point.label();
                    row(name, point.x(), ends(point.xBar()), point.y(), ends(point.yBar()));
                }
            }
            case Bars bars -> {
                for (int i = 0; i < bars.heights().length; i++) {
                    double middle = (bars.edges()[i] + bars.edges()[i + 1]) / 2;
                    double[] edges = {bars.edges()[i], bars.edges()[i + 1]};
                    row(bars.label(), middle, edges, bars.heights()[i], NOTHING);
                }
            }
            case Reference line -> {
                row(line.label(), line.x1(), NOTHING, line.y1(), NOTHING);
                row(line.label(), line.x2(), NOTHING, line.y2(), NOTHING);
            }
        }
    }

    private static double[] ends(Bar bar) {
        return bar == null ? NOTHING : new double[] {bar.low(), bar.high()};
    }

    private void row(String name, double x, double[] xEnds, double y, double[] yEnds) {
        rows.add(List.of(name, number(x), end(xEnds, 0), end(xEnds, 1), number(y), end(yEnds, 0), end(yEnds, 1)));
    }

    private static String end(double[] ends, int which) {
        return ends.length == 0 ? "" : number(ends[which]);
    }

    /** Four significant digits, but whole numbers whole; what is not drawn is a dash. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "\u2013";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double magnitude = Math.abs(value);
        return magnitude >= 1e-3 && magnitude < 1e6
                ? String.format(
                        Locale.ROOT, "%." + Math.max(0, 3 - (int) Math.floor(Math.log10(magnitude))) + "f", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }
}
