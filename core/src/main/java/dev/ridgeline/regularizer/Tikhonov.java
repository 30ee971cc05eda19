package dev.ridgeline.regularizer;

import java.util.Objects;

/**
 * Tikhonov's penalty on the function that a model computes, not on its weights (Tikhonov and Arsenin, 1977):
 *
 * <pre>
 *   R = mean_n (h_0(x_n)·Σ_o y_o(x_n)² + Σ_{r=1,2} h_r(x_n)·Σ_i Σ_o (∂^r y_o/∂x_i^r (x_n))²)
 * </pre>
 *
 * over the rows n of a batch, the outputs o and the inputs i. Or an integral over a region instead of the mean: with
 * {@link #over quadrature nodes} Σ_q w_q·(...) at x_q takes its place. y are the model's outputs; with a cross-entropy
 * loss those are the logits.
 *
 * <pre>{@code
 * Model.inputs(1).add(new Dense(20)).add(new Activation(TANH)).add(new Dense(1))
 *         .tikhonov(new Tikhonov(0, 0, 1e-4f)                          // small curvature
 *                 .over(Quadrature.gaussLegendre(40, -1, 1)))          // on [-1, 1]
 * }</pre>
 *
 * <h2>When to use it</h2>
 *
 * <p>Order 0 keeps outputs small, order 1 makes the function flat, so that it hardly follows a disturbance of its inputs,
 * order 2 makes it smooth and leaves straight lines alone (curvature-driven smoothing; Bishop, 1993). It fits regression
 * with few inputs and few or noisy rows. Unlike weight decay it knows the scale of the function and not that of the
 * weights: scale the inputs alike, as every ∂/∂x_i counts the same. Of the second derivatives only those along the axes
 * are penalised, not the mixed ones.
 *
 * <h2>Noise</h2>
 *
 * <p>For a linear model and the squared loss Σ_o (y_o - t_o)² the mean loss under input noise of variance σ² is exactly
 * the loss without noise plus R with h_1 = σ²: it is σ²·‖w‖². With Bishop's ½ before the loss it is h_1 = σ²/2 (Bishop,
 * 1995). {@code MEAN_SQUARED_ERROR} divides by the outputs too: there h_1 = σ² / outputs. For a network it holds for small
 * noise only, and only near the optimum, where the term with (y - t)·∂²y/∂x² averages out.
 *
 * <h2>Cost</h2>
 *
 * <p>With the order r (the highest that takes part) and I inputs, the derivatives are r·I more rows for each row, and one
 * for the value, in each matrix product of the step, first layer aside: 3·(1 + r·I)·2·inputs·units flops a row for a dense
 * layer. An activation takes 5 (r = 1) or 19 (r = 2) flops a unit and input. Where there are O &lt; I outputs and r is 1, a
 * backward sweep for each output is cheaper: 3·O·2·inputs·units flops for each dense layer, on top of one more step. Memory
 * grows likewise. A step of more than 100 times the flops is refused. Random bits: none.
 *
 * <p>The layers must be dense or element-wise activations, the first one dense. relu and leaky relu have no second
 * derivative to penalise and are refused with h_2. elu has one that jumps at 0: its penalty of second order is right almost
 * everywhere, but jumps when a unit crosses 0; prefer softplus, silu, gelu or tanh.
 *
 * @param h0 the weight of Σ y²
 * @param h1 the weight of the squares of first derivatives
 * @param h2 the weight of the squares of second derivatives
 * @param nodes where they are taken: a rule, or null for the rows of the batch
 */
public record Tikhonov(Weight h0, Weight h1, Weight h2, Quadrature nodes) {
    /** A weight h(x), which may depend on where in the input space the function is. */
    @FunctionalInterface
    public interface Weight {
        /**
         * Returns h(x). It must be a pure function of x and of final fields, finite and not negative.
         *
         * @param x an array that holds the point; not modified
         * @param offset where the point starts
         * @param n the number of inputs
         * @return h(x), at least 0
         */
        float weight(float[] x, int offset, int n);
    }

    /**
     * A weight that is the same everywhere.
     *
     * @param value h, at least 0; 0 leaves its order out
     */
    public record Constant(float value) implements Weight {
        /** Checks h. */
        public Constant {
            Checks.atLeastZero("Tikhonov", "h", value);
        }

        @Override
        public float weight(float[] x, int offset, int n) {
            return value;
        }

        @Override
        public String toString() {
            return Float.toString(value);
        }
    }

    /** Checks that there are three weights. */
    public Tikhonov {
        Objects.requireNonNull(h0, "Tikhonov: h0 is null; give new Tikhonov.Constant(0) to leave it out");
        Objects.requireNonNull(h1, "Tikhonov: h1 is null; give new Tikhonov.Constant(0) to leave it out");
        Objects.requireNonNull(h2, "Tikhonov: h2 is null; give new Tikhonov.Constant(0) to leave it out");
    }

    /**
     * Makes the penalty at the rows of the batch.
     *
     * @param h0 the weight of Σ y², at least 0
     * @param h1 the weight of the squares of first derivatives, at least 0
     * @param h2 the weight of the squares of second derivatives, at least 0
     */
    public Tikhonov(float h0, float h1, float h2) {
        this(constant("h0", h0), constant("h1", h1), constant("h2", h2), null);
    }

    private static Weight constant(String name, float h) {
        Checks.atLeastZero("Tikhonov", name, h);
        return new Constant(h);
    }

    /**
     * Makes the penalty at the rows of the batch with weights that are functions.
     *
     * @param h0 the weight of Σ y²
     * @param h1 the weight of the squares of first derivatives
     * @param h2 the weight of the squares of second derivatives
     */
    public Tikhonov(Weight h0, Weight h1, Weight h2) {
        this(h0, h1, h2, null);
    }

    /**
     * Takes the penalty over fixed points instead of the rows: R = Σ_q w_q·(...)(x_q), the same in every batch.
     *
     * @param rule the points and their weights, in the coordinates that the model sees
     * @return the same weights over these points
     */
    public Tikhonov over(Quadrature rule) {
        return new Tikhonov(h0, h1, h2, Objects.requireNonNull(rule, "Tikhonov: the quadrature is null"));
    }

    /**
     * Returns a weight.
     *
     * @param r the order of the derivative, 0 to 2
     * @return h_r
     */
    public Weight h(int r) {
        return switch (r) {
            case 0 -> h0;
            case 1 -> h1;
            case 2 -> h2;
            default -> throw new IllegalArgumentException("Tikhonov: order " + r + "; it must be 0, 1 or 2");
        };
    }

    /**
     * Returns whether an order takes part.
     *
     * @param r the order of the derivative, 0 to 2
     * @return false if h_r is the constant 0
     */
    public boolean penalises(int r) {
        return !(h(r) instanceof Constant constant && constant.value() == 0);
    }

    /**
     * Returns the highest order that takes part.
     *
     * @return 0 to 2, or -1 if there is none
     */
    public int order() {
        int r = 2;
        while (r >= 0 && !penalises(r)) {
            r--;
        }
        return r;
    }

    @Override
    public String toString() {
        return "Tikhonov[h0=" + name(h0) + ", h1=" + name(h1) + ", h2=" + name(h2) + "]"
                + (nodes == null ? "" : " over " + nodes);
    }

    /** A lambda has no name worth printing. */
    private static String name(Weight h) {
        return h.getClass().isHidden() ? "h(x)" : h.toString();
    }
}
