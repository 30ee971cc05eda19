package dev.ridgeline.layer;

import java.util.List;

/**
 * Makes plain features of a row of any shape, in memory order (positions row-major, then channels), for a {@link Dense}
 * layer to follow. Copies each value once forward and nothing backward.
 */
public final class Flatten extends Layer<Flatten> {
    /** Makes the layer. */
    public Flatten() {}

    @Override
    Flatten self() {
        return this;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    Shape build(Shape shape, long seed) {
        return Shape.of(shape.size());
    }

    @Override
    Flatten twin() {
        return new Flatten();
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        System.arraycopy(x, 0, y, 0, rows * inputs());
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        return wantInputGradient ? dy : null;
    }
}
