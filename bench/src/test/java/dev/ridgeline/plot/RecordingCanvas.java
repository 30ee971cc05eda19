package dev.ridgeline.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Remembers what was drawn. */
final class RecordingCanvas implements Canvas {
    final List<Text> texts = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final List<Area> areas = new ArrayList<>();

    record Text(double x, double y, double degrees, Anchor anchor, Ink ink, String text) {
        /** What an upright text covers. */
        Labels.Box box(boolean bold) {
            double width = Canvas.width(text, bold);
            double left = switch (anchor) {
                case START -> x;
                case MIDDLE -> x - width / 2;
                case END -> x - width;
            };
            return Labels.Box.around(left + width / 2, y - Labels.BASELINE, width);
        }
    }

    record Line(double[] x, double[] y, Ink ink, boolean dashed) {
        /** Whether it is straight between two points. */
        boolean joins(double x1, double y1, double x2, double y2) {
            return x.length == 2
                    && Math.abs(x[0] - x1) < 1e-9
                    && Math.abs(y[0] - y1) < 1e-9
                    && Math.abs(x[1] - x2) < 1e-9
                    && Math.abs(y[1] - y2) < 1e-9;
        }
    }

    record Area(double[] x, double[] y, Ink ink, double opacity) {
        double centreX() {
            return (Arrays.stream(x).min().orElseThrow()
                            + Arrays.stream(x).max().orElseThrow())
                    / 2;
        }

        double centreY() {
            return (Arrays.stream(y).min().orElseThrow()
                            + Arrays.stream(y).max().orElseThrow())
                    / 2;
        }
    }

    /** Draws a chart on a frame of 400 x 200 pixels whose lower left corner is (48, 246). */
    static RecordingCanvas of(Chart chart) {
        RecordingCanvas canvas = new RecordingCanvas();
        chart.draw(canvas, 48 + 400 + 16, 46 + 200 + 40);
        return canvas;
    }

    @Override
    public void text(double x, double y, double degrees, Anchor anchor, Ink ink, boolean bold, String text) {
        texts.add(new Text(x, y, degrees, anchor, ink, text));
    }

    @Override
    public void line(double[] x, double[] y, Ink ink, double width, boolean dashed) {
        lines.add(new Line(x, y, ink, dashed));
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        areas.add(new Area(x, y, ink, opacity));
    }

    List<Line> lines(Ink ink) {
        return lines.stream().filter(line -> line.ink() == ink).toList();
    }

    Text text(String wanted) {
        return texts.stream().filter(t -> t.text().equals(wanted)).findFirst().orElseThrow();
    }
}
