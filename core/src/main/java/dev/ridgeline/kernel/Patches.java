package dev.ridgeline.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * What the windows of a convolution see, as matrices for {@link Gemm}. The patch of a window is its cells in row-major
 * order, each with its channels: the order of a kernel's rows. Padding takes part as +0. The positions of all rows are
 * numbered through: position q is window {@code q % positions} of row {@code q / positions}.
 *
 * <p>A patch is made of runs: the cells along the last axis lie in the row without a gap. A gather copies each value of
 * a row as often as windows see it, and does no arithmetic.
 */
public final class Patches {
    private Patches() {}

    /**
     * Copies the elements from..to-1 of the patches of some positions: {@code patches[i, e] = patch(first + i)[from + e]}.
     * Best where runs are long.
     *
     * @param window how the window slides
     * @param first the first position
     * @param count the number of positions
     * @param from the first element of a patch
     * @param to the element after the last
     * @param x the rows; not modified
     * @param patches count x (to - from) values; modified
     */
    public static void gather(Window window, int first, int count, int from, int to, float[] x, float[] patches) {
        check(window, first, count, from, to, x, patches);
        Window.Axis width = window.width();
        int run = window.run();
        int line = width.inputs() * window.channels();
        int columns = to - from;
        for (int q = first, end; q < first + count; q = end) {
            int w = q % width.outputs();
            end = Math.min(first + count, q - w + width.outputs());
            for (int r = from / run; r * run < to; r++) {
                int left = Math.max(from, r * run);
                int length = Math.min(to, r * run + run) - left;
                int start = lineStart(window, q, r);
                int at = (q - first) * columns + left - from;
                int cell = width.start(w) * window.channels() + left - r * run;
                for (int i = q; i < end; i++) {
                    if (start >= 0 && cell >= 0 && cell + length <= line) {
                        System.arraycopy(x, start + cell, patches, at, length);
                    } else {
                        padded(start, line, cell, length, x, patches, at);
                    }
                    at += columns;
                    cell += width.stride() * window.channels();
                }
            }
        }
    }

    /** A run that is not wholly inside its line; {@code start} is negative if the line is padding. */
    private static void padded(int start, int line, int cell, int length, float[] x, float[] patches, int at) {
        int inside = start < 0 ? length : Math.clamp(-(long) cell, 0, length);
        int after = start < 0 ? length : Math.clamp((long) line - cell, inside, length);
        Arrays.fill(patches, at, at + inside, 0);
        if (after > inside) {
            System.arraycopy(x, start + cell + inside, patches, at + inside, after - inside);
        }
        Arrays.fill(patches, at + after, at + length, 0);
    }

    /**
     * The same transposed: {@code patches[e, i] = patch(first + i)[from + e]}. Best where runs are short, for then the
     * positions of a line lie nearer to each other than the elements of a patch.
     *
     * @param window how the window slides
     * @param first the first position
     * @param count the number of positions
     * @param from the first element of a patch
     * @param to the element after the last
     * @param x the rows; not modified
     * @param patches (to - from) x count values; modified
     */
    public static void gatherTransposed(
            Window window, int first, int count, int from, int to, float[] x, float[] patches) {
        check(window, first, count, from, to, x, patches);
        Window.Axis width = window.width();
        int run = window.run();
        int channels = window.channels();
        int step = width.stride() * channels;
        for (int q = first, end; q < first + count; q = end) {
            int w = q % width.outputs();
            end = Math.min(first + count, q - w + width.outputs());
            int length = end - q;
            for (int e = from; e < to; e++) {
                int start = lineStart(window, q, e / run);
                int cell = width.start(w) + e % run / channels;
                // the windows whose cell is inside the line
                int inside = start < 0 ? length : Math.clamp(Math.ceilDiv(-cell, width.stride()), 0, length);
                int after = start < 0
                        ? length
                        : Math.clamp(Math.ceilDiv(width.inputs() - cell, width.stride()), inside, length);
                int at = (e - from) * count + q - first;
                Arrays.fill(patches, at, at + inside, 0);
                if (after > inside) {
                    copy(
                            after - inside,
                            x,
                            start + cell * channels + e % channels + inside * step,
                            step,
                            patches,
                            at + inside);
                }
                Arrays.fill(patches, at + after, at + length, 0);
            }
        }
    }

