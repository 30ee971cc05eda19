package dev.ridgeline.layer;

/**
 * Convolution over depth x height x width x channels (LeCun et al., 1989; a cross-correlation, as everywhere in the
 * field): y[d, h, w, f] = b[f] + Σ over l, i, j, c of x[d·s₁ + l - p₁, h·s₂ + i - p₂, w·s₃ + j - p₃, c]·W[l, i, j,
 * c, f], with strides s and p cells of padding before the row, whose values are 0. For volumes and video.
 *
 * <p>The kernel is depth x height x width x channels x filters: a filter is one column of it, and penalties and
 * constraints act on it as on a unit of a {@link Dense} layer. With n = depth x height x width x channels weights
 * of a filter and P = rows x output positions, a forward pass takes 2·P·n·filters flops and copies P·n values (none
 * for a filter of one cell at stride 1); a backward pass takes twice that, or as much if no gradient to the inputs
 * is wanted. Its workspace is 240 KB a thread.
 */
public final class Conv3D extends Convolution<Conv3D> {
    /**
     * Makes the layer, with strides of 1 and valid padding.
     *
     * @param filters the channels of the output, at least 1
     * @param depth the cells of a filter along the depth, at least 1
     * @param height the cells of a filter along the height, at least 1
     * @param width the cells of a filter along the width, at least 1
     */
    public Conv3D(int filters, int depth, int height, int width) {
        super(filters, depth, height, width);
    }

    private Conv3D(Conv3D other) {
        super(other);
    }

    @Override
    Conv3D self() {
        return this;
    }

    @Override
    Conv3D twin() {
        return shareWeights(new Conv3D(this));
    }

    /**
     * Sets the distance of two windows.
     *
     * @param depth the stride along the depth, at least 1; 1 unless set
     * @param height the stride along the height, at least 1; 1 unless set
     * @param width the stride along the width, at least 1; 1 unless set
     * @return this
     */
    public Conv3D strides(int depth, int height, int width) {
        return slide(depth, height, width);
    }
}
