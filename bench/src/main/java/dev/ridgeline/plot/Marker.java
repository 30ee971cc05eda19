package dev.ridgeline.plot;

/** The outline of a point: a regular polygon, all of about the same area. */
enum Marker {
    CIRCLE(20, 0, 1),
    SQUARE(4, 45, 1.25),
    TRIANGLE(3, 0, 1.5),
    DIAMOND(4, 0, 1.35),
    TIPPED_TRIANGLE(3, 180, 1.5),
    PENTAGON(5, 0, 1.2);

    private final int corners;
    private final double turn;
    private final double size;

    /** The turn is in degrees from the corner at the top. */
    Marker(int corners, double turn, double size) {
        this.corners = corners;
        this.turn = Math.toRadians(turn);
        this.size = size;
    }

    /** Returns where the corners are horizontally; the first again at the end. */
    double[] x(double centre, double radius) {
        double[] x = new double[corners + 1];
        for (int i = 0; i <= corners; i++) {
            x[i] = centre + size * radius * Math.sin(turn + 2 * Math.PI * i / corners);
        }
        return x;
    }

    /** Returns where the corners are vertically, downwards. */
    double[] y(double centre, double radius) {
        double[] y = new double[corners + 1];
        for (int i = 0; i <= corners; i++) {
            y[i] = centre - size * radius * Math.cos(turn + 2 * Math.PI * i / corners);
        }
        return y;
    }
}
