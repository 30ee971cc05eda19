package dev.ridgeline.layer;

import dev.ridgeline.kernel.Pooling;

/**
 * Average pooling over height x width x channels: y = Σ x/n over each window, channel by channel, with n the cells
 * of the window inside the row (as in TensorFlow and Keras; padding does not thin the mean). Backward each of them
 * has dy/n.
 *
 * <p>Smooths, and makes fewer positions. Reads every cell of every window once forward, updates each once backward;
 * a window takes n flops.
 */
public final class AveragePool2D extends Pool<AveragePool2D> {
    /**
     * Makes the layer, with windows side by side and valid padding.
     *
     * @param height the cells of a window along the height, at least 1
     * @param width the cells of a window along the width, at least 1
     */
    public AveragePool2D(int height, int width) {
        super(height, width);
    }

    private AveragePool2D(AveragePool2D other) {
        super(other);
    }

    @Override
    AveragePool2D self() {
        return this;
    }

    @Override
    AveragePool2D twin() {
        return new AveragePool2D(this);
    }

    /**
     * Sets the distance of two windows; unless set, the size of the window.
     *
     * @param height the stride along the height, at least 1
     * @param width the stride along the width, at least 1
     * @return this
     */
    public AveragePool2D strides(int height, int width) {
        return slide(height, width);
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
