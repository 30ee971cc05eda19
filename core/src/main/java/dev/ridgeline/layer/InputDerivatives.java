package dev.ridgeline.layer;

import dev.ridgeline.kernel.Team;
import java.util.List;
import java.util.Locale;

/**
 * The function that a chain of dense layers and activations computes, with its exact derivatives to the inputs, and the
 * gradient to the parameters of weighted sums of their squares
 *
 * <pre>
 *   S = Σ_n (c_0n·Σ_o y_no² + Σ_{r=1,2} c_rn·Σ_i Σ_o (∂^r y_no/∂x_ni^r)²)
 * </pre>
 *
 * over rows n, outputs o and inputs i: Tikhonov's penalty. Only the pure derivatives of second order take part, not the
 * mixed ones. There are two ways, and the cheaper one is taken:
 *
 * <ul>
 *   <li>Forward, for every order: each row is followed by r derivatives for each input, through the same matrix products
 *       (Bishop, 1993, differentiates curvature in this manner).
 *   <li>Backward, for first derivatives alone: a backward sweep for each output, which is then differentiated itself
 *       (double backpropagation; Drucker and Le Cun, 1992). It wins where there are fewer outputs than inputs.
 * </ul>
 *
 * <p>It has workspaces of its own and shares the layers' parameters. After the first call at a number of rows nothing is
 * allocated. The bits do not depend on the number of threads or the width of vectors.
 */
public abstract class InputDerivatives {
    /** A step that becomes so many times as expensive is refused. */
    public static final double LIMIT = 100;

    private final int inputs;
    private final int outputs;

    InputDerivatives(List<? extends Layer<?>> layers) {
        inputs = layers.getFirst().inputs();
        outputs = layers.getLast().outputs();
    }

    /**
     * Makes the derivatives of a chain of layers, the cheaper way.
     *
     * @param layers built layers, first to last
     * @param order the highest order that is needed: 0, 1 or 2
     * @return the derivatives
     * @throws IllegalArgumentException if the chain does not begin with a {@link Dense} layer, if another layer is neither
     *     dense nor an element-wise activation, if second derivatives are asked of an activation that has none, or if a
     *     training step would cost more than {@link #LIMIT} times as much
     */
    public static InputDerivatives of(List<? extends Layer<?>> layers, int order) {
        for (Layer<?> layer : layers) {
            requireDifferentiable(layer, order);
        }
        if (!(layers.getFirst() instanceof Dense)) {
            throw new IllegalArgumentException(
                    layers.getFirst() + ": Tikhonov's penalty needs a Dense layer at the start; add one before it");
        }
        requireAffordable(layers, order);
        return order == 1 && backwardFlops(layers) < forwardFlops(layers, 1)
                ? new ReverseDerivatives(layers)
                : new ForwardDerivatives(layers, order);
    }

    private static void requireDifferentiable(Layer<?> layer, int order) {
        if (layer instanceof Dense) {
            return;
        }
        if (!(layer instanceof Activation activation)) {
            throw new IllegalArgumentException(layer
                    + ": Tikhonov's penalty has the derivatives of Dense layers and element-wise activations, not of "
                    + layer.kind() + "; leave the layer out or Tikhonov's penalty");
        }
        switch (activation.function()) {
            case SOFTMAX ->
                throw new IllegalArgumentException(
                        layer + ": SOFTMAX does not work element by element, Tikhonov's penalty"
                                + " has no derivatives of it; leave it out, a cross-entropy loss contains it");
            case RELU, LEAKY_RELU -> {
                if (order > 1) {
                    throw new IllegalArgumentException(layer + ": the second derivative of " + activation.function()
                            + " is 0 almost everywhere, a penalty on it would say nothing; use SOFTPLUS, SILU, GELU or"
                            + " TANH, or set h2 to 0");
                }
            }
            default -> {}
        }
    }

    private static void requireAffordable(List<? extends Layer<?>> layers, int order) {
        double plain = stepFlops(layers);
        double factor = 1 + flops(layers, order) / plain;
        if (factor <= LIMIT) {
            return;
        }
        String way = order == 1
                ? Math.min(layers.getFirst().inputs(), layers.getLast().outputs())
                        + " directions (the fewer of inputs and outputs)"
                : "2 derivatives for each of " + layers.getFirst().inputs() + " inputs";
        String remedy = order == 1
                ? " or outputs"
                : String.format(Locale.ROOT, ", or h1 alone (%.1f times)", 1 + flops(layers, 1) / plain);
        throw new IllegalArgumentException(String.format(
                Locale.ROOT,
                "Tikhonov: %s make a step take %.4g flops a row instead of %.4g, %.0f times as much (the limit is %.0f);"
                        + " use fewer inputs%s",
                way,
                plain + flops(layers, order),
                plain,
                factor,
                LIMIT,
                remedy));
    }

