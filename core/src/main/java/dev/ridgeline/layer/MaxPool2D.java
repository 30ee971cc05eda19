package dev.ridgeline.layer;

import dev.ridgeline.kernel.Pooling;

/**
 * Max pooling over height x width x channels: y is the largest x of each window, channel by channel. Only cells
 * inside the row count, so that padding is never the maximum; a NaN counts as larger than any number. Backward the
 * first of the largest cells, in row-major order, has the whole dy, as in PyTorch and TensorFlow.
 *
 * <p>Keeps the strongest response and forgets where exactly it was. Reads every cell of every window once forward;
 * reads x and updates dx cell by cell backward. It stores no indices.
 */
public final class MaxPool2D extends Pool<MaxPool2D> {
    /**
     * Makes the layer, with windows side by side and valid padding.
     *
     * @param height the cells of a window along the height, at least 1
     * @param width the cells of a window along the width, at least 1
     */
    public MaxPool2D(int height, int width) {
        super(height, width);
    }

    private MaxPool2D(MaxPool2D other) {
        super(other);
    }

    @Override
    MaxPool2D self() {
        return this;
    }

    @Override
    MaxPool2D twin() {
        return new MaxPool2D(this);
    }

    /**
     * Sets the distance of two windows; unless set, the size of the window.
     *
     * @param height the stride along the height, at least 1
     * @param width the stride along the width, at least 1
     * @return this
     */
    public MaxPool2D strides(int height, int width) {
        return slide(height, width);
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
