package dev.ridgeline.layer;

import dev.ridgeline.kernel.Pooling;

/**
 * Average pooling over length x channels: y = Σ x/n over each window, channel by channel, with n the cells of the
 * window inside the row (as in TensorFlow and Keras; padding does not thin the mean). Backward each of them has
 * dy/n.
 *
 * <p>Smooths, and makes fewer positions. Reads every cell of every window once forward, updates each once backward;
 * a window takes n flops.
 */
public final class AveragePool1D extends Pool<AveragePool1D> {
    /**
     * Makes the layer, with windows side by side and valid padding.
     *
     * @param length the cells of a window along the positions, at least 1
     */
    public AveragePool1D(int length) {
        super(length);
    }

    private AveragePool1D(AveragePool1D other) {
        super(other);
    }

    @Override
    AveragePool1D self() {
        return this;
    }

    @Override
    AveragePool1D twin() {
        return new AveragePool1D(this);
    }

    /**
     * Sets the distance of two windows; unless set, the size of the window.
     *
     * @param length the stride along the positions, at least 1
     * @return this
     */
    public AveragePool1D strides(int length) {
        return slide(length);
    }

    @Override
    void reduce(Pooling pooling, int from, int to, float[] x, float[] y) {
        pooling.average(from, to, x, y);
    }

    @Override
    void gradient(Pooling pooling, int from, int to, float[] x, float[] y, float[] dy, float[] dx) {
        pooling.averageGradient(from, to, dy, dx);
    }
}
