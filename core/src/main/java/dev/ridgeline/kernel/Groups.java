package dev.ridgeline.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * Group normalization (Wu and He, 2018): each row of a batch holds positions x channels, the channels are cut into groups of
 * equal size, and every group is normalized with the statistics over its positions and channels of that row. One channel a
 * group is instance normalization (Ulyanov, Vedaldi and Lempitsky, 2016).
 *
 * <p>A row is read in tiles: as many whole positions as make 64 to 127 values, or one position of 64 channels or more. So
 * few channels fill the vectors as well as many. A sum over a group is one ascending chain from +0 down the tiles for each
 * place of the tile, then one down the tile's positions for each channel, then {@link Rows}'s over the group's channels.
 * No row needs another one: the bits depend neither on the vector width nor on how rows are split among threads.
 *
 * <p>An object holds the workspace of one thread and is not safe for two.
 */
public final class Groups {
    /** A tile of few channels has at least so many values. */
    private static final int TILE = 64;

    private final int positions;
    private final int channels;
    private final int groups;
    private final float epsilon;
    private final int size;
    private final int tilePositions;

    /** What a place of the tile is multiplied with and offset by, and its sums; each has the tile's length. */
    private final float[] gammas;

    private final float[] betas;
    private final float[] offsets;
    private final float[] weights;
    private final float[] scales;
    private final float[] first;
    private final float[] second;

    /** Whether the loops of the present call run on vectors. */
    private boolean vector;

    /**
     * Makes the workspace.
     *
     * @param positions P, the positions of a row, at least 1
     * @param channels C, the channels of a position
     * @param groups G, a divisor of C, at least 1
     * @param epsilon ε, above 0
     * @throws IllegalArgumentException if the sizes are not positive or G does not divide C
     */
    public Groups(int positions, int channels, int groups, float epsilon) {
        if (positions < 1 || channels < 1 || groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException("Groups: " + groups + " groups of " + channels + " channels at "
                    + positions + " positions; give positive sizes and groups that divide the channels");
        }
        this.positions = positions;
        this.channels = channels;
        this.groups = groups;
        this.epsilon = epsilon;
        size = Math.multiplyExact(positions, channels);
        tilePositions = Math.min(positions, Math.max(1, TILE / Integer.highestOneBit(channels)));
        int tile = tilePositions * channels;
        gammas = new float[tile];
        betas = new float[tile];
        offsets = new float[tile];
        weights = new float[tile];
        scales = new float[tile];
        first = new float[tile];
        second = new float[tile];
    }

    /**
     * y = fma(x̂, γ, β), x̂ = (d - c)·s, where over the n = P·C/G values of a group m = Σx/n, d = x - m, c = Σd/n, s =
     * 1/√(max(0, Σd²/n - c²) + ε). 9 flops a value (a fused multiply-add counts as two) and 12 bytes, as in {@link
     * Rows#normalize} if a row fits the cache.
     *
     * @param from the first row
     * @param to the row after the last
     * @param gamma γ, a value per channel
     * @param beta β, a value per channel
     * @param x the input, rows x P x C; not modified
     * @param normal x̂, for the backward pass; modified
     * @param y the output; modified
     * @param inverseDeviation s, rows x G; modified
     */
    public void normalize(
            int from,
            int to,
            float[] gamma,
            float[] beta,
            float[] x,
            float[] normal,
            float[] y,
            float[] inverseDeviation) {
        checkChannels(channels, Math.min(gamma.length, beta.length));
        checkRows(from, to, size, Math.min(x.length, Math.min(normal.length, y.length)));
        checkRows(from, to, groups, inverseDeviation.length);
        vector = Kernels.vectorAfter(16L * size * (to - from));
        repeat(gamma, gammas);
        repeat(beta, betas);
        for (int r = from; r < to; r++) {
            normalizeRow(r, x, normal, y, inverseDeviation);
        }
    }

    private void normalizeRow(int r, float[] x, float[] normal, float[] y, float[] inverseDeviation) {
        int row = r * size;
        int width = channels / groups;
        float n = (float) positions * width;
        Arrays.fill(first, 0);
        for (int i = 0; i < size; i += first.length) {
            int length = Math.min(first.length, size - i);
            if (vector(length)) {
                GroupsVector.add(length, x, row + i, first);
            } else {
                dev.ridgeline.kernel.reference.Groups.add(0, length, x, row + i, first);
            }
        }
        addPositions(first);
        for (int g = 0; g < groups; g++) {
            spread(g, Rows.sum(vector, width, first, g * width) / n, offsets);
        }
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        for (int i = 0; i < size; i += first.length) {
            int length = Math.min(first.length, size - i);
            if (vector(length)) {
                GroupsVector.center(length, offsets, x, normal, row + i, first, second);
            } else {
                dev.ridgeline.kernel.reference.Groups.center(0, length, offsets, x, normal, row + i, first, second);
            }
        }
        addPositions(first);
        addPositions(second);
        for (int g = 0; g < groups; g++) {
            float c = Rows.sum(vector, width, first, g * width) / n;
            float square = Rows.sum(vector, width, second, g * width) / n;
            float s = dev.ridgeline.kernel.reference.Rows.inverseDeviation(square, c, epsilon);
            inverseDeviation[r * groups + g] = s;
            spread(g, c, offsets);
            spread(g, s, scales);
        }
        for (int i = 0; i < size; i += first.length) {
            int length = Math.min(first.length, size - i);
            if (vector(length)) {
                GroupsVector.scale(length, offsets, scales, gammas, betas, normal, y, row + i);
            } else {
                dev.ridgeline.kernel.reference.Groups.scale(
                        0, length, offsets, scales, gammas, betas, normal, y, row + i);
            }
        }
    }

