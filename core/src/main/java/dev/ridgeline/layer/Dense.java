package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import java.util.List;

/**
 * A fully connected layer: Y = X·W + b, with X (rows x inputs), W (inputs x units), b (units). Backward: dW = Xᵀ·dY, db =
 * column sums of dY, dX = dY·Wᵀ. Costs 2·rows·inputs·units flops forward and twice that backward.
 */
public final class Dense extends Layer<Dense> {
    private final int expectedInputs;
    private final int units;
    private Initializer initializer = Initializer.GLOROT_UNIFORM;
    private Regularizer kernelRegularizer;
    private Regularizer biasRegularizer;
    private Constraint kernelConstraint;

    private Parameter kernel;
    private Parameter bias;

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

    /**
     * Sets how the kernel starts; the bias starts at 0.
     *
     * @param start the initializer; {@link Initializer#GLOROT_UNIFORM} unless set
     * @return this
     */
    public Dense initializer(Initializer start) {
        requireUnbuilt();
        initializer = start;
        return this;
    }

    /**
     * Penalises the kernel.
     *
     * @param regularizer the penalty
     * @return this
     */
    public Dense kernelRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        kernelRegularizer = regularizer;
        return this;
    }

    /**
     * Penalises the bias.
     *
     * @param regularizer the penalty
     * @return this
     */
    public Dense biasRegularizer(Regularizer regularizer) {
        requireUnbuilt();
        biasRegularizer = regularizer;
        return this;
    }

    /**
     * Constrains the kernel after each update.
     *
     * @param constraint the constraint
     * @return this
     */
    public Dense kernelConstraint(Constraint constraint) {
        requireUnbuilt();
        kernelConstraint = constraint;
        return this;
    }

    @Override
    Dense self() {
        return this;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(kernel, bias);
    }

    @Override
    int build(int inputs, long seed) {
        if (expectedInputs > 0 && expectedInputs != inputs) {
            throw new IllegalArgumentException(this + ": kernel expects " + expectedInputs
                    + " inputs, the layer before it gives " + inputs + "; make the two numbers equal");
        }
        kernel = new Parameter(this, Parameter.Role.KERNEL, inputs, units, kernelRegularizer, kernelConstraint);
        bias = new Parameter(this, Parameter.Role.BIAS, 1, units, biasRegularizer, null);
        initializer.fill(RandomBits.key(seed, name() + "/kernel"), inputs, units, kernel.value());
        return units;
    }

    @Override
    Dense twin() {
        Dense twin = new Dense(expectedInputs, units);
        twin.kernel = kernel;
        twin.bias = bias;
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        forward.run(pass.team(), rows, units, inputs(), x, kernel.value(), bias.value(), y);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        this.rows = rows;
        this.dy = dy;
        kernelGradient.run(pass.team(), inputs(), units, rows, x, dy, null, kernel.gradient());
        pass.team().run(8L * rows * units, biasGradient);
        if (!wantInputGradient) {
            return null;
        }
        dx = atLeast(dx, Math.multiplyExact(rows, inputs()));
        inputGradient.run(pass.team(), rows, inputs(), units, dy, kernel.value(), null, dx);
        return dx;
    }

    private void sumColumns(int part, int parts) {
        int from = Split.begin(units, 64, part, parts);
        int to = Split.begin(units, 64, part + 1, parts);
        Columns.sum(rows, units, from, to, dy, bias.gradient());
    }
}
