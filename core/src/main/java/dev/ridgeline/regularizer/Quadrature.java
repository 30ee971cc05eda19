package dev.ridgeline.regularizer;

import java.util.Arrays;

/**
 * Points with weights that stand for an integral: ∫ f(x) dx ≈ Σ_q w_q·f(x_q).
 *
 * <pre>{@code
 * Quadrature interval = Quadrature.gaussLegendre(20, -1, 1);      // one input, over [-1, 1]
 * Quadrature sample = Quadrature.of(2, points, weights);          // two inputs, points of your own
 * }</pre>
 */
public final class Quadrature {
    private final int inputs;
    private final float[] nodes;
    private final float[] weights;

    private Quadrature(int inputs, float[] nodes, float[] weights) {
        this.inputs = inputs;
        this.nodes = nodes;
        this.weights = weights;
    }

    /**
     * Makes a rule of points of your own, for any number of inputs.
     *
     * @param inputs the coordinates of a point, at least 1
     * @param nodes points x inputs finite coordinates, row-major; copied
     * @param weights a finite weight of at least 0 for each point; copied
     * @return the rule
     * @throws IllegalArgumentException if the sizes do not fit, there is no point, or a number is not as stated
     */
    public static Quadrature of(int inputs, float[] nodes, float[] weights) {
        if (inputs < 1) {
            throw new IllegalArgumentException("Quadrature: inputs is " + inputs + "; it must be at least 1");
        }
        if (weights.length == 0 || nodes.length != (long) inputs * weights.length) {
            throw new IllegalArgumentException("Quadrature: " + nodes.length + " coordinates for " + weights.length
                    + " weights and " + inputs + " inputs; give each weight its point, and at least one of them");
        }
        for (int i = 0; i < nodes.length; i++) {
            if (!Float.isFinite(nodes[i])) {
                throw new IllegalArgumentException("Quadrature: coordinate " + i % inputs + " of point " + i / inputs
                        + " is " + nodes[i] + "; it must be finite");
            }
        }
        for (int q = 0; q < weights.length; q++) {
            Checks.atLeastZero("Quadrature", "weight " + q, weights[q]);
        }
        return new Quadrature(inputs, nodes.clone(), weights.clone());
    }

    /**
     * Makes the rule of Gauss and Legendre on an interval, for one input: exact for polynomials up to degree 2n - 1. The
     * nodes are the roots of the Legendre polynomial P_n, found by Newton's iteration in double; the weights are 2/((1 -
     * t²)·P_n'(t)²), scaled to the interval (Golub and Welsch, 1969; Abramowitz and Stegun, 25.4.29).
     *
     * @param n the number of nodes, at least 1
     * @param a the lower end
     * @param b the upper end, above a
     * @return the rule, nodes ascending; its weights add up to b - a
     * @throws IllegalArgumentException if n is below 1, or a and b are not finite and ascending
     */
    public static Quadrature gaussLegendre(int n, double a, double b) {
        if (n < 1) {
            throw new IllegalArgumentException("Quadrature: n is " + n + "; it must be at least 1");
        }
        if (!(a < b && Double.isFinite((float) a) && Double.isFinite((float) b))) {
            throw new IllegalArgumentException(
                    "Quadrature: the interval is " + a + " to " + b + "; its ends must be finite and ascend");
        }
        float[] nodes = new float[n];
        float[] weights = new float[n];
        for (int q = 0; q < n; q++) {
            double t = -StrictMath.cos(StrictMath.PI * (q + 0.75) / (n + 0.5));
            double slope = 0;
            for (int newton = 0; newton < 100; newton++) {
                double p = 1;
                double before = 0;
                for (int k = 1; k <= n; k++) {
                    double next = ((2 * k - 1) * t * p - (k - 1) * before) / k;
                    before = p;
                    p = next;
                }
                slope = n * (t * p - before) / (t * t - 1);
                double change = p / slope;
                t -= change;
                if (Math.abs(change) < 1e-15) {
                    break;
                }
            }
            nodes[q] = (float) ((a + b + t * (b - a)) / 2);
            weights[q] = (float) ((b - a) / ((1 - t * t) * slope * slope));
        }
        return new Quadrature(1, nodes, weights);
    }

    /**
     * Returns the number of coordinates.
     *
     * @return the inputs of a model that this rule is for
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Returns the number of points.
     *
     * @return at least 1
     */
    public int size() {
        return weights.length;
    }

    /**
     * Returns the points.
     *
     * @return size x inputs, row-major, new
     */
    public float[] nodes() {
        return nodes.clone();
    }

    /**
     * Returns the weights.
     *
     * @return one for each point, new
     */
    public float[] weights() {
        return weights.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quadrature rule
                && inputs == rule.inputs
                && Arrays.equals(nodes, rule.nodes)
                && Arrays.equals(weights, rule.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(nodes) + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return weights.length + " nodes in " + inputs + (inputs == 1 ? " dimension" : " dimensions");
    }
}
