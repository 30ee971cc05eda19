package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * How a window slides over the positions of a row of depth x height x width x channels values; a row of fewer dimensions
 * has size 1 in the first ones. Output position (d, h, w) looks at the cells {@code d·stride - before + i}, 0 ≤ i &lt;
 * size, of each axis; what lies outside the row is padding.
 *
 * @param depth the first axis
 * @param height the second axis
 * @param width the third axis
 * @param channels the values of a position
 */
public record Window(Axis depth, Axis height, Axis width, int channels) {
    /** Checks the axes and the number of channels. */
    public Window {
        Objects.requireNonNull(depth, "depth");
        Objects.requireNonNull(height, "height");
        Objects.requireNonNull(width, "width");
        if (channels < 1) {
            throw new IllegalArgumentException("Window: channels is " + channels + "; it must be at least 1");
        }
        Math.multiplyExact(
                Math.multiplyExact(depth.inputs(), height.inputs()), Math.multiplyExact(width.inputs(), channels));
        Math.multiplyExact(Math.multiplyExact(depth.size(), height.size()), Math.multiplyExact(width.size(), channels));
    }

    /**
     * One dimension.
     *
     * @param inputs the positions of the row
     * @param size the cells of the window
     * @param stride the distance of two windows
     * @param before the cells of padding before the first position
     * @param outputs the number of windows
     */
    public record Axis(int inputs, int size, int stride, int before, int outputs) {
        /** A dimension that is not there. */
        public static final Axis NONE = valid(1, 1, 1);

        /** Checks that every window has at least one cell inside the row. */
        public Axis {
            boolean positive = inputs > 0 && size > 0 && stride > 0 && before >= 0 && outputs > 0;
            if (!positive || before >= size || (outputs - 1L) * stride - before >= inputs) {
                throw new IllegalArgumentException("Axis: " + outputs + " windows of " + size + " with stride " + stride
                        + " and " + before + " cells of padding before do not fit " + inputs + " positions");
            }
        }

        /**
         * Only windows that lie inside the row: outputs = ⌊(inputs - size)/stride⌋ + 1.
         *
         * @param inputs the positions of the row
         * @param size the cells of the window, at most inputs
         * @param stride the distance of two windows
         * @return the axis
         */
        public static Axis valid(int inputs, int size, int stride) {
            return new Axis(inputs, size, stride, 0, inputs < size ? 0 : (inputs - size) / Math.max(1, stride) + 1);
        }

        /**
         * As many windows as strides fit: outputs = ⌈inputs/stride⌉. Of the padding max(0, (outputs - 1)·stride + size -
         * inputs), half, rounded down, is before the row (TensorFlow's rule).
         *
         * @param inputs the positions of the row
         * @param size the cells of the window
         * @param stride the distance of two windows
         * @return the axis
         */
        public static Axis same(int inputs, int size, int stride) {
            int outputs = Math.ceilDiv(inputs, Math.max(1, stride));
            long padding = Math.max(0, (outputs - 1L) * stride + size - inputs);
            return new Axis(inputs, size, stride, (int) (padding / 2), outputs);
        }

        /** Returns the cell of the row that is the first of a window; negative in the padding. */
        int start(int output) {
            return output * stride - before;
        }

        /** Returns the first cell of a window that lies inside the row. */
        int from(int output) {
            return Math.max(0, start(output));
        }

        /** Returns the cell after the last of a window that lies inside the row. */
        int to(int output) {
            return (int) Math.min(inputs, (long) start(output) + size);
        }
    }

    /**
     * Returns the number of windows.
     *
     * @return output positions of a row
     */
    public int positions() {
        return Math.multiplyExact(Math.multiplyExact(depth.outputs, height.outputs), width.outputs);
    }

    /**
     * Returns the number of values of a row.
     *
     * @return positions of the input x channels
     */
    public int inputs() {
        return depth.inputs * height.inputs * width.inputs * channels;
    }

    /**
     * Returns the number of values of a window, padding included.
     *
     * @return cells x channels
     */
    public int patch() {
        return depth.size * height.size * width.size * channels;
    }

    /**
     * Returns the length of the longest part of a window that lies in the row without a gap.
     *
     * @return the cells along the last axis x channels
     */
    public int run() {
        return width.size * channels;
    }

    /**
     * Returns whether every window is one position, each position once.
     *
     * @return true for windows of one cell at stride 1
     */
    public boolean pointwise() {
        return patch() == channels && depth.stride == 1 && height.stride == 1 && width.stride == 1;
    }

    /**
     * Returns the number of cells of each window that lie inside the row, as running totals: the cells of window p are
     * {@code first[p]..first[p + 1] - 1} of {@link #cells()}.
     */
    int[] firstCells() {
        int[] first = new int[positions() + 1];
        int p = 0;
        for (int d = 0; d < depth.outputs; d++) {
            for (int h = 0; h < height.outputs; h++) {
                int cells = (depth.to(d) - depth.from(d)) * (height.to(h) - height.from(h));
                for (int w = 0; w < width.outputs; w++, p++) {
                    first[p + 1] = Math.addExact(first[p], cells * (width.to(w) - width.from(w)));
                }
            }
        }
        return first;
    }

    /**
     * Returns where the cells of each window that lie inside the row start, window by window, each in row-major order:
     * offsets into a row, of the first channel.
     */
    int[] cells() {
        int[] cells = new int[firstCells()[positions()]];
        int i = 0;
        for (int d = 0; d < depth.outputs; d++) {
            for (int h = 0; h < height.outputs; h++) {
                for (int w = 0; w < width.outputs; w++) {
                    i = cells(d, h, w, cells, i);
                }
            }
        }
        return cells;
    }

    private int cells(int d, int h, int w, int[] cells, int start) {
        int i = start;
        for (int id = depth.from(d); id < depth.to(d); id++) {
            for (int ih = height.from(h); ih < height.to(h); ih++) {
                for (int iw = width.from(w); iw < width.to(w); iw++) {
                    cells[i++] = ((id * height.inputs + ih) * width.inputs + iw) * channels;
                }
            }
        }
        return i;
    }
}
