package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.Rows;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;

/**
 * Layer normalization (Ba, Kiros and Hinton, 2016): every sample, and every position of it, is normalized with the mean and
 * the biased variance of its own channels: y = γ·(x - μ)/√(σ² + ε) + β, γ and β per channel. Backward, with g = γ·dy: dx =
 * (g - mean(g) - x̂·mean(g·x̂))/√(σ² + ε), dγ = Σ dy·x̂, dβ = Σ dy. There are no moving statistics: training equals
 * inference, and a batch of one row is like any other.
 *
 * <p>Use it where batches are small or rows of a batch must not touch each other; {@link BatchNorm} is the choice for large
 * batches, {@link GroupNorm} for images. It costs 20 flops and 36 bytes an activation and step (9 and 12 forward, 8 and 12
 * for dx, 3 and 12 for dγ and dβ), no random bits, and a buffer for x̂ as large as the output.
 */
public final class LayerNorm extends Normalization<LayerNorm> {
    private final Team.Task forward = (scratch, part, parts) -> normalizePart(part, parts);
    private final Team.Task scaleGradient = (scratch, part, parts) -> sumColumns(part, parts);
    private final Team.Task inputGradient = (scratch, part, parts) -> gradientPart(part, parts);
    private int positions;
    private int channels;
    private float[] inverseDeviation = new float[0];
    private float[] normal = new float[0];
    private int rows;
    private float[] x;
    private float[] y;
    private float[] dy;

    /** Makes the layer with ε 0.001. */
    public LayerNorm() {
        this(1e-3);
    }

    /**
     * Makes the layer.
     *
     * @param epsilon ε, positive
     * @throws IllegalArgumentException if it is not
     */
    public LayerNorm(double epsilon) {
        super(epsilon);
    }

    @Override
    LayerNorm self() {
        return this;
    }

    @Override
    public String effect() {
        return "statistics of each position's channels";
    }

    @Override
    Shape build(Shape shape, long seed) {
        positions = shape.positions();
        channels = shape.channels();
        makeScale(channels);
        return shape;
    }

    @Override
    LayerNorm twin() {
        LayerNorm twin = shareScale(new LayerNorm(epsilon()));
        twin.positions = positions;
        twin.channels = channels;
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        this.rows = rows * positions;
        this.x = x;
        this.y = y;
        inverseDeviation = atLeast(inverseDeviation, this.rows);
        normal = atLeast(normal, rows * inputs());
        pass.team().run(24L * rows * inputs(), forward);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        this.dy = dy;
        pass.team().run(16L * rows * inputs(), scaleGradient);
        if (!wantInputGradient) {
            return null;
        }
        pass.team().run(24L * rows * inputs(), inputGradient);
        return dy;
    }

    private void normalizePart(int part, int parts) {
        int from = Split.begin(rows, 1, part, parts);
        int to = Split.begin(rows, 1, part + 1, parts);
        Rows.normalize(
                channels, from, to, (float) epsilon(), gamma.value(), beta.value(), x, normal, y, inverseDeviation);
    }

    private void sumColumns(int part, int parts) {
        int from = Split.begin(channels, 16, part, parts);
        int to = Split.begin(channels, 16, part + 1, parts);
        Columns.sum(rows, channels, from, to, dy, beta.gradient());
        Columns.dot(rows, channels, from, to, dy, normal, gamma.gradient());
    }

    private void gradientPart(int part, int parts) {
        int from = Split.begin(rows, 1, part, parts);
        int to = Split.begin(rows, 1, part + 1, parts);
        Rows.normalizeGradient(channels, from, to, (float) epsilon(), gamma.value(), normal, inverseDeviation, dy);
    }
}
