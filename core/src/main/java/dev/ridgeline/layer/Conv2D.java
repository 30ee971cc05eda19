package dev.ridgeline.layer;

/**
 * Convolution over height x width x channels (LeCun et al., 1989; a cross-correlation, as everywhere in the field):
 * y[h, w, f] = b[f] + Σ over i, j, c of x[h·s₁ + i - p₁, w·s₂ + j - p₂, c]·W[i, j, c, f], with strides s and p
 * cells of padding before the row, whose values are 0. For images.
 *
 * <p>The kernel is height x width x channels x filters: a filter is one column of it, and penalties and constraints
 * act on it as on a unit of a {@link Dense} layer. With n = height x width x channels weights of a filter and P =
 * rows x output positions, a forward pass takes 2·P·n·filters flops and copies P·n values (none for a filter of one
 * cell at stride 1); a backward pass takes twice that, or as much if no gradient to the inputs is wanted. Its
 * workspace is 240 KB a thread.
 */
public final class Conv2D extends Convolution<Conv2D> {
    /**
     * Makes the layer, with strides of 1 and valid padding.
     *
     * @param filters the channels of the output, at least 1
     * @param height the cells of a filter along the height, at least 1
     * @param width the cells of a filter along the width, at least 1
     */
    public Conv2D(int filters, int height, int width) {
        super(filters, height, width);
    }

    private Conv2D(Conv2D other) {
        super(other);
    }

    @Override
    Conv2D self() {
        return this;
    }

    @Override
    Conv2D twin() {
        return shareWeights(new Conv2D(this));
    }

    /**
     * Sets the distance of two windows.
     *
     * @param height the stride along the height, at least 1; 1 unless set
     * @param width the stride along the width, at least 1; 1 unless set
     * @return this
     */
    public Conv2D strides(int height, int width) {
        return slide(height, width);
    }
}
