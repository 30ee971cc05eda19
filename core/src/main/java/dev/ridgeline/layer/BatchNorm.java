package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalization (Ioffe and Szegedy, 2015): y = γ·(x - μ)/√(σ² + ε) + β per feature. In training μ and σ² (biased)
 * are the batch's, and the moving statistics follow with weight 1 - momentum; otherwise the moving statistics are used.
 * Starts as γ = 1, β = 0, moving mean 0, moving variance 1.
 */
public final class BatchNorm extends Layer<BatchNorm> {
    private final double momentum;
    private final double epsilon;

    private Parameter gamma;
    private Parameter beta;
    private Parameter movingMean;
    private Parameter movingVariance;

    private float[] mean;
    private float[] correction;
    private float[] variance;
    private float[] inverseDeviation;
    private float[] zeros;

    private final Team.Task forward = (scratch, part, parts) -> forwardPart(part, parts);
    private final Team.Task backward = (scratch, part, parts) -> backwardPart(part, parts);
    private boolean training;
    private boolean wantInputGradient;
    private int rows;
    private float[] x;
    private float[] y;
    private float[] dy;

    /** Makes the layer with momentum 0.99 and ε 0.001. */
    public BatchNorm() {
        this(0.99, 1e-3);
    }

    /**
     * Makes the layer.
     *
     * @param momentum the weight of the old value in the moving statistics, within 0 and 1
     * @param epsilon ε, positive
     */
    public BatchNorm(double momentum, double epsilon) {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("BatchNorm: momentum is " + momentum
                    + "; it is the weight of the old value and must be within 0 and 1");
        }
        if (!((float) epsilon > 0 && epsilon <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("BatchNorm: epsilon is " + epsilon + "; it must be above 0");
        }
        this.momentum = momentum;
        this.epsilon = epsilon;
    }

    /**
     * Returns the weight of the old value in the moving statistics.
     *
     * @return the momentum
     */
    public double momentum() {
        return momentum;
    }

    /**
     * Returns ε.
     *
     * @return what is added to the variance
     */
    public double epsilon() {
        return epsilon;
    }

    @Override
    BatchNorm self() {
        return this;
    }

    @Override
    public String effect() {
        return "batch statistics, momentum " + momentum;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(gamma, beta, movingMean, movingVariance);
    }

    @Override
    Shape build(Shape shape, long seed) {
        int inputs = shape.size();
        gamma = new Parameter(this, Parameter.Role.GAMMA, Parameter.Regularization.NONE, inputs);
        beta = new Parameter(this, Parameter.Role.BETA, Parameter.Regularization.NONE, inputs);
        movingMean = new Parameter(this, Parameter.Role.MOVING_MEAN, Parameter.Regularization.NONE, inputs);
        movingVariance = new Parameter(this, Parameter.Role.MOVING_VARIANCE, Parameter.Regularization.NONE, inputs);
        Arrays.fill(gamma.value(), 1);
        Arrays.fill(movingVariance.value(), 1);
        allocate(inputs);
        return shape;
    }

    private void allocate(int inputs) {
        mean = new float[inputs];
        correction = new float[inputs];
        variance = new float[inputs];
        inverseDeviation = new float[inputs];
        zeros = new float[inputs];
    }

    @Override
    BatchNorm twin() {
        BatchNorm twin = new BatchNorm(momentum, epsilon);
        twin.gamma = gamma;
        twin.beta = beta;
        twin.movingMean = movingMean;
        twin.movingVariance = movingVariance;
        twin.allocate(inputs());
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        this.rows = rows;
        this.x = x;
        this.y = y;
        training = pass.training();
        pass.team().run(32L * rows * inputs(), forward);
    }

    /** A column needs no other: statistics and output of a range of columns are one task. */
    private void forwardPart(int part, int parts) {
        int from = Split.begin(inputs(), 16, part, parts);
        int to = Split.begin(inputs(), 16, part + 1, parts);
        float[] center = training ? mean : movingMean.value();
        float[] center2 = training ? correction : zeros;
        float[] spread = training ? variance : movingVariance.value();
        if (training) {
            Columns.meanVariance(rows, inputs(), from, to, x, mean, correction, variance);
        }
        for (int j = from; j < to; j++) {
            inverseDeviation[j] = 1 / (float) Math.sqrt(spread[j] + (float) epsilon);
        }
        Columns.normalize(
                rows, inputs(), from, to, center, center2, inverseDeviation, gamma.value(), beta.value(), x, y);
    }

    /** Waits for the backward pass: a step that fails before it leaves the statistics as they were. */
    private void move(int from, int to) {
        float old = (float) momentum;
        float now = (float) (1 - momentum);
        for (int j = from; j < to; j++) {
            movingMean.value()[j] = old * movingMean.value()[j] + now * (mean[j] + correction[j]);
            movingVariance.value()[j] = old * movingVariance.value()[j] + now * variance[j];
        }
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        this.dy = dy;
        this.wantInputGradient = wantInputGradient;
        pass.team().run(32L * rows * inputs(), backward);
        return wantInputGradient ? dy : null;
    }

    private void backwardPart(int part, int parts) {
        int from = Split.begin(inputs(), 16, part, parts);
        int to = Split.begin(inputs(), 16, part + 1, parts);
        float[] center = training ? mean : movingMean.value();
        float[] center2 = training ? correction : zeros;
        float[] dGamma = gamma.gradient();
        float[] dBeta = beta.gradient();
        Columns.normalizeReductions(rows, inputs(), from, to, center, center2, inverseDeviation, x, dy, dGamma, dBeta);
        if (training) {
            move(from, to);
        }
        if (wantInputGradient && training && rows == 2) {
            pairGradient(from, to);
        } else if (wantInputGradient) {
            // fixed statistics do not depend on x: the terms through them vanish
            Columns.normalizeGradient(
                    rows,
                    inputs(),
                    from,
                    to,
                    center,
                    center2,
                    inverseDeviation,
                    gamma.value(),
                    training ? dGamma : zeros,
                    training ? dBeta : zeros,
                    x,
                    dy);
        }
    }

    /**
     * Of two rows x̂² is nearly 1, and the general formula would be all cancellation. Written out it is dx = ±γ·ε·s³·(dy₁
     * - dy₂)/2.
     */
    private void pairGradient(int from, int to) {
        for (int j = from; j < to; j++) {
            float s = inverseDeviation[j];
            float dx = gamma.value()[j] * s * ((float) epsilon * s * s) * ((dy[j] - dy[inputs() + j]) / 2);
            dy[j] = dx;
            dy[inputs() + j] = -dx;
        }
    }
}
