package dev.ridgeline.layer;

import dev.ridgeline.kernel.Jets;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.ForwardDerivatives.ActivationStage;
import dev.ridgeline.layer.ForwardDerivatives.Stage;
import java.util.Arrays;
import java.util.List;

/**
 * First derivatives carried backward, one sweep for each output: double backpropagation (Drucker and Le Cun, 1992). With
 * U = ∂y_o/∂a behind a layer, a dense layer gives U·Wᵀ before it and an activation f'(z)·U; what arrives at the inputs is
 * ∂y_o/∂x. The outputs are blocks of rows x width in one stack.
 *
 * <p>The gradient Ū of the penalty to U then goes up again: a dense layer adds Ūᵀ·U to its kernel's gradient and gives
 * Ū·W, an activation gives f'(z)·Ū and leaves Σ_o f''(z)·U·Ū for its own z. These meet the ordinary way back at last.
 */
final class ReverseDerivatives extends InputDerivatives {
    private final Stage[] values;
    private final Sweep[] sweeps;

    /** What goes into each layer, and what the last gives. */
    private final float[][] inputs;

    /** U before each layer, and behind the last. */
    private final float[][] adjoints;

    private float[] seed = new float[0];
    private float[] gradient = new float[0];
    private float[] adjointGradient = new float[0];
    private int rows;

    ReverseDerivatives(List<? extends Layer<?>> layers) {
        super(layers);
        values = ForwardDerivatives.stages(layers, 0, 0);
        sweeps = new Sweep[values.length];
        for (int i = 0; i < sweeps.length; i++) {
            sweeps[i] = layers.get(i) instanceof Dense dense
                    ? new DenseSweep(dense)
                    : new ActivationSweep(
                            (ActivationStage) values[i], layers.get(i).outputs());
        }
        inputs = new float[values.length + 1][];
        adjoints = new float[values.length + 1][];
    }

    @Override
    public void forward(Team team, int points, float[] x) {
        inputs[0] = x;
        for (int i = 0; i < values.length; i++) {
            inputs[i + 1] = values[i].forward(team, points, inputs[i]);
        }
        plant(points);
        rows = points;
        adjoints[values.length] = seed;
        for (int i = values.length - 1; i >= 0; i--) {
            adjoints[i] = sweeps[i].down(team, outputs(), points, adjoints[i + 1]);
        }
    }

    /** Makes block o a matrix with ones in column o. */
    private void plant(int points) {
        if (points == rows) {
            return;
        }
        seed = Layer.atLeast(seed, Math.multiplyExact(outputs() * outputs(), points));
        Arrays.fill(seed, 0);
        for (int row = 0; row < outputs() * points; row++) {
            seed[row * outputs() + row / points] = 1;
        }
    }

    @Override
    double squares(int r, float[] weights) {
        return r == 0
                ? weightedSquares(1, rows, outputs(), 0, weights, inputs[values.length])
                : weightedSquares(outputs(), rows, inputs(), 0, weights, adjoints[0]);
    }

    @Override
    public void addGradient(Team team, float[][] weights) {
        adjointGradient = Layer.atLeast(adjointGradient, Math.multiplyExact(outputs() * inputs(), rows));
        squaresGradient(outputs(), rows, inputs(), 0, weights[1], adjoints[0], adjointGradient);
        float[] up = adjointGradient;
        for (int i = 0; i < sweeps.length; i++) {
            up = sweeps[i].up(team, outputs(), rows, adjoints[i + 1], up, i < sweeps.length - 1);
        }
        gradient = Layer.atLeast(gradient, Math.multiplyExact(rows, outputs()));
        squaresGradient(1, rows, outputs(), 0, weights[0], inputs[values.length], gradient);
        float[] g = gradient;
        for (int i = values.length - 1; i >= 0; i--) {
            g = values[i].backward(team, rows, inputs[i], g, i > 0);
            sweeps[i].meet(g);
        }
    }