    /**
     * The gradient to the input, and each row's share of the gradients to γ and β: per row and channel dγ = Σ dy·x̂ and dβ =
     * Σ dy over the positions, per group a = Σγ·dβ/n and b = Σγ·dγ/n over its channels, dx = s·fma(-x̂, b, γ·dy - a). 8
     * flops a value and 12 bytes: x̂ and dy read, dx written.
     *
     * <p>Of two values x̂² is nearly 1, and the formula would be all cancellation. Written out it is dx = ±ε·s³·(g₁ - g₂)/2
     * with g = γ·dy.
     *
     * @param from the first row
     * @param to the row after the last
     * @param gamma γ
     * @param normal x̂ of the forward pass; not modified
     * @param inverseDeviation s of the forward pass
     * @param dy the gradient to the output on entry, to the input on return; modified
     * @param dGamma the rows' shares of dγ, rows x C; modified
     * @param dBeta the rows' shares of dβ, rows x C; modified
     */
    public void normalizeGradient(
            int from,
            int to,
            float[] gamma,
            float[] normal,
            float[] inverseDeviation,
            float[] dy,
            float[] dGamma,
            float[] dBeta) {
        checkChannels(channels, gamma.length);
        checkRows(from, to, size, Math.min(normal.length, dy.length));
        checkRows(from, to, groups, inverseDeviation.length);
        checkRows(from, to, channels, Math.min(dGamma.length, dBeta.length));
        vector = Kernels.vectorAfter(16L * size * (to - from));
        repeat(gamma, gammas);
        for (int r = from; r < to; r++) {
            reduceRow(r, normal, dy);
            System.arraycopy(first, 0, dBeta, r * channels, channels);
            System.arraycopy(second, 0, dGamma, r * channels, channels);
            if (size == 2 * groups) {
                pairGradient(r, inverseDeviation, dy);
            } else {
                projectRow(r, normal, inverseDeviation, dy);
            }
        }
    }

    /** first = Σ dy and second = Σ dy·x̂ of each channel. */
    private void reduceRow(int r, float[] normal, float[] dy) {
        int row = r * size;
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        for (int i = 0; i < size; i += first.length) {
            int length = Math.min(first.length, size - i);
            if (vector(length)) {
                GroupsVector.addGradients(length, normal, dy, row + i, first, second);
            } else {
                dev.ridgeline.kernel.reference.Groups.addGradients(0, length, normal, dy, row + i, first, second);
            }
        }
        addPositions(first);
        addPositions(second);
    }

    private void projectRow(int r, float[] normal, float[] inverseDeviation, float[] dy) {
        int row = r * size;
        int width = channels / groups;
        float n = (float) positions * width;
        for (int g = 0; g < groups; g++) {
            spread(g, Rows.dot(vector, width, gammas, first, g * width) / n, offsets);
            spread(g, Rows.dot(vector, width, gammas, second, g * width) / n, weights);
            spread(g, inverseDeviation[r * groups + g], scales);
        }
        for (int i = 0; i < size; i += first.length) {
            int length = Math.min(first.length, size - i);
            if (vector(length)) {
                GroupsVector.project(length, offsets, weights, scales, gammas, normal, dy, row + i);
            } else {
                dev.ridgeline.kernel.reference.Groups.project(
                        0, length, offsets, weights, scales, gammas, normal, dy, row + i);
            }
        }
    }

    /** A group is two positions of one channel or two channels of one position. */
    private void pairGradient(int r, float[] inverseDeviation, float[] dy) {
        int row = r * size;
        for (int g = 0; g < groups; g++) {
            int i = positions == 2 ? g : 2 * g;
            int j = positions == 2 ? i + channels : i + 1;
            float difference = gammas[i] * dy[row + i] - gammas[j % channels] * dy[row + j];
            dy[row + i] = Rows.pairGradient(inverseDeviation[r * groups + g], epsilon, difference);
            dy[row + j] = -dy[row + i];
        }
    }

    private boolean vector(int length) {
        return vector && length >= VectorShapes.LANES;
    }

    /** Adds what the tile's other positions hold to its first position. */
    private void addPositions(float[] tile) {
        for (int i = channels; i < tile.length; i += channels) {
            for (int c = 0; c < channels; c++) {
                tile[c] += tile[i + c];
            }
        }
    }

    /** Gives the places of a group's channels a value. */
    private void spread(int group, float value, float[] tile) {
        int width = channels / groups;
        for (int i = group * width; i < tile.length; i += channels) {
            for (int c = i; c < i + width; c++) {
                tile[c] = value;
            }
        }
    }

    /** Gives the places of each channel its value. */
    private void repeat(float[] perChannel, float[] tile) {
        for (int i = 0; i < tile.length; i += channels) {
            System.arraycopy(perChannel, 0, tile, i, channels);
        }
    }

    private static void checkChannels(int needed, int present) {
        if (needed > present) {
            throw new IndexOutOfBoundsException(needed + " channels do not fit an array of " + present);
        }
    }

    private static void checkRows(int from, int to, int rowSize, int length) {
        Objects.checkFromToIndex(from, to, length / rowSize);
    }
}
