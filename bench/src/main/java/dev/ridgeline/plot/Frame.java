package dev.ridgeline.plot;

import java.util.Arrays;

/** The rectangle between the axes, in pixels, and where values lie in it. */
record Frame(double left, double right, double top, double bottom, Axis across, Axis up) {
    /** Where an end of a reference lies at most outside, in widths or heights of the frame; it is cut off there anyway. */
    private static final double FAR = 1e6;

    double x(double value) {
        return left + across.position(value) * (right - left);
    }

    double y(double value) {
        return bottom - up.position(value) * (bottom - top);
    }

    double[] xs(double[] values) {
        return Arrays.stream(values).map(this::x).toArray();
    }

    double[] ys(double[] values) {
        return Arrays.stream(values).map(this::y).toArray();
    }

    /**
     * Returns the part between the axes of the straight line between two points, which may lie outside: x, y, x, y from
     * left to right, or nothing.
     */
    double[] segment(double x1, double y1, double x2, double y2) {
        double u1 = share(across, x1);
        double v1 = share(up, y1);
        double du = share(across, x2) - u1;
        double dv = share(up, y2) - v1;
        double from = 0;
        double to = 1;
        // Liang and Barsky: the line enters through one side and leaves through another
        double[] speeds = {-du, du, -dv, dv};
        double[] distances = {u1, 1 - u1, v1, 1 - v1};
        for (int side = 0; side < 4; side++) {
            if (speeds[side] == 0 && distances[side] < 0) {
                return new double[0];
            }
            double at = distances[side] / speeds[side];
            if (speeds[side] < 0) {
                from = Math.max(from, at);
            } else if (speeds[side] > 0) {
                to = Math.min(to, at);
            }
        }
        if (from > to) {
            return new double[0];
        }
        boolean leftwards = du < 0;
        double start = leftwards ? to : from;
        double end = leftwards ? from : to;
        return new double[] {
            left + (u1 + start * du) * (right - left),
            bottom - (v1 + start * dv) * (bottom - top),
            left + (u1 + end * du) * (right - left),
            bottom - (v1 + end * dv) * (bottom - top)
        };
    }

    /** Returns where a value lies on the axis continued beyond its ends; an infinite one lies at the end. */
    private static double share(Axis axis, double value) {
        return Double.isInfinite(value) ? axis.position(value) : Math.clamp(axis.beyond(value), -FAR, FAR);
    }
}
