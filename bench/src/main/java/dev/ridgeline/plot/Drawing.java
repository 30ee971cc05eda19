package dev.ridgeline.plot;

import dev.ridgeline.plot.Canvas.Anchor;
import dev.ridgeline.plot.Points.Bar;
import dev.ridgeline.plot.Points.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A chart on its way to a canvas: first where everything goes, then the axes, what is behind, what is before, the names. */
final class Drawing {
    private static final double LEAST_LEFT = 48;
    private static final double LEAST_RIGHT = 16;
    private static final double TOP = 46;
    private static final double BOTTOM = 40;
    private static final double NAME_GAP = 6;
    private static final double TICK_GAP = 8;

    /** Half the length of an error bar's cap. */
    private static final double CAP = 4;

    private static final double MARKER_RADIUS = 4;
    private static final double DOT = 3.5;

    /** How much of a band and of bars covers what lies below. */
    private static final double FAINT = 0.25;

    /** A mark that ends in this last part of the width has its name beside the axes, another one has it where it ends. */
    private static final double NEAR_THE_END = 0.93;

    private final Chart chart;
    private final Canvas canvas;
    private final double width;
    private final double height;
    private final Frame frame;
    private final Labels labels;

    /** Names that stand to the right of the axes, from top to bottom. */
    private final List<Name> outside;

    /** What stands between the axes, in the order in which places are asked for. */
    private final List<Text> inside = new ArrayList<>();

    /** Something written between the axes. */
    private record Text(String label, Ink ink, boolean bold) {
        double width() {
            return Canvas.width(label, bold);
        }
    }

    /** A name and where its mark ends. */
    private record Name(Mark mark, double share, double y) {}

    Drawing(Chart chart, Canvas canvas, double width, double height) {
        this.chart = chart;
        this.canvas = canvas;
        this.width = width;
        this.height = height;
        outside = chart.marks().stream()
                .map(this::end)
                .filter(name -> name != null && name.share() >= NEAR_THE_END)
                .sorted(Comparator.comparingDouble(name -> -name.y()))
                .toList();
        double left = chart.y().ticks().stream()
                .mapToDouble(tick -> TICK_GAP + Canvas.width(tick.text(), false))
                .reduce(LEAST_LEFT, Math::max);
        double right = outside.stream()
                .mapToDouble(name -> NAME_GAP + Canvas.width(name.mark().label(), true))
                .reduce(LEAST_RIGHT, Math::max);
        frame = new Frame(left, Math.max(left + 1, width - right), TOP, height - BOTTOM, chart.x(), chart.y());
        labels = new Labels(new Labels.Box(frame.left(), TOP - Labels.HEIGHT / 2, width, frame.bottom()));
    }

    /** Returns where the name of a line or of points would stand: level with the last of them. */
    private Name end(Mark mark) {
        if (mark.label().isEmpty()) {
            return null;
        }
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        switch (mark) {
            case Curve curve -> {
                for (int i = 0; i < curve.x().length; i++) {
                    if (!Double.isNaN(curve.x()[i]) && !Double.isNaN(curve.y()[i])) {
                        lastX = curve.x()[i];
                        lastY = curve.y()[i];
                    }
                }
            }
            case Points points -> {
                for (Point point : points.points()) {
                    if (!Double.isNaN(point.y())
                            && !(chart.x().position(point.x()) <= chart.x().position(lastX))) {
                        lastX = point.x();
                        lastY = point.y();
                    }
                }
            }
            case Bars bars -> {}
            case Reference reference -> {}
        }
        return Double.isNaN(lastX)
                ? null
                : new Name(mark, chart.x().position(lastX), chart.y().position(lastY));
    }

    void draw() {
        axes();
        chart.marks().forEach(this::drawBehind);
        chart.marks().forEach(this::drawBefore);
        chart.marks().forEach(this::keepFree);
        namesOutside();
        chart.marks().forEach(this::nameInside);
        writeInside();
    }

