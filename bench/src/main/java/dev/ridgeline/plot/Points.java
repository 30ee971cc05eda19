package dev.ridgeline.plot;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Points that no line connects.
 *
 * @param label the name of all of them, written beside the last; may be empty
 * @param ink their colour
 * @param shape how each is drawn
 * @param points the points, at least one
 */
public record Points(String label, Ink ink, Shape shape, List<Point> points) implements Mark {
    /** How a point is drawn. */
    public enum Shape {
        /** A small dot, for many points: data. */
        DOT,
        /** The marker of its ink, filled. */
        FILLED,
        /** The outline of that marker, for points that matter less. */
        HOLLOW
    }

    /** Copies the list. */
    public Points {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("Points \"" + label + "\": there is none; give at least one");
        }
    }

    /**
     * A point.
     *
     * @param label what is written beside it; may be empty
     * @param x its place on the horizontal axis
     * @param y its place on the vertical axis
     * @param xBar the ends of its horizontal error bar, or null
     * @param yBar the ends of its vertical error bar, or null
     */
    public record Point(String label, double x, double y, Bar xBar, Bar yBar) {
        /**
         * Makes a point without error bars.
         *
         * @param x its place on the horizontal axis
         * @param y its place on the vertical axis
         */
        public Point(double x, double y) {
            this("", x, y, null, null);
        }

        /**
         * Returns this point with something written beside it.
         *
         * @param text what
         * @return the point
         */
        public Point labelled(String text) {
            return new Point(text, x, y, xBar, yBar);
        }

        /**
         * Returns this point with a horizontal error bar.
         *
         * @param low its left end
         * @param high its right end
         * @return the point
         */
        public Point xBetween(double low, double high) {
            return new Point(label, x, y, new Bar(low, high), yBar);
        }

        /**
         * Returns this point with a vertical error bar.
         *
         * @param low its lower end
         * @param high its upper end
         * @return the point
         */
        public Point yBetween(double low, double high) {
            return new Point(label, x, y, xBar, new Bar(low, high));
        }
    }

    /**
     * The ends of an error bar. An end outside the axis is drawn without a cap.
     *
     * @param low the lower end
     * @param high the upper end, not below it
     */
    public record Bar(double low, double high) {
        /** Checks the order. */
        public Bar {
            if (low > high) {
                throw new IllegalArgumentException(
                        "Error bar from " + low + " to " + high + ": the lower end comes first");
            }
        }
    }

    /**
     * Makes dots.
     *
     * @param label the name of all of them
     * @param ink their colour
     * @param x where they are on the horizontal axis, at least one
     * @param y as many places on the vertical axis
     * @return the dots
     */
    public static Points dots(String label, Ink ink, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "Points \"" + label + "\": " + x.length + " x and " + y.length + " y; give as many of each");
        }
        return new Points(
                label,
                ink,
                Shape.DOT,
                IntStream.range(0, x.length)
                        .mapToObj(i -> new Point(x[i], y[i]))
                        .toList());
    }
}
