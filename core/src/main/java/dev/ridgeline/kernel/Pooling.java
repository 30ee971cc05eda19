package dev.ridgeline.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * The largest value, or the mean, of each window and channel: (row, position, channel) ↦ a reduction over the cells of
 * the window that lie inside the row. Padding takes no part. A window's cells are in row-major order, and a channel is
 * one chain over them, so that the bits depend neither on the vector width nor on the threads.
 *
 * <p>Made once for a window; it remembers where each window's cells are, 4 bytes a cell of one row.
 */
public final class Pooling {
    private final int positions;
    private final int inputs;
    private final int channels;
    private final int[] first;
    private final int[] cells;

    /** How many channels go in whole vectors. */
    private final int whole;

    /**
     * Lists the cells of every window.
     *
     * @param window how the window slides
     */
    public Pooling(Window window) {
        positions = window.positions();
        inputs = window.inputs();
        channels = window.channels();
        first = window.firstCells();
        cells = window.cells();
        whole = Kernels.VECTOR ? channels - channels % VectorShapes.LANES : 0;
    }

    /**
     * y = max over the cells, as {@link Math#max}: NaN if one is NaN, and +0 is above -0.
     *
     * @param from the first row
     * @param to the row after the last
     * @param x rows of inputs; not modified
     * @param y rows of positions x channels; modified
     */
    public void max(int from, int to, float[] x, float[] y) {
        check(from, to, x, y);
        int split = split(from, to);
        for (int row = from; row < to; row++) {
            if (split > 0) {
                PoolingVector.max(positions, first, cells, channels, split, x, row * inputs, y, row * outputs());
            }
            dev.ridgeline.kernel.reference.Pooling.max(
                    positions, first, cells, channels, split, x, row * inputs, y, row * outputs());
        }
    }

    /**
     * The gradient of {@link #max}: dx = Σ dy over the windows of which x is the maximum, +0 elsewhere. Of several equal
     * cells the first has it (as in PyTorch and TensorFlow), of several NaN too. An x in several windows adds in ascending
     * order of their positions.
     *
     * @param from the first row
     * @param to the row after the last
     * @param x rows of inputs; not modified
     * @param y what {@link #max} has made of them; not modified
     * @param dy rows of positions x channels; not modified
     * @param dx rows of inputs; modified
     */
    public void maxGradient(int from, int to, float[] x, float[] y, float[] dy, float[] dx) {
        check(from, to, x, y);
        check(from, to, dx, dy);
        int split = split(from, to);
        Arrays.fill(dx, from * inputs, to * inputs, 0);
        for (int row = from; row < to; row++) {
            int in = row * inputs;
            int out = row * outputs();
            if (split > 0) {
                PoolingVector.maxGradient(positions, first, cells, channels, split, x, in, y, dy, out, dx);
            }
            dev.ridgeline.kernel.reference.Pooling.maxGradient(
                    positions, first, cells, channels, split, x, in, y, dy, out, dx);
        }
    }

    /**
     * y = (Σ over the cells)/n, with n the number of cells inside the row: a chain of additions from the first cell on,
     * then a division.
     *
     * @param from the first row
     * @param to the row after the last
     * @param x rows of inputs; not modified
     * @param y rows of positions x channels; modified
     */
    public void average(int from, int to, float[] x, float[] y) {
        check(from, to, x, y);
        int split = split(from, to);
        for (int row = from; row < to; row++) {
            if (split > 0) {
                PoolingVector.average(positions, first, cells, channels, split, x, row * inputs, y, row * outputs());
            }
            dev.ridgeline.kernel.reference.Pooling.average(
                    positions, first, cells, channels, split, x, row * inputs, y, row * outputs());
        }
    }

    /**
     * The gradient of {@link #average}: dx = Σ dy/n over the windows that x is in, from +0 in ascending order of their
     * positions.
     *
     * @param from the first row
     * @param to the row after the last
     * @param dy rows of positions x channels; not modified
     * @param dx rows of inputs; modified
     */
    public void averageGradient(int from, int to, float[] dy, float[] dx) {
        check(from, to, dx, dy);
        int split = split(from, to);
        Arrays.fill(dx, from * inputs, to * inputs, 0);
        for (int row = from; row < to; row++) {
            int in = row * inputs;
            int out = row * outputs();
            if (split > 0) {
                PoolingVector.averageGradient(positions, first, cells, channels, split, dy, out, dx, in);
            }
            dev.ridgeline.kernel.reference.Pooling.averageGradient(
                    positions, first, cells, channels, split, dy, out, dx, in);
        }
    }

    private int outputs() {
        return positions * channels;
    }

    /** Returns the first channel that is left to the scalar loops. */
    private int split(int from, int to) {
        return Kernels.vectorAfter(8L * (to - from) * cells.length * channels) ? whole : 0;
    }

    private void check(int from, int to, float[] in, float[] out) {
        Objects.checkFromToIndex(from, to, in.length / inputs);
        Objects.checkFromToIndex(from, to, out.length / outputs());
    }
}
