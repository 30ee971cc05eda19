package dev.ridgeline.layer;

import dev.ridgeline.kernel.Columns;
import dev.ridgeline.kernel.Gemm;
import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Patches;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.kernel.Window;
import java.util.Arrays;

/**
 * Convolution in up to three dimensions, as matrix products. With P(X) the matrix whose row (r, o) is the patch of x_r
 * that output position o sees, and W the kernel as (cells·channels) x filters:
 *
 * <pre>
 * Y = P(X)·W + b      dW = P(X)ᵀ·dY      db = column sums of dY      dX = Pᵀ(dY·Wᵀ)
 * </pre>
 *
 * <p>P(X) is never whole in memory: each thread gathers the patches of a block of positions that fits L2, and multiplies
 * it at once. Every element is one chain in a fixed order, whatever the blocks and threads: y over the elements of its
 * patch, padding as +0; dw over the rows and positions, ascending; dx adds its parts, each a chain over the filters, in
 * ascending order of the output positions. So threads share the positions of Y, the rows of W, and the rows of X.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
abstract class Convolution<L extends Convolution<L>> extends WeightedLayer<L> {
    /** Floats of a block of patches: a quarter of 1 MB of L2; no power of two, or its rows would meet in one set of L1. */
    private static final int BLOCK = 60_000;

    /** Shorter runs than this are gathered across positions. */
    private static final int SHORT = 16;

    private final int filters;
    private Sliding sliding;
    private Window window;
    private Patches patches;

    private final Product forward = new Product(Product.Form.NN);
    private final Product kernelGradient = new Product(Product.Form.TN);
    private final Product inputGradient = new Product(Product.Form.NT);
    private final Team.Task outputs = this::outputs;
    private final Team.Task kernelRows = this::kernelRows;
    private final Team.Task inputRows = this::inputRows;
    private final Team.Task biasGradient = (scratch, part, parts) -> sumColumns(part, parts);
    private float[][] blocks = new float[0][];
    private float[] dx = new float[0];
    private float[] x;
    private float[] y;
    private float[] dy;
    private int rows;

    Convolution(int filters, int... size) {
        if (filters < 1) {
            throw new IllegalArgumentException(this + ": filters is " + filters + "; it must be at least 1");
        }
        int[] strides = new int[size.length];
        Arrays.fill(strides, 1);
        this.filters = filters;
        this.sliding = Sliding.of(this, size, strides);
    }

    /** Copies how the window slides. */
    Convolution(Convolution<L> other) {
        filters = other.filters;
        sliding = other.sliding;
        window = other.window;
        patches = other.patches;
    }

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
     * Sets what happens at the ends of the positions.
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
    Shape build(Shape shape, long seed) {
        window = sliding.over(this, shape);
        patches = new Patches(window);
        int rank = sliding.size().size();
        int[] sizes = new int[rank + 2];
        for (int i = 0; i < rank; i++) {
            sizes[i] = sliding.size().get(i);
        }
        sizes[rank] = window.channels();
        sizes[rank + 1] = filters;
        makeWeights(seed, sizes);
        return sliding.outputs(window, filters);
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        drawWeights(pass);
        if (window.pointwise()) {
            int channels = window.channels();
            forward.run(pass.team(), positions(rows), filters, channels, x, weights(), bias.value(), y);
            return;
        }
        this.rows = rows;
        this.x = x;
        this.y = y;
        run(pass, outputs);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        this.rows = rows;
        this.x = x;
        this.dy = dy;
        if (window.pointwise()) {
            kernelGradient.run(
                    pass.team(), window.channels(), filters, positions(rows), x, dy, null, kernel.gradient());
        } else {
            run(pass, kernelRows);
        }
        maskKernelGradient(pass);
        pass.team().run(8L * positions(rows) * filters, biasGradient);
        if (!wantInputGradient) {
            return null;
        }
        dx = atLeast(dx, Math.multiplyExact(rows, inputs()));
        if (window.pointwise()) {
            inputGradient.run(pass.team(), positions(rows), window.channels(), filters, dy, weights(), null, dx);
        } else {
            run(pass, inputRows);
        }
        return dx;
    }

    /** Runs one of the three products. */
    private void run(Pass pass, Team.Task product) {
        if (blocks.length != pass.team().threads()) {
            blocks = new float[pass.team().threads()][0];
        }
        pass.team().run(2L * positions(rows) * window.patch() * filters, product);
    }

    private int positions(int rows) {
        return rows * window.positions();
    }

    /** Returns how many positions a block has of which so many values each are gathered. */
    private static int block(int values) {
        int tile = Gemm.rowTile();
        return Math.max(1, BLOCK / values / tile) * tile;
    }

    /** Returns the workspace of a thread. */
    private float[] workspace(int part, int length) {
        blocks[part] = atLeast(blocks[part], length);
        return blocks[part];
    }

    /** Y = P(X)·W + b for a range of positions. */
    private void outputs(GemmScratch scratch, int part, int parts) {
        int from = Split.begin(positions(rows), Gemm.rowTile(), part, parts);
        int to = Split.begin(positions(rows), Gemm.rowTile(), part + 1, parts);
        int k = window.patch();
        int n = filters;
        float[] w = weights();
        float[] b = bias.value();
        int block = Math.min(block(k), to - from);
        float[] a = workspace(part, block * k);
        for (int q = from; q < to; q += block) {
            int m = Math.min(block, to - q);
            if (window.run() < SHORT) {
                patches.gatherTransposed(q, m, 0, k, x, a);
                Gemm.tn(m, n, k, false, a, 0, m, w, 0, n, b, 0, scratch, y, q * n, n);
            } else {
                patches.gather(q, m, 0, k, x, a);
                Gemm.nn(m, n, k, false, a, 0, k, w, 0, n, b, 0, scratch, y, q * n, n);
            }
        }
    }

    /** dW = P(X)ᵀ·dY for a range of W's rows: each block of positions goes on with the chains of the one before. */
    private void kernelRows(GemmScratch scratch, int part, int parts) {
        int from = Split.begin(window.patch(), Gemm.rowTile(), part, parts);
        int to = Split.begin(window.patch(), Gemm.rowTile(), part + 1, parts);
        int m = to - from;
        if (m == 0) {
            return;
        }
        int n = filters;
        float[] dw = kernel.gradient();
        int block = Math.min(block(m), positions(rows));
        float[] a = workspace(part, block * m);
        for (int q = 0; q < positions(rows); q += block) {
            int k = Math.min(block, positions(rows) - q);
            if (window.run() < SHORT) {
                patches.gatherTransposed(q, k, from, to, x, a);
                Gemm.nn(m, n, k, q > 0, a, 0, k, dy, q * n, n, null, 0, scratch, dw, from * n, n);
            } else {
                patches.gather(q, k, from, to, x, a);
                Gemm.tn(m, n, k, q > 0, a, 0, m, dy, q * n, n, null, 0, scratch, dw, from * n, n);
            }
        }
    }

    /** dX = Pᵀ(dY·Wᵀ) for a range of X's rows. */
    private void inputRows(GemmScratch scratch, int part, int parts) {
        int top = Split.begin(rows, 1, part, parts);
        int bottom = Split.begin(rows, 1, part + 1, parts);
        int n = window.patch();
        int k = filters;
        float[] w = weights();
        Arrays.fill(dx, top * inputs(), bottom * inputs(), 0);
        int block = Math.min(block(n), positions(bottom - top));
        float[] c = workspace(part, block * n);
        for (int q = positions(top); q < positions(bottom); q += block) {
            int m = Math.min(block, positions(bottom) - q);
            Gemm.nt(m, n, k, false, dy, q * k, k, w, 0, k, null, 0, scratch, c, 0, n);
            patches.scatterAdd(q, m, c, dx);
        }
    }

    private void sumColumns(int part, int parts) {
        int from = Split.begin(filters, 64, part, parts);
        int to = Split.begin(filters, 64, part + 1, parts);
        Columns.sum(positions(rows), filters, from, to, dy, bias.gradient());
    }
}