    /**
     * Returns what the penalty adds to a training step, the cheaper way.
     *
     * @param layers built layers, first to last
     * @param order the highest order that is needed: 0, 1 or 2
     * @return flops a row
     */
    public static double flops(List<? extends Layer<?>> layers, int order) {
        double forward = forwardFlops(layers, order);
        return order == 1 ? Math.min(forward, backwardFlops(layers)) : forward;
    }

    /** A step without the penalty: three matrix products for each dense layer, two for the first. */
    private static double stepFlops(List<? extends Layer<?>> layers) {
        double flops = 0;
        for (int i = 0; i < layers.size(); i++) {
            flops += layers.get(i) instanceof Dense dense ? (i == 0 ? 2 : 3) * product(dense) : 0;
        }
        return flops;
    }

    /**
     * With b = 1 + order·inputs blocks: 3b products for each dense layer, for the first 2, and for each element of an
     * activation and each input 5 flops for first derivatives, 19 with second ones.
     */
    private static double forwardFlops(List<? extends Layer<?>> layers, int order) {
        double directions = order == 0 ? 0 : layers.getFirst().inputs();
        double blocks = 1 + order * directions;
        double element = order == 2 ? 19 : 5;
        double flops = 0;
        for (int i = 0; i < layers.size(); i++) {
            flops += layers.get(i) instanceof Dense dense
                    ? (i == 0 ? 2 : 3 * blocks) * product(dense)
                    : element * directions * layers.get(i).outputs();
        }
        return flops;
    }

    /** A step without the penalty again for the values, and for each output 3 products and 5 flops for each element. */
    private static double backwardFlops(List<? extends Layer<?>> layers) {
        double outputs = layers.getLast().outputs();
        double flops = stepFlops(layers);
        for (Layer<?> layer : layers) {
            flops += outputs * (layer instanceof Dense dense ? 3 * product(dense) : 5 * layer.outputs());
        }
        return flops;
    }

    private static double product(Dense dense) {
        return 2.0 * dense.inputs() * dense.outputs();
    }

    /**
     * Computes y and its derivatives.
     *
     * @param team the threads
     * @param rows the number of rows, at least 1
     * @param x rows x inputs, row-major; not modified, and read again by {@link #addGradient}
     */
    public abstract void forward(Team team, int rows, float[] x);

    /**
     * Returns S at the rows of the last forward pass.
     *
     * @param weights c_r for r = 0..2, a value for each row; null where an order does not take part
     * @return S, computed in double
     */
    public final double sum(float[][] weights) {
        double sum = 0;
        for (int r = 0; r < weights.length; r++) {
            sum += weights[r] == null ? 0 : squares(r, weights[r]);
        }
        return sum;
    }

    /** Returns Σ_n c_n·Σ (∂^r y_n)². */
    abstract double squares(int r, float[] weights);

    /**
     * Adds ∇S to the gradients of all kernels and biases, at the rows of the last forward pass.
     *
     * @param team the threads
     * @param weights c_r for r = 0..2, a value for each row; null where an order does not take part
     */
    public abstract void addGradient(Team team, float[][] weights);

    final int inputs() {
        return inputs;
    }

    final int outputs() {
        return outputs;
    }

    /** Returns Σ_b Σ_n c_n·Σ_j d²: blocks of rows x width from {@code at} on, one after the other. */
    static double weightedSquares(int blocks, int rows, int width, int at, float[] c, float[] d) {
        double sum = 0;
        for (int row = 0, i = at; row < blocks * rows; row++) {
            double squares = 0;
            for (int end = i + width; i < end; i++) {
                squares += (double) d[i] * d[i];
            }
            sum += c[row % rows] * squares;
        }
        return sum;
    }

    /** The derivative of the same sum: 2·c_n·d, or 0 where c is null. */
    static void squaresGradient(int blocks, int rows, int width, int at, float[] c, float[] d, float[] gradient) {
        for (int row = 0, i = at; row < blocks * rows; row++) {
            float factor = c == null ? 0 : 2 * c[row % rows];
            for (int end = i + width; i < end; i++) {
                gradient[i] = c == null ? 0 : factor * d[i];
            }
        }
    }

    /** to_{at2 + i} += from_{at + i}. */
    static void add(int n, int at, float[] from, int at2, float[] to) {
        for (int i = 0; i < n; i++) {
            to[at2 + i] += from[at + i];
        }
    }
}
