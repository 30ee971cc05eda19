package dev.ridgeline.layer;

import dev.ridgeline.kernel.Pooling;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.kernel.Window;
import java.util.List;

/**
 * A layer that reduces each window of a channel to one number, in up to three dimensions. Threads share the rows.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
abstract class Pool<L extends Pool<L>> extends Layer<L> {
    private Sliding sliding;
    private Pooling pooling;
    private long cells;

    private final Team.Task forward = (scratch, part, parts) -> forwardPart(part, parts);
    private final Team.Task backward = (scratch, part, parts) -> backwardPart(part, parts);
    private float[] dx = new float[0];
    private float[] x;
    private float[] y;
    private float[] dy;
    private int rows;

    Pool(int... size) {
        sliding = Sliding.of(this, size, size);
    }

    /** Copies how the window slides. */
    Pool(Pool<L> other) {
        sliding = other.sliding;
        pooling = other.pooling;
        cells = other.cells;
    }

    /** Computes the rows from..to-1 of y. */
    abstract void reduce(Pooling pooling, int from, int to, float[] x, float[] y);

    /** Computes the rows from..to-1 of dx. */
    abstract void gradient(Pooling pooling, int from, int to, float[] x, float[] y, float[] dy, float[] dx);

    final Sliding sliding() {
        return sliding;
    }

    /** Sets the distance of two windows along each axis. */
    final L slide(int... strides) {
        requireUnbuilt();
        sliding = sliding.strides(this, strides);
        return self();
    }

    /**
     * Sets what happens at the ends of the positions. Cells outside the row take no part in a window.
     *
     * @param ends the padding; {@link Padding#VALID} unless set
     * @return this
     */
    public L padding(Padding ends) {
        requireUnbuilt();
        sliding = sliding.padding(this, ends);
        return self();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    Shape build(Shape shape, long seed) {
        Window window = sliding.over(this, shape);
        pooling = new Pooling(window);
        cells = (long) window.positions() * window.patch();
        return sliding.outputs(window, shape.channels());
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        this.rows = rows;
        this.x = x;
        this.y = y;
        pass.team().run(8L * rows * cells, forward);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!wantInputGradient) {
            return null;
        }
        dx = atLeast(dx, Math.multiplyExact(rows, inputs()));
        this.rows = rows;
        this.x = x;
        this.y = y;
        this.dy = dy;
        pass.team().run(8L * rows * cells, backward);
        return dx;
    }

    private void forwardPart(int part, int parts) {
        reduce(pooling, Split.begin(rows, 1, part, parts), Split.begin(rows, 1, part + 1, parts), x, y);
    }

    private void backwardPart(int part, int parts) {
        gradient(pooling, Split.begin(rows, 1, part, parts), Split.begin(rows, 1, part + 1, parts), x, y, dy, dx);
    }
}