    /** Carries U down through one layer and its gradient up again. */
    private interface Sweep {
        /** Returns U before the layer from U behind it. */
        float[] down(Team team, int blocks, int rows, float[] u);

        /** Returns the gradient to U behind the layer from the one to U before it, or null if it is not wanted. */
        float[] up(Team team, int blocks, int rows, float[] u, float[] gradient, boolean wanted);

        /** Adds to the gradient to the layer's input what {@link #up} has left for it. */
        void meet(float[] gradient);
    }

    /** U·Wᵀ. */
    private static final class DenseSweep implements Sweep {
        private final Dense layer;
        private final Product down = new Product(Product.Form.NT);
        private final TallProduct kernelProduct = new TallProduct();
        private final Product up = new Product(Product.Form.NN);
        private float[] kernelGradient = new float[0];
        private float[] before = new float[0];
        private float[] behind = new float[0];

        DenseSweep(Dense layer) {
            this.layer = layer;
        }

        @Override
        public float[] down(Team team, int blocks, int rows, float[] u) {
            int tall = blocks * rows;
            before = Layer.atLeast(before, Math.multiplyExact(tall, layer.inputs()));
            down.run(team, tall, layer.inputs(), layer.outputs(), u, layer.kernel.value(), null, before);
            return before;
        }

        @Override
        public float[] up(Team team, int blocks, int rows, float[] u, float[] gradient, boolean wanted) {
            int inputs = layer.inputs();
            int units = layer.outputs();
            int tall = blocks * rows;
            kernelGradient = Layer.atLeast(kernelGradient, inputs * units);
            kernelProduct.run(team, inputs, units, tall, gradient, u, kernelGradient);
            add(kernelGradient.length, 0, kernelGradient, 0, layer.kernel.gradient());
            if (!wanted) {
                return null;
            }
            behind = Layer.atLeast(behind, Math.multiplyExact(tall, units));
            up.run(team, tall, units, inputs, gradient, layer.kernel.value(), null, behind);
            return behind;
        }

        @Override
        public void meet(float[] gradient) {
            // the layer is linear: its input has no part in U
        }
    }

    /** f'(z)·U. */
    private static final class ActivationSweep implements Sweep {
        private final ActivationStage values;
        private final int width;
        private final Team.Task downTask = (scratch, part, parts) -> downPart(part, parts);
        private final Team.Task upTask = (scratch, part, parts) -> upPart(part, parts);
        private int n;
        private int blocks;
        private float[] behind;
        private float[] gradient;
        private float[] before = new float[0];
        private float[] left = new float[0];

        ActivationSweep(ActivationStage values, int width) {
            this.values = values;
            this.width = width;
        }

        @Override
        public float[] down(Team team, int blocks, int rows, float[] u) {
            this.blocks = blocks;
            n = rows * width;
            behind = u;
            before = Layer.atLeast(before, Math.multiplyExact(blocks, n));
            team.run(16L * blocks * n, downTask);
            return before;
        }

        @Override
        public float[] up(Team team, int blocks, int rows, float[] u, float[] dBefore, boolean wanted) {
            behind = u;
            gradient = dBefore;
            left = Layer.atLeast(left, n);
            team.run(16L * blocks * n, upTask);
            return dBefore;
        }

        @Override
        public void meet(float[] dInput) {
            add(n, 0, left, 0, dInput);
        }

        private void downPart(int part, int parts) {
            int from = Split.begin(n, 64, part, parts);
            int to = Split.begin(n, 64, part + 1, parts);
            Jets.first(n, from, to, blocks, 0, values.derivatives().first(), behind, before);
        }

        private void upPart(int part, int parts) {
            int from = Split.begin(n, 64, part, parts);
            int to = Split.begin(n, 64, part + 1, parts);
            Arrays.fill(left, from, to, 0);
            ActivationDerivatives f = values.derivatives();
            Jets.firstGradient(n, from, to, blocks, 0, f.first(), f.second(), behind, gradient, left);
        }
    }
}
