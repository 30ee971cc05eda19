package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.Groups;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;

/**
 * Normalizes groups of channels over all positions of a row: what group and instance normalization have in common.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
abstract class GroupedNormalization<L extends GroupedNormalization<L>> extends Normalization<L> {
    private final Team.Task forward = (scratch, part, parts) -> normalizePart(part, parts);
    private final Team.Task inputGradient = (scratch, part, parts) -> gradientPart(part, parts);
    private final Team.Task scaleGradient = (scratch, part, parts) -> sumColumns(part, parts);
    private int positions;
    private int channels;
    private int groups;

    /** One for each part that the rows are split in. */
    private Groups[] kernels = new Groups[0];

    private float[] inverseDeviation = new float[0];
    private float[] rowGamma = new float[0];
    private float[] rowBeta = new float[0];
    private float[] normal = new float[0];
    private int rows;
    private float[] x;
    private float[] y;
    private float[] dy;

    GroupedNormalization(double epsilon) {
        super(epsilon);
    }

    /** Returns the number of groups that so many channels are cut into. */
    abstract int groups(int channels);

    /** Returns an unbuilt layer of the same configuration. */
    abstract L copy();

    @Override
    final Shape build(Shape shape, long seed) {
        positions = shape.positions();
        channels = shape.channels();
        groups = groups(channels);
        makeScale(channels);
        return shape;
    }

    @Override
    final L twin() {
        L twin = shareScale(copy());
        GroupedNormalization<?> other = twin;
        other.positions = positions;
        other.channels = channels;
        other.groups = groups;
        return twin;
    }

    @Override
    final void forward(Pass pass, int rows, float[] x, float[] y) {
        this.rows = rows;
        this.x = x;
        this.y = y;
        inverseDeviation = atLeast(inverseDeviation, rows * groups);
        normal = atLeast(normal, rows * inputs());
        int made = kernels.length;
        if (made < pass.team().threads()) {
            kernels = Arrays.copyOf(kernels, pass.team().threads());
            for (int i = made; i < kernels.length; i++) {
                kernels[i] = new Groups(positions, channels, groups, (float) epsilon());
            }
        }
        pass.team().run(24L * rows * inputs(), forward);
    }

    @Override
    final float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        this.dy = dy;
        rowGamma = atLeast(rowGamma, rows * channels);
        rowBeta = atLeast(rowBeta, rows * channels);
        pass.team().run(40L * rows * inputs(), inputGradient);
        pass.team().run(16L * rows * channels, scaleGradient);
        return wantInputGradient ? dy : null;
    }

    private void normalizePart(int part, int parts) {
        int from = Split.begin(rows, 1, part, parts);
        int to = Split.begin(rows, 1, part + 1, parts);
        kernels[part].normalize(from, to, gamma.value(), beta.value(), x, normal, y, inverseDeviation);
    }

    private void gradientPart(int part, int parts) {
        int from = Split.begin(rows, 1, part, parts);
        int to = Split.begin(rows, 1, part + 1, parts);
        kernels[part].normalizeGradient(from, to, gamma.value(), normal, inverseDeviation, dy, rowGamma, rowBeta);
    }

    private void sumColumns(int part, int parts) {
        int from = Split.begin(channels, 16, part, parts);
        int to = Split.begin(channels, 16, part + 1, parts);
        Columns.sum(rows, channels, from, to, rowGamma, gamma.gradient());
        Columns.sum(rows, channels, from, to, rowBeta, beta.gradient());
    }
}
