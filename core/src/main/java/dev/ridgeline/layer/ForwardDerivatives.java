package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.Jets;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.List;

/**
 * Derivatives carried forward, one direction for each input. What goes through a layer is a stack of blocks, each rows x
 * width: the values, then ∂/∂x_i for each input i, then ∂²/∂x_i² for each. A dense layer is linear, so the whole stack
 * goes through its matrix product at once, a taller batch; an activation mixes the blocks of one direction. Backward the
 * same stack of gradients comes down, and the kernel's gradient is one product over all blocks.
 */
final class ForwardDerivatives extends InputDerivatives {
    private final int directions;
    private final Stage[] stages;
    private final float[][] inputs;
    private float[] gradient = new float[0];
    private int rows;

    ForwardDerivatives(List<? extends Layer<?>> layers, int order) {
        super(layers);
        directions = order == 0 ? 0 : layers.getFirst().inputs();
        stages = stages(layers, directions, order);
        inputs = new float[stages.length + 1][];
    }

    /** Makes what carries a stack through each layer. */
    static Stage[] stages(List<? extends Layer<?>> layers, int directions, int order) {
        Stage[] stages = new Stage[layers.size()];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = switch (layers.get(i)) {
                case Dense dense -> new DenseStage(dense, directions, order, i == 0);
                case Activation activation -> new ActivationStage(activation, directions, order);
                default -> throw new IllegalArgumentException(layers.get(i).toString());
            };
        }
        return stages;
    }

    @Override
    public void forward(Team team, int points, float[] x) {
        rows = points;
        inputs[0] = x;
        for (int i = 0; i < stages.length; i++) {
            inputs[i + 1] = stages[i].forward(team, points, inputs[i]);
        }
    }

    @Override
    double squares(int r, float[] weights) {
        return weightedSquares(blocks(r), rows, outputs(), start(r), weights, inputs[stages.length]);
    }

    @Override
    public void addGradient(Team team, float[][] weights) {
        int order = stages[0].order;
        gradient = Layer.atLeast(gradient, Math.multiplyExact(stages[0].blocks() * outputs(), rows));
        for (int r = 0; r <= order; r++) {
            squaresGradient(blocks(r), rows, outputs(), start(r), weights[r], inputs[stages.length], gradient);
        }
        float[] g = gradient;
        for (int i = stages.length - 1; i >= 0; i--) {
            g = stages[i].backward(team, rows, inputs[i], g, i > 0);
        }
    }

    private int blocks(int r) {
        return r == 0 ? 1 : directions;
    }

    /** Where the blocks of the derivatives of order r start. */
    private int start(int r) {
        return (r == 0 ? 0 : 1 + (r - 1) * directions) * rows * outputs();
    }

    /** Carries a stack through one layer and its gradient back. */
    abstract static class Stage {
        final int directions;
        final int order;
        float[] out = new float[0];

        Stage(int directions, int order) {
            this.directions = directions;
            this.order = order;
        }

        final int blocks() {
            return 1 + directions * order;
        }

        /** Returns the stack behind the layer, in a buffer that keeps it for the way back. */
        abstract float[] forward(Team team, int rows, float[] in);

        /**
         * Adds to the parameters' gradients.
         *
         * @param dOut the gradient to the stack behind the layer; may be overwritten
         * @return the gradient to the stack before the layer, or null if it is not wanted
         */
        abstract float[] backward(Team team, int rows, float[] in, float[] dOut, boolean wanted);
    }

    /** Z = A·W for every block, plus b for the values. */
    private static final class DenseStage extends Stage {
        private final Dense layer;

        /** Before the first layer ∂x/∂x_i is a unit vector, so ∂z/∂x_i is row i of W in every row, and ∂²z/∂x_i² is 0. */
        private final boolean first;

        private final Product product = new Product(Product.Form.NN);
        private final TallProduct kernelProduct = new TallProduct();
        private final Product inputProduct = new Product(Product.Form.NT);
        private float[] kernelGradient = new float[0];
        private float[] biasGradient = new float[0];
        private float[] dIn = new float[0];

        DenseStage(Dense layer, int directions, int order, boolean first) {
            super(directions, order);
            this.layer = layer;
            this.first = first;
        }

        @Override
        float[] forward(Team team, int rows, float[] in) {
            int units = layer.outputs();
            out = Layer.atLeast(out, Math.multiplyExact(blocks() * rows, units));
            float[] w = layer.kernel.value();
            product.run(team, first ? rows : blocks() * rows, units, layer.inputs(), in, w, null, out);
            addToRows(rows, layer.bias.value(), out);
            if (first) {
                for (int row = 0, at = rows * units; row < directions * rows; row++, at += units) {
                    System.arraycopy(w, row / rows * units, out, at, units);
                }
                Arrays.fill(out, Math.min(1 + directions, blocks()) * rows * units, blocks() * rows * units, 0);
            }
            return out;
        }

        @Override
        float[] backward(Team team, int rows, float[] in, float[] dOut, boolean wanted) {
            int inputs = layer.inputs();
            int units = layer.outputs();
            int tall = first ? rows : blocks() * rows;
            kernelGradient = Layer.atLeast(kernelGradient, inputs * units);
            biasGradient = Layer.atLeast(biasGradient, units);
            kernelProduct.run(team, inputs, units, tall, in, dOut, kernelGradient);
            if (first) {
                for (int row = 0, at = rows * units; row < directions * rows; row++, at += units) {
                    add(units, at, dOut, row / rows * units, kernelGradient);
                }
            }
            add(inputs * units, 0, kernelGradient, 0, layer.kernel.gradient());
            Columns.sum(rows, units, 0, units, dOut, biasGradient);
            add(units, 0, biasGradient, 0, layer.bias.gradient());
            if (!wanted) {
                return null;
            }
            dIn = Layer.atLeast(dIn, Math.multiplyExact(tall, inputs));
            inputProduct.run(team, tall, inputs, units, dOut, layer.kernel.value(), null, dIn);
            return dIn;
        }

        private static void addToRows(int rows, float[] bias, float[] z) {
            for (int r = 0; r < rows; r++) {
                add(bias.length, 0, bias, r * bias.length, z);
            }
        }
    }

    /** a = f(z) with its derivatives. */
    static final class ActivationStage extends Stage {
        private final Activation layer;
        private final ActivationDerivatives f = new ActivationDerivatives();
        private final Team.Task forward = (scratch, part, parts) -> forwardPart(part, parts);
        private final Team.Task backward = (scratch, part, parts) -> backwardPart(part, parts);
        private int n;
        private float[] z;
        private float[] gradient;

        ActivationStage(Activation layer, int directions, int order) {
            super(directions, order);
            this.layer = layer;
        }

        /** f', f'' and f''' at the values of the last forward pass. */
        ActivationDerivatives derivatives() {
            return f;
        }

        @Override
        float[] forward(Team team, int rows, float[] in) {
            n = rows * layer.outputs();
            z = in;
            out = Layer.atLeast(out, Math.multiplyExact(blocks(), n));
            f.grow(n);
            team.run(32L * blocks() * n, forward);
            return out;
        }

        @Override
        float[] backward(Team team, int rows, float[] in, float[] dOut, boolean wanted) {
            gradient = dOut;
            team.run(32L * blocks() * n, backward);
            return dOut;
        }

        private void forwardPart(int part, int parts) {
            int from = Split.begin(n, 64, part, parts);
            int to = Split.begin(n, 64, part + 1, parts);
            layer.function().apply(to - from, 1, from, z, out);
            f.at(layer.function(), from, to, z, out);
            if (order == 2) {
                Jets.second(n, from, to, directions, n, f.first(), f.second(), z, out);
            } else {
                Jets.first(n, from, to, directions, n, f.first(), z, out);
            }
        }

        private void backwardPart(int part, int parts) {
            int from = Split.begin(n, 64, part, parts);
            int to = Split.begin(n, 64, part + 1, parts);
            float[] g = gradient;
            if (order == 2) {
                Jets.secondGradient(n, from, to, directions, n, f.first(), f.second(), f.third(), z, g, g);
            } else {
                Jets.firstGradient(n, from, to, directions, n, f.first(), f.second(), z, g, g);
            }
        }
    }
}