    private void axes() {
        canvas.text(0, 14, 0, Anchor.START, Ink.TEXT, true, chart.title());
        canvas.text(0, 32, 0, Anchor.START, Ink.SOFT, false, chart.y().label());
        String label = chart.x().label();
        boolean fits = Canvas.width(label, false) <= frame.right();
        canvas.text(fits ? frame.right() : width, height - 4, 0, Anchor.END, Ink.SOFT, false, label);
        for (Axis.Tick tick : chart.y().ticks()) {
            double at = frame.y(tick.value());
            line(frame.left(), at, frame.right(), at, Ink.GRID, 1);
            canvas.text(frame.left() - 6, at + Labels.BASELINE, 0, Anchor.END, Ink.SOFT, false, tick.text());
        }
        List<Axis.Tick> ticks = chart.x().ticks();
        int every = 1;
        while (!fit(ticks, every)) {
            every++;
        }
        for (int i = 0; i < ticks.size(); i++) {
            double at = frame.x(ticks.get(i).value());
            line(at, frame.bottom(), at, frame.bottom() + 4, Ink.SOFT, 1);
            if (i % every == 0) {
                String text = ticks.get(i).text();
                canvas.text(at, frame.bottom() + 17, 0, Anchor.MIDDLE, Ink.SOFT, false, text);
            }
        }
    }

    /** Returns whether some ticks, one of so many, can be written side by side. */
    private boolean fit(List<Axis.Tick> ticks, int every) {
        for (int i = every; i < ticks.size(); i += every) {
            Axis.Tick left = ticks.get(i - every);
            Axis.Tick right = ticks.get(i);
            double needed = (Canvas.width(left.text(), false) + Canvas.width(right.text(), false)) / 2;
            if (Math.abs(frame.x(right.value()) - frame.x(left.value())) < needed) {
                return false;
            }
        }
        return true;
    }

    private void drawBehind(Mark mark) {
        switch (mark) {
            case Curve curve -> {
                if (curve.hasBand()) {
                    band(curve);
                }
            }
            case Bars bars -> {
                double[][] steps = steps(bars);
                canvas.area(steps[0], steps[1], bars.ink(), FAINT);
            }
            case Points points -> {}
            case Reference reference -> {}
        }
    }

    private void band(Curve curve) {
        for (int[] run : runs(curve.x(), curve.low(), curve.high())) {
            int n = run[1] - run[0];
            double[] xs = new double[2 * n];
            double[] ys = new double[2 * n];
            for (int i = 0; i < n; i++) {
                xs[i] = xs[2 * n - 1 - i] = frame.x(curve.x()[run[0] + i]);
                ys[i] = frame.y(curve.high()[run[0] + i]);
                ys[2 * n - 1 - i] = frame.y(curve.low()[run[0] + i]);
            }
            canvas.area(xs, ys, curve.ink(), FAINT);
        }
    }

    /** Returns the outline of bars from the lower left corner to the lower right one: x, then y. */
    private double[][] steps(Bars bars) {
        int n = bars.heights().length;
        double[] xs = new double[2 * n + 2];
        double[] ys = new double[2 * n + 2];
        double base = frame.y(0);
        for (int i = 0; i <= n; i++) {
            xs[2 * i] = xs[2 * i + 1] = frame.x(bars.edges()[i]);
            ys[2 * i] = i == 0 ? base : ys[2 * i - 1];
            ys[2 * i + 1] = i == n || Double.isNaN(bars.heights()[i]) ? base : frame.y(bars.heights()[i]);
        }
        return new double[][] {xs, ys};
    }

    private void drawBefore(Mark mark) {
        switch (mark) {
            case Curve curve -> line(curve);
            case Points points -> points.points().forEach(point -> point(points, point));
            case Bars bars -> {
                double[][] steps = steps(bars);
                canvas.line(steps[0], steps[1], bars.ink(), 1.5, false);
            }
            case Reference reference -> {
                double[] ends = ends(reference);
                if (ends.length > 0) {
                    canvas.line(
                            new double[] {ends[0], ends[2]},
                            new double[] {ends[1], ends[3]},
                            reference.ink(),
                            1.5,
                            true);
                }
            }
        }
    }

