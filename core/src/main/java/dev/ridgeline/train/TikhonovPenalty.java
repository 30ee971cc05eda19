package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.InputDerivatives;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.regularizer.Quadrature;
import dev.ridgeline.regularizer.Tikhonov;
import java.util.List;

/** Tikhonov's penalty of one chain of layers, with workspaces of its own. */
final class TikhonovPenalty {
    private static final int ORDERS = 3;

    private final Tikhonov tikhonov;
    private final InputDerivatives derivatives;
    private final int inputs;
    private final float[] nodes;
    private final float[] nodeWeights;

    /** c_r of each row: h_r(x_n)/rows, or w_q·h_r(x_q); null where the order does not take part. */
    private final float[][] weights = new float[ORDERS][];

    private boolean ready;

    /**
     * Makes the penalty, of at least one order.
     *
     * @throws IllegalArgumentException if the layers have no such derivatives, or the nodes are of another dimension
     */
    TikhonovPenalty(Tikhonov tikhonov, List<? extends Layer<?>> layers) {
        this.tikhonov = tikhonov;
        inputs = layers.getFirst().inputs();
        Quadrature rule = tikhonov.nodes();
        if (rule != null && rule.inputs() != inputs) {
            throw new IllegalArgumentException("Tikhonov: the quadrature's points have " + rule.inputs()
                    + " coordinates, the model takes " + inputs + " inputs; make the two numbers equal");
        }
        nodes = rule == null ? null : rule.nodes();
        nodeWeights = rule == null ? null : rule.weights();
        derivatives = InputDerivatives.of(layers, tikhonov.order());
        for (int r = 0; r < ORDERS; r++) {
            weights[r] = tikhonov.penalises(r) ? new float[0] : null;
        }
    }

    /** Adds the gradient to the parameters' gradients; keeps what {@link #value} needs. */
    void addGradient(Team team, int rows, float[] x) {
        forward(team, rows, x);
        derivatives.addGradient(team, weights);
    }

    /** Returns R at some rows, or at the nodes. */
    double evaluate(Team team, int rows, float[] x) {
        forward(team, rows, x);
        return value();
    }

    /** Returns R as of the last pass. */
    double value() {
        if (!ready) {
            throw new IllegalStateException(
                    tikhonov + ": no batch has gone through the model yet; ask for the penalty after a training step");
        }
        return derivatives.sum(weights);
    }

    /** Returns whether R does not depend on the rows of a batch. */
    boolean fixed() {
        return nodes != null;
    }

    private void forward(Team team, int rows, float[] x) {
        int points = nodes == null ? rows : nodeWeights.length;
        float[] at = nodes == null ? x : nodes;
        for (int r = 0; r < ORDERS; r++) {
            if (weights[r] != null) {
                weigh(r, points, at);
            }
        }
        derivatives.forward(team, points, at);
        ready = true;
    }

    private void weigh(int r, int points, float[] x) {
        if (weights[r].length < points) {
            weights[r] = new float[points];
        }
        Tikhonov.Weight h = tikhonov.h(r);
        for (int n = 0; n < points; n++) {
            float value = h.weight(x, n * inputs, inputs);
            if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Tikhonov: h" + r + " is " + value + " at "
                        + (nodes == null ? "row " : "node ") + n + "; it must be a finite number of at least 0");
            }
            weights[r][n] = nodes == null ? value / points : value * nodeWeights[n];
        }
    }
}
