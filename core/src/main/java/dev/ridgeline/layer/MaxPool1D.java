package dev.ridgeline.layer;

import dev.ridgeline.kernel.Pooling;

/**
 * Max pooling over length x channels: y is the largest x of each window, channel by channel. Only cells inside the
 * row count, so that padding is never the maximum; a NaN counts as larger than any number. Backward the first of
 * the largest cells, in row-major order, has the whole dy, as in PyTorch and TensorFlow.
 *
 * <p>Keeps the strongest response and forgets where exactly it was. Reads every cell of every window once forward;
 * reads x and updates dx cell by cell backward. It stores no indices.
 */
public final class MaxPool1D extends Pool<MaxPool1D> {
    /**
     * Makes the layer, with windows side by side and valid padding.
     *
     * @param length the cells of a window along the positions, at least 1
     */
    public MaxPool1D(int length) {
        super(length);
    }

    private MaxPool1D(MaxPool1D other) {
        super(other);
    }

    @Override
    MaxPool1D self() {
        return this;
    }

    @Override
    MaxPool1D twin() {
        return new MaxPool1D(this);
    }

    /**
     * Sets the distance of two windows; unless set, the size of the window.
     *
     * @param length the stride along the positions, at least 1
     * @return this
     */
    public MaxPool1D strides(int length) {
        return slide(length);
    }

    @Override
    void reduce(Pooling pooling, int from, int to, float[] x, float[] y) {
        pooling.max(from, to, x, y);
    }

    @Override
    void gradient(Pooling pooling, int from, int to, float[] x, float[] y, float[] dy, float[] dx) {
        pooling.maxGradient(from, to, x, y, dy, dx);
    }
}