    private void line(Curve curve) {
        double[] xs = frame.xs(curve.x());
        double[] ys = frame.ys(curve.y());
        for (int[] run : runs(xs, ys)) {
            double[] runX = Arrays.copyOfRange(xs, run[0], run[1]);
            double[] runY = Arrays.copyOfRange(ys, run[0], run[1]);
            canvas.line(runX, runY, curve.ink(), 2, curve.style() == Curve.Style.DASHED);
            if (curve.style() == Curve.Style.MARKED) {
                for (int i = 0; i < runX.length; i++) {
                    marker(runX[i], runY[i], curve.ink(), true);
                }
            }
        }
    }

    private void marker(double x, double y, Ink ink, boolean filled) {
        double[] xs = ink.marker().x(x, MARKER_RADIUS);
        double[] ys = ink.marker().y(y, MARKER_RADIUS);
        canvas.area(xs, ys, filled ? ink : Ink.PAPER, 1);
        if (!filled) {
            canvas.line(xs, ys, ink, 1.5, false);
        }
    }

    private void point(Points points, Point point) {
        double x = frame.x(point.x());
        double y = frame.y(point.y());
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return;
        }
        if (point.xBar() != null) {
            Bar bar = point.xBar();
            line(frame.x(bar.low()), y, frame.x(bar.high()), y, points.ink(), 1.5);
            for (double end : new double[] {bar.low(), bar.high()}) {
                if (chart.x().contains(end)) {
                    line(frame.x(end), y - CAP, frame.x(end), y + CAP, points.ink(), 1.5);
                }
            }
        }
        if (point.yBar() != null) {
            Bar bar = point.yBar();
            line(x, frame.y(bar.low()), x, frame.y(bar.high()), points.ink(), 1.5);
            for (double end : new double[] {bar.low(), bar.high()}) {
                if (chart.y().contains(end)) {
                    line(x - CAP, frame.y(end), x + CAP, frame.y(end), points.ink(), 1.5);
                }
            }
        }
        switch (points.shape()) {
            case DOT -> canvas.line(new double[] {x}, new double[] {y}, points.ink(), DOT, false);
            case FILLED -> marker(x, y, points.ink(), true);
            case HOLLOW -> marker(x, y, points.ink(), false);
        }
    }

    private double[] ends(Reference reference) {
        return frame.segment(reference.x1(), reference.y1(), reference.x2(), reference.y2());
    }

    /** Tells where texts had better not stand. */
    private void keepFree(Mark mark) {
        switch (mark) {
            case Curve curve -> polyline(frame.xs(curve.x()), frame.ys(curve.y()));
            case Points points -> {
                for (Point point : points.points()) {
                    double x = frame.x(point.x());
                    double y = frame.y(point.y());
                    double radius = points.shape() == Points.Shape.DOT ? DOT / 2 : MARKER_RADIUS;
                    for (int part = 0; part < 9; part++) {
                        labels.draws(x + (part % 3 - 1) * radius, y + (part / 3 - 1) * radius);
                    }
                    if (point.xBar() != null) {
                        labels.draws(
                                frame.x(point.xBar().low()),
                                y,
                                frame.x(point.xBar().high()),
                                y);
                    }
                    if (point.yBar() != null) {
                        labels.draws(
                                x,
                                frame.y(point.yBar().low()),
                                x,
                                frame.y(point.yBar().high()));
                    }
                }
            }
            case Bars bars -> {
                double[][] steps = steps(bars);
                polyline(steps[0], steps[1]);
            }
            case Reference reference -> {
                double[] ends = ends(reference);
                if (ends.length > 0) {
                    labels.draws(ends[0], ends[1], ends[2], ends[3]);
                }
            }
        }
    }

    private void polyline(double[] xs, double[] ys) {
        for (int[] run : runs(xs, ys)) {
            for (int i = run[0] + 1; i < run[1]; i++) {
                labels.draws(xs[i - 1], ys[i - 1], xs[i], ys[i]);
            }
        }
    }

    /** Writes names level with the ends of their marks, moved apart where they would overlap. */
    private void namesOutside() {
        double[] wanted = outside.stream()
                .mapToDouble(name -> frame.bottom() - name.y() * (frame.bottom() - frame.top()))
                .toArray();
        double[] places = Labels.apart(wanted, frame.top(), frame.bottom());
        for (int i = 0; i < places.length; i++) {
            Mark mark = outside.get(i).mark();
            double textWidth = Canvas.width(mark.label(), true);
            labels.writes(Labels.Box.around(frame.right() + NAME_GAP + textWidth / 2, places[i], textWidth));
            canvas.text(
                    frame.right() + NAME_GAP,
                    places[i] + Labels.BASELINE,
                    0,
                    Anchor.START,
                    mark.ink(),
                    true,
                    mark.label());
        }
    }

    private void nameInside(Mark mark) {
        switch (mark) {
            case Curve curve -> nameAtEnd(mark);
            case Points points -> {
                for (Point point : points.points()) {
                    beside(point.label(), points.ink(), false, frame.x(point.x()), frame.y(point.y()));
                }
                nameAtEnd(mark);
            }
            case Bars bars -> nameAtShoulder(bars);
            case Reference reference -> {
                double[] ends = ends(reference);
                if (!reference.label().isEmpty() && ends.length > 0) {
                    Text text = new Text(reference.label(), reference.ink(), false);
                    labels.along(ends[0], ends[1], ends[2], ends[3], text.width());
                    inside.add(text);
                }
            }
        }
    }

    private void nameAtEnd(Mark mark) {
        Name name = end(mark);
        if (name != null && name.share() < NEAR_THE_END) {
            double x = frame.left() + name.share() * (frame.right() - frame.left());
            double y = frame.bottom() - name.y() * (frame.bottom() - frame.top());
            beside(mark.label(), mark.ink(), true, x, y);
        }
    }

    /** Names bars beside the last of them that is half as high as the highest. */
    private void nameAtShoulder(Bars bars) {
        double[] heights = bars.heights();
        double highest =
                Arrays.stream(heights).filter(h -> !Double.isNaN(h)).max().orElse(Double.NaN);
        for (int i = heights.length - 1; i >= 0; i--) {
            if (heights[i] >= highest / 2) {
                beside(bars.label(), bars.ink(), true, frame.x(bars.edges()[i + 1]), frame.y(heights[i]));
                return;
            }
        }
    }

    private void beside(String label, Ink ink, boolean bold, double x, double y) {
        if (!label.isEmpty() && !Double.isNaN(x) && !Double.isNaN(y)) {
            Text text = new Text(label, ink, bold);
            labels.beside(x, y, NAME_GAP + 1, text.width());
            inside.add(text);
        }
    }

    /** Writes what stands between the axes; a thin line leads to a text that found no place next to its point. */
    private void writeInside() {
        List<Labels.Place> places = labels.places();
        for (Labels.Place place : places) {
            double[] leader = place.leader();
            if (leader.length > 0) {
                line(leader[0], leader[1], leader[2], leader[3], Ink.SOFT, 0.75);
            }
        }
        for (int i = 0; i < places.size(); i++) {
            Labels.Place place = places.get(i);
            Text text = inside.get(i);
            double turn = Math.toRadians(place.degrees());
            canvas.text(
                    place.x() - Labels.BASELINE * Math.sin(turn),
                    place.y() + Labels.BASELINE * Math.cos(turn),
                    place.degrees(),
                    Anchor.MIDDLE,
                    text.ink(),
                    text.bold(),
                    text.label());
        }
    }

    private void line(double x1, double y1, double x2, double y2, Ink ink, double thickness) {
        canvas.line(new double[] {x1, x2}, new double[] {y1, y2}, ink, thickness, false);
    }

    /** Returns where the pieces without NaN in any of some arrays begin and end. */
    private static List<int[]> runs(double[]... arrays) {
        List<int[]> runs = new ArrayList<>();
        int n = arrays[0].length;
        int start = 0;
        for (int i = 0; i <= n; i++) {
            boolean gap = i == n;
            for (int a = 0; a < arrays.length && !gap; a++) {
                gap = Double.isNaN(arrays[a][i]);
            }
            if (gap) {
                if (start < i) {
                    runs.add(new int[] {start, i});
                }
                start = i + 1;
            }
        }
        return runs;
    }
}
