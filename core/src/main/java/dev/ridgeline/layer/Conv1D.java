package dev.ridgeline.layer;

/**
 * Convolution over length x channels (LeCun et al., 1989; a cross-correlation, as everywhere in the field): y[o, f]
 * = b[f] + Σ over k, c of x[o·s + k - p, c]·W[k, c, f], with strides s and p cells of padding before the row, whose
 * values are 0. For signals and sequences.
 *
 * <p>The kernel is length x channels x filters: a filter is one column of it, and penalties and constraints act on
 * it as on a unit of a {@link Dense} layer. With n = length x channels weights of a filter and P = rows x output
 * positions, a forward pass takes 2·P·n·filters flops and copies P·n values (none for a filter of one cell at
 * stride 1); a backward pass takes twice that, or as much if no gradient to the inputs is wanted. Its workspace is
 * 240 KB a thread.
 */
public final class Conv1D extends Convolution<Conv1D> {
    /**
     * Makes the layer, with strides of 1 and valid padding.
     *
     * @param filters the channels of the output, at least 1
     * @param length the cells of a filter along the positions, at least 1
     */
    public Conv1D(int filters, int length) {
        super(filters, length);
    }

    private Conv1D(Conv1D other) {
        super(other);
    }

    @Override
    Conv1D self() {
        return this;
    }

    @Override
    Conv1D twin() {
        return shareWeights(new Conv1D(this));
    }

    /**
     * Sets the distance of two windows.
     *
     * @param length the stride along the positions, at least 1; 1 unless set
     * @return this
     */
    public Conv1D strides(int length) {
        return slide(length);
    }
}