    private static void copy(int n, float[] from, int fromOffset, int step, float[] to, int toOffset) {
        if (step == 1) {
            System.arraycopy(from, fromOffset, to, toOffset, n);
        } else {
            for (int i = 0; i < n; i++) {
                to[toOffset + i] = from[fromOffset + i * step];
            }
        }
    }

    /**
     * The transpose of {@link #gather} as a linear map: adds each element of a patch to the value that it would be copied
     * from; what belongs to padding is dropped. A value adds its parts in ascending order of the positions.
     *
     * @param window how the window slides
     * @param first the first position
     * @param count the number of positions
     * @param patches count x patch values; not modified
     * @param x the rows; modified
     */
    public static void scatterAdd(Window window, int first, int count, float[] patches, float[] x) {
        int patch = window.patch();
        check(window, first, count, 0, patch, x, patches);
        Window.Axis width = window.width();
        int run = window.run();
        int line = width.inputs() * window.channels();
        boolean vector = Kernels.vectorAfter(2L * count * patch) && run >= VectorShapes.LANES;
        for (int q = first, end; q < first + count; q = end) {
            int w = q % width.outputs();
            end = Math.min(first + count, q - w + width.outputs());
            for (int r = 0; r * run < patch; r++) {
                int start = lineStart(window, q, r);
                if (start < 0) {
                    continue;
                }
                int at = (q - first) * patch + r * run;
                int cell = width.start(w) * window.channels();
                for (int i = q; i < end; i++) {
                    int inside = Math.max(0, -cell);
                    int length = Math.min(run, line - cell) - inside;
                    if (vector && length >= VectorShapes.LANES) {
                        PatchesVector.add(length, patches, at + inside, x, start + cell + inside);
                    } else {
                        add(length, patches, at + inside, x, start + cell + inside);
                    }
                    at += patch;
                    cell += width.stride() * window.channels();
                }
            }
        }
    }

    private static void add(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        for (int i = 0; i < n; i++) {
            to[toOffset + i] += from[fromOffset + i];
        }
    }

    /**
     * Returns where the line of a run starts in x, or -1 if it is padding.
     *
     * @param q the position
     * @param run the run of its patch
     */
    private static int lineStart(Window window, int q, int run) {
        Window.Axis depth = window.depth();
        Window.Axis height = window.height();
        int lines = q / window.width().outputs();
        int h = height.start(lines % height.outputs()) + run % height.size();
        int planes = lines / height.outputs();
        int d = depth.start(planes % depth.outputs()) + run / height.size();
        if (d < 0 || d >= depth.inputs() || h < 0 || h >= height.inputs()) {
            return -1;
        }
        int row = planes / depth.outputs();
        return ((row * depth.inputs() + d) * height.inputs() + h)
                * window.width().inputs()
                * window.channels();
    }

    private static void check(Window window, int first, int count, int from, int to, float[] x, float[] patches) {
        Objects.checkFromToIndex(from, to, window.patch());
        if (first < 0 || count < 0 || (long) count * (to - from) > patches.length) {
            throw new IndexOutOfBoundsException(count + " patches of " + (to - from) + " values from position " + first
                    + " do not fit an array of " + patches.length);
        }
        long rows = count == 0 ? 0 : (first + (long) count - 1) / window.positions() + 1;
        if (rows * window.inputs() > x.length) {
            throw new IndexOutOfBoundsException(
                    rows + " rows of " + window.inputs() + " values do not fit an array of " + x.length);
        }
    }
}
