package dev.ridgeline.plot;

import dev.ridgeline.plot.Canvas.Anchor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A line chart. The name of each curve stands at its end; there is no legend to look up.
 *
 * @param title what is drawn
 * @param x the horizontal axis
 * @param y the vertical axis; its label stands above it
 * @param curves the lines, drawn in this order
 */
public record Chart(String title, Axis x, Axis y, List<Curve> curves) {
    private static final double LEFT = 48;
    private static final double RIGHT = 84;
    private static final double TOP = 46;
    private static final double BOTTOM = 40;
    private static final double LINE_HEIGHT = Canvas.TEXT_SIZE + 2;

    /** Copies the list. */
    public Chart {
        curves = List.copyOf(curves);
    }

    /**
     * Draws the chart as an {@code <svg>} element for a report page, whose colours it takes.
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
        DoubleUnaryOperator across = v -> LEFT + x.position(v) * (width - LEFT - RIGHT);
        DoubleUnaryOperator up = v -> height - BOTTOM - y.position(v) * (height - TOP - BOTTOM);
        canvas.text(0, 14, Anchor.START, Ink.TEXT, true, title);
        canvas.text(0, 32, Anchor.START, Ink.SOFT, false, y.label());
        canvas.text(width - RIGHT, height - 4, Anchor.END, Ink.SOFT, false, x.label());
        for (Axis.Tick tick : y.ticks()) {
            double at = up.applyAsDouble(tick.value());
            canvas.line(new double[] {LEFT, width - RIGHT}, new double[] {at, at}, Ink.GRID, 1);
            canvas.text(LEFT - 6, at + 4.5, Anchor.END, Ink.SOFT, false, tick.text());
        }
        for (Axis.Tick tick : x.ticks()) {
            double at = across.applyAsDouble(tick.value());
            canvas.line(new double[] {at, at}, new double[] {height - BOTTOM, height - BOTTOM + 4}, Ink.SOFT, 1);
            canvas.text(at, height - BOTTOM + 17, Anchor.MIDDLE, Ink.SOFT, false, tick.text());
        }
        for (Curve curve : curves) {
            band(canvas, curve, across, up);
        }
        for (Curve curve : curves) {
            canvas.line(map(curve.x(), across), map(curve.y(), up), curve.ink(), 2);
        }
        names(canvas, width - RIGHT + 6, up);
    }

    private static void band(Canvas canvas, Curve curve, DoubleUnaryOperator across, DoubleUnaryOperator up) {
        int n = curve.x().length;
        double[] xs = Arrays.copyOf(map(curve.x(), across), 2 * n);
        double[] ys = Arrays.copyOf(map(curve.high(), up), 2 * n);
        double[] low = map(curve.low(), up);
        for (int i = 0; i < n; i++) {
            xs[2 * n - 1 - i] = xs[i];
            ys[2 * n - 1 - i] = low[i];
        }
        canvas.area(xs, ys, curve.ink());
    }

    /** Writes the names at the ends of the curves, moved apart where they would overlap. */
    private void names(Canvas canvas, double left, DoubleUnaryOperator up) {
        List<Curve> downwards = curves.stream()
                .sorted(Comparator.comparingDouble(curve -> up.applyAsDouble(end(curve))))
                .toList();
        double[] at =
                downwards.stream().mapToDouble(c -> up.applyAsDouble(end(c))).toArray();
        for (int i = 1; i < at.length; i++) {
            double missing = LINE_HEIGHT - (at[i] - at[i - 1]);
            if (missing > 0) {
                at[i - 1] -= missing / 2;
                at[i] += missing / 2;
            }
        }
        for (int i = 0; i < at.length; i++) {
            Curve curve = downwards.get(i);
            canvas.text(left, at[i] + 4.5, Anchor.START, curve.ink(), true, curve.label());
        }
    }

    private static double end(Curve curve) {
        return curve.y()[curve.y().length - 1];
    }

    private static double[] map(double[] values, DoubleUnaryOperator place) {
        return Arrays.stream(values).map(place).toArray();
    }
}
