package dev.ridgeline.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for texts where they cover neither each other nor, as far as there is room, what is drawn. Each text has
 * places that it might take, at a cost; they are taken in turn, and then reconsidered a few times.
 */
final class Labels {
    /** The height of a text's box. */
    static final double HEIGHT = Canvas.TEXT_SIZE + 2;

    /** From a text's centre line down to its baseline. */
    static final double BASELINE = 4.5;

    /** How far a text moves away from its point with each ring of places. */
    private static final double RING = 16;

    private static final int RINGS = 10;

    /** What a place costs: for each ring away, for each point of a drawing below it, ... */
    private static final double FAR = 5;

    private static final double COVERS = 3;

    /** ... for each text that a leader goes through, for each text below it, and outside. */
    private static final double CROSSES = 30;

    private static final double OVERLAPS = 1000;
    private static final double OUTSIDE = 100_000;

    private static final int SWEEPS = 4;

    /** To the right, left, above, below, then the corners. */
    private static final int[][] DIRECTIONS = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};

    /** From the end of a line towards its start. */
    private static final double[] SHARES = {0, 0.15, 0.3, 0.45, 0.6, 0.8, 1};

    /** A steeper line has its text beside it, not along it; in degrees. */
    private static final double STEEP = 75;

    private final Box bounds;
    private final List<List<Place>> candidates = new ArrayList<>();
    private final List<double[]> drawn = new ArrayList<>();
    private final List<Box> written = new ArrayList<>();

    Labels(Box bounds) {
        this.bounds = bounds;
    }

    /** A rectangle. */
    record Box(double left, double top, double right, double bottom) {
        static Box around(double x, double y, double width) {
            return new Box(x - width / 2, y - HEIGHT / 2, x + width / 2, y + HEIGHT / 2);
        }

        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean contains(Box other) {
            return left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom;
        }

        boolean contains(double x, double y) {
            return left < x && x < right && top < y && y < bottom;
        }
    }

    /**
     * Where a text might stand.
     *
     * @param x its centre
     * @param y its centre
     * @param degrees how far it is turned, clockwise
     * @param boxes what it covers
     * @param leader where a line leads from the text to its point, x, y, x, y; empty if it stands next to it
     * @param cost what speaks against this place, whatever else is there
     */
    record Place(double x, double y, double degrees, List<Box> boxes, double[] leader, double cost) {
        boolean overlaps(Place other) {
            return boxes.stream().anyMatch(box -> other.boxes.stream().anyMatch(box::overlaps));
        }

        /** Returns whether the line to the point goes through another text. */
        boolean leadsThrough(Place other) {
            for (double share = 0; leader.length > 0 && share <= 1; share += 0.1) {
                double atX = leader[0] + share * (leader[2] - leader[0]);
                double atY = leader[1] + share * (leader[3] - leader[1]);
                if (other.boxes.stream().anyMatch(box -> box.contains(atX, atY))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Keeps texts away from a point, if they can be. */
    void draws(double x, double y) {
        drawn.add(new double[] {x, y});
    }

    /** Keeps texts away from a line, if they can be. */
    void draws(double x1, double y1, double x2, double y2) {
        int steps = (int) Math.max(1, Math.hypot(x2 - x1, y2 - y1) / 5);
        for (int i = 0; i <= steps; i++) {
            draws(x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps);
        }
    }

    /** Keeps texts away from one whose place is given. */
    void writes(Box box) {
        written.add(box);
    }

    /** Asks for a place beside a point, from which the text keeps a distance. */
    void beside(double x, double y, double distance, double width) {
        List<Place> places = new ArrayList<>();
        for (int ring = 0; ring < RINGS; ring++) {
            for (int[] direction : DIRECTIONS) {
                boolean corner = direction[0] != 0 && direction[1] != 0;
                double away = (distance + ring * RING) * (corner ? 0.7 : 1);
                double centre = x + direction[0] * (away + width / 2);
                Box box = Box.around(
                        direction[1] == 0 ? centre : inside(centre, width),
                        y + direction[1] * (away + HEIGHT / 2),
                        width);
                double[] leader = ring == 0
                        ? new double[0]
                        : new double[] {x, y, Math.clamp(x, box.left, box.right), Math.clamp(y, box.top, box.bottom)};
                places.add(place(box, leader, FAR * ring + 0.01 * places.size()));
            }
        }
        candidates.add(places);
    }

    /** Returns the centre nearest to another with which a text lies between left and right, if there is room at all. */
    private double inside(double centre, double width) {
        double half = (width + 1) / 2; // a little more than half, so that no rounding puts it outside
        return bounds.right - bounds.left < 2 * half
                ? centre
                : Math.clamp(centre, bounds.left + half, bounds.right - half);
    }

    /** Asks for a place along a line, which goes to the right; rather at its end. */
    void along(double x1, double y1, double x2, double y2, double width) {
        List<Place> places = new ArrayList<>();
        double degrees = Math.toDegrees(Math.atan2(y2 - y1, x2 - x1));
        boolean steep = Math.abs(degrees) > STEEP;
        double length = Math.hypot(x2 - x1, y2 - y1);
        double size = steep ? HEIGHT : width;
        double room = Math.max(0, length - size - 4);
        for (double share : SHARES) {
            double at = length - 2 - Math.min(size, length) / 2 - share * room; // of the text's centre
            double x = x1 + (x2 - x1) * at / length;
            double y = y1 + (y2 - y1) * at / length;
            for (int side : new int[] {-1, 1}) { // above, then below; of a steep line right, then left
                double cost = 0.01 * places.size() + 2 * share;
                if (steep) {
                    // the end of a vertical line is its upper one
                    double up = y2 < y1 ? y : y1 + y2 - y;
                    places.add(place(Box.around(x - side * (5 + width / 2), up, width), new double[0], cost));
                } else {
                    double turn = Math.toRadians(degrees);
                    double off = side * (HEIGHT / 2 + 2);
                    places.add(turned(x - off * Math.sin(turn), y + off * Math.cos(turn), degrees, width, cost));
                }
            }
        }
        candidates.add(places);
    }

    private Place place(Box box, double[] leader, double cost) {
        return new Place(
                (box.left + box.right) / 2,
                (box.top + box.bottom) / 2,
                0,
                List.of(box),
                leader,
                cost + cost(box, leader));
    }

    /** A text that is turned covers a chain of squares. */
    private Place turned(double x, double y, double degrees, double width, double cost) {
        int squares = degrees == 0 ? 1 : (int) Math.ceil(width / HEIGHT);
        List<Box> boxes = new ArrayList<>();
        double all = cost;
        for (int i = 0; i < squares; i++) {
            double along = squares == 1 ? 0 : ((double) i / (squares - 1) - 0.5) * (width - HEIGHT);
            Box box = Box.around(
                    x + along * Math.cos(Math.toRadians(degrees)),
                    y + along * Math.sin(Math.toRadians(degrees)),
                    squares == 1 ? width : HEIGHT);
            boxes.add(box);
            all += cost(box, new double[0]);
        }
        return new Place(x, y, degrees, boxes, new double[0], all);
    }

    private double cost(Box box, double[] leader) {
        double cost = bounds.contains(box) ? 0 : OUTSIDE;
        cost += OVERLAPS * written.stream().filter(box::overlaps).count();
        for (double[] point : drawn) {
            if (box.contains(point[0], point[1]) || leader.length > 0 && isNear(leader, point)) {
                cost += COVERS;
            }
        }
        return cost;
    }

    /** Returns whether a line passes a point closely, other than the one that it comes from. */
    private static boolean isNear(double[] line, double[] point) {
        double dx = line[2] - line[0];
        double dy = line[3] - line[1];
        double px = point[0] - line[0];
        double py = point[1] - line[1];
        double length = Math.hypot(dx, dy);
        double along = (px * dx + py * dy) / length;
        return along > 8 && along < length && Math.abs(px * dy - py * dx) / length < 4;
    }

    /** Returns a place for each text, in the order in which they were asked for. */
    List<Place> places() {
        List<Place> taken = new ArrayList<>();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < candidates.size(); i++) {
                Place best = best(candidates.get(i), taken, i);
                if (sweep == 0) {
                    taken.add(best);
                } else {
                    taken.set(i, best);
                }
            }
        }
        return taken;
    }

    private static Place best(List<Place> places, List<Place> taken, int self) {
        Place best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Place place : places) {
            double cost = place.cost();
            for (int i = 0; i < taken.size() && cost < least; i++) {
                if (i != self && place.overlaps(taken.get(i))) {
                    cost += OVERLAPS;
                } else if (i != self
                        && (place.leadsThrough(taken.get(i)) || taken.get(i).leadsThrough(place))) {
                    cost += CROSSES;
                }
            }
            if (cost < least) {
                least = cost;
                best = place;
            }
        }
        return best;
    }

    /**
     * Moves positions apart until each is a text's height below the one before and all are inside, each as near to where
     * it was as can be: those that touch are centred on the mean of what they wanted.
     *
     * @param wanted ascending positions
     * @param least the smallest that is possible
     * @param most the largest
     * @return as many positions
     */
    static double[] apart(double[] wanted, double least, double most) {
        int n = wanted.length;
        double[] sum = new double[n]; // of each group: of what its members wanted, less their offsets in the group
        int[] size = new int[n];
        int groups = 0;
        for (double want : wanted) {
            sum[groups] = want;
            size[groups++] = 1;
            while (groups > 1
                    && top(sum, size, groups - 1, least, most)
                            < top(sum, size, groups - 2, least, most) + size[groups - 2] * HEIGHT) {
                groups--;
                sum[groups - 1] += sum[groups] - size[groups] * HEIGHT * size[groups - 1];
                size[groups - 1] += size[groups];
            }
        }
        double[] places = new double[n];
        for (int g = 0, i = 0; g < groups; g++) {
            for (int k = 0; k < size[g]; k++) {
                places[i++] = top(sum, size, g, least, most) + k * HEIGHT;
            }
        }
        return places;
    }

    private static double top(double[] sum, int[] size, int group, double least, double most) {
        double lowest = Math.max(least, most - (size[group] - 1) * HEIGHT);
        return Math.clamp(sum[group] / size[group], least, lowest);
    }
}
