package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;

/**
 * A fully connected layer: Y = X·W + b, with X (rows x inputs), W (inputs x units), b (units). Backward: dW = Xᵀ·dY, db =
 * column sums of dY, dX = dY·Wᵀ. Costs 2·rows·inputs·units flops forward and twice that backward.
 */
public final class Dense extends WeightedLayer<Dense> {
    private final int expectedInputs;
    private final int units;

    private final Product forward = new Product(Product.Form.NN);
    private final Product kernelGradient = new Product(Product.Form.TN);
    private final Product inputGradient = new Product(Product.Form.NT);
    private final Team.Task biasGradient = (scratch, part, parts) -> sumColumns(part, parts);
    private float[] dx = new float[0];
    private float[] dy;
    private int rows;

    /**
     * A layer that takes what the layer before it gives.
     *
     * @param units the number of outputs, at least 1
     */
    public Dense(int units) {
        this(0, units);
    }

    private Dense(int expectedInputs, int units) {
        if (units < 1) {
            throw new IllegalArgumentException("Dense: units is " + units + "; it must be at least 1");
        }
        this.expectedInputs = expectedInputs;
        this.units = units;
    }

    /**
     * A layer that states its inputs, so that a model whose sizes do not chain is refused.
     *
     * @param inputs the number of inputs, at least 1
     * @param units the number of outputs, at least 1
     * @return the layer
     */
    public static Dense of(int inputs, int units) {
        if (inputs < 1) {
            throw new IllegalArgumentException("Dense: inputs is " + inputs + "; it must be at least 1");
        }
        return new Dense(inputs, units);
    }

    @Override
    Dense self() {
        return this;
    }

    @Override
    Shape build(Shape shape, long seed) {
        if (!shape.flat()) {
            throw new IllegalArgumentException(this + ": the layer before it gives " + shape
                    + ", a dense layer takes plain features; add a new Flatten() between them");
        }
        int inputs = shape.size();
        if (expectedInputs > 0 && expectedInputs != inputs) {
            throw new IllegalArgumentException(this + ": kernel expects " + expectedInputs
                    + " inputs, the layer before it gives " + inputs + "; make the two numbers equal");
        }
        makeWeights(seed, inputs, units);
        return Shape.of(units);
    }

    @Override
    Dense twin() {
        return shareWeights(new Dense(expectedInputs, units));
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        forward.run(pass.team(), rows, units, inputs(), x, drawWeights(pass), bias.value(), y);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        this.rows = rows;
        this.dy = dy;
        kernelGradient.run(pass.team(), inputs(), units, rows, x, dy, null, kernel.gradient());
        maskKernelGradient(pass);
        pass.team().run(8L * rows * units, biasGradient);
        if (!wantInputGradient) {
            return null;
        }
        dx = atLeast(dx, Math.multiplyExact(rows, inputs()));
        inputGradient.run(pass.team(), rows, inputs(), units, dy, weights(), null, dx);
        return dx;
    }

    private void sumColumns(int part, int parts) {
        int from = Split.begin(units, 64, part, parts);
        int to = Split.begin(units, 64, part + 1, parts);
        Columns.sum(rows, units, from, to, dy, bias.gradient());
    }
}
