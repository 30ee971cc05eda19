package dev.ridgeline.plot;

import java.util.stream.DoubleStream;

/**
 * A straight line to compare with, in dashes: a threshold, a roof, a slope. On logarithmic axes too it is straight: there
 * a power law.
 *
 * @param label its name, written along it; may be empty
 * @param ink its colour
 * @param x1 where it begins
 * @param y1 where it begins
 * @param x2 where it ends
 * @param y2 where it ends; an infinite number is the end of the axis
 */
public record Reference(String label, Ink ink, double x1, double y1, double x2, double y2) implements Mark {
    /** Checks that there is a line. */
    public Reference {
        if (DoubleStream.of(x1, y1, x2, y2).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("Reference \"" + label + "\": from " + x1 + ", " + y1 + " to " + x2
                    + ", " + y2 + "; NaN is no place");
        }
    }

    /**
     * Makes a line between two points.
     *
     * @param label its name
     * @param x1 where it begins
     * @param y1 where it begins
     * @param x2 where it ends
     * @param y2 where it ends
     * @return the line, in grey
     */
    public static Reference between(String label, double x1, double y1, double x2, double y2) {
        return new Reference(label, Ink.SOFT, x1, y1, x2, y2);
    }

    /**
     * Makes a vertical line from one end of the axis to the other.
     *
     * @param label its name
     * @param x where it stands
     * @return the line, in grey
     */
    public static Reference vertical(String label, double x) {
        return between(label, x, Double.NEGATIVE_INFINITY, x, Double.POSITIVE_INFINITY);
    }

    /**
     * Makes a horizontal line from one end of the axis to the other.
     *
     * @param label its name
     * @param y where it lies
     * @return the line, in grey
     */
    public static Reference horizontal(String label, double y) {
        return between(label, Double.NEGATIVE_INFINITY, y, Double.POSITIVE_INFINITY, y);
    }
}
