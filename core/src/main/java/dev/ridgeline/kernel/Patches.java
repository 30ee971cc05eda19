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
 *
 * <p>Made once for a window; it remembers where the runs are, 4 bytes for each run of each line of windows.
 */
public final class Patches {
    private final Window window;
    private final Window.Axis width;
    private final int channels;
    private final int run;

    /** The values of a line of positions of a row. */
    private final int line;

    /** The lines of windows. */
    private final int lines;

    /** The runs of a patch. */
    private final int runs;

    /** Where in a row the line of a run starts, for each line of windows; -1 in the padding. */
    private final int[] starts;

    /**
     * Lists the runs of every line of windows.
     *
     * @param window how the window slides
     */
    public Patches(Window window) {
        this.window = window;
        width = window.width();
        channels = window.channels();
        run = window.run();
        line = width.inputs() * channels;
        lines = window.depth().outputs() * window.height().outputs();
        runs = window.depth().size() * window.height().size();
        starts = new int[Math.multiplyExact(lines, runs)];
        Arrays.setAll(starts, i -> start(window, i / runs, i % runs));
    }

    private static int start(Window window, int line, int run) {
        Window.Axis depth = window.depth();
        Window.Axis height = window.height();
        int d = depth.start(line / height.outputs()) + run / height.size();
        int h = height.start(line % height.outputs()) + run % height.size();
        boolean inside = d >= 0 && d < depth.inputs() && h >= 0 && h < height.inputs();
        return inside ? (d * height.inputs() + h) * window.width().inputs() * window.channels() : -1;
    }

    /** Returns where in x the line of a run of position q starts, or -1 if it is padding. */
    private int lineStart(int q, int run) {
        int l = q / width.outputs();
        int start = starts[l % lines * runs + run];
        return start < 0 ? -1 : l / lines * window.inputs() + start;
    }

    /**
     * Copies the elements from..to-1 of the patches of some positions: {@code patches[i, e] = patch(first + i)[from + e]}.
     * Best where runs are long.
     *
     * @param first the first position
     * @param count the number of positions
     * @param from the first element of a patch
     * @param to the element after the last
     * @param x the rows; not modified
     * @param patches count x (to - from) values; modified
     */
    public void gather(int first, int count, int from, int to, float[] x, float[] patches) {
        check(first, count, from, to, x, patches);
        int columns = to - from;
        int step = width.stride() * channels;
        boolean vector = Kernels.vectorAfter(2L * count * columns);
        for (int q = first, end; q < first + count; q = end) {
            int w = q % width.outputs();
            end = Math.min(first + count, q - w + width.outputs());
            for (int r = from / run; r * run < to; r++) {
                int left = Math.max(from, r * run);
                int length = Math.min(to, r * run + run) - left;
                int start = lineStart(q, r);
                int at = (q - first) * columns + left - from;
                int cell = width.start(w) * channels + left - r * run;
                for (int i = q; i < end; i++) {
                    if (start >= 0 && cell >= 0 && cell + length <= line) {
                        copy(vector, length, x, start + cell, patches, at);
                    } else {
                        padded(start, cell, length, x, patches, at);
                    }
                    at += columns;
                    cell += step;
                }
            }
        }
    }

    /** A call of arraycopy takes as long as a few vectors. */
    private static void copy(boolean vector, int n, float[] from, int fromOffset, float[] to, int toOffset) {
        if (vector && n >= VectorShapes.LANES) {
            PatchesVector.copy(n, from, fromOffset, to, toOffset);
        } else {
            System.arraycopy(from, fromOffset, to, toOffset, n);
        }
    }

    /** A run that is not wholly inside its line; {@code start} is negative if the line is padding. */
    private void padded(int start, int cell, int length, float[] x, float[] patches, int at) {
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
     * @param first the first position
     * @param count the number of positions
     * @param from the first element of a patch
     * @param to the element after the last
     * @param x the rows; not modified
     * @param patches (to - from) x count values; modified
     */
    public void gatherTransposed(int first, int count, int from, int to, float[] x, float[] patches) {
        check(first, count, from, to, x, patches);
        boolean vector = Kernels.vectorAfter(2L * count * (to - from));
        for (int q = first, end; q < first + count; q = end) {
            int w = q % width.outputs();
            end = Math.min(first + count, q - w + width.outputs());
            for (int r = from / run; r * run < to; r++) {
                int left = Math.max(from, r * run);
                int right = Math.min(to, r * run + run);
                int start = lineStart(q, r);
                int cell = width.start(w) + (left - r * run) / channels;
                int channel = left % channels;
                for (int e = left; e < right; e++) {
                    across(vector, start, cell, channel, end - q, x, patches, (e - from) * count + q - first);
                    channel++;
                    if (channel == channels) {
                        channel = 0;
                        cell++;
                    }
                }
            }
        }
    }

    /** One element of the patches of n windows side by side, the first of which has it in the given cell of a line. */
    private void across(boolean vector, int start, int cell, int channel, int n, float[] x, float[] patches, int at) {
        int stride = width.stride();
        int inside = 0;
        int after = n;
        if (start < 0) {
            inside = n;
        } else if (cell < 0 || cell + (n - 1L) * stride >= width.inputs()) {
            inside = Math.clamp(Math.ceilDiv(-cell, stride), 0, n);
            after = Math.clamp(Math.ceilDiv(width.inputs() - cell, stride), inside, n);
        }
        if (after - inside < n) {
            Arrays.fill(patches, at, at + inside, 0);
            Arrays.fill(patches, at + after, at + n, 0);
        }
        int step = stride * channels;
        int source = start + cell * channels + channel;
        if (step != 1) {
            for (int i = inside; i < after; i++) {
                patches[at + i] = x[source + i * step];
            }
        } else if (after > inside) {
            copy(vector, after - inside, x, source + inside, patches, at + inside);
        }
    }

    /**
     * The transpose of {@link #gather} as a linear map: adds each element of a patch to the value that it would be copied
     * from; what belongs to padding is dropped. A value adds its parts in ascending order of the positions.
     *
     * @param first the first position
     * @param count the number of positions
     * @param patches count x patch values; not modified
     * @param x the rows; modified
     */
    public void scatterAdd(int first, int count, float[] patches, float[] x) {
        int patch = window.patch();
        check(first, count, 0, patch, x, patches);
        boolean vector = Kernels.vectorAfter(2L * count * patch) && run >= VectorShapes.LANES;
        for (int q = first, end; q < first + count; q = end) {
            int w = q % width.outputs();
            end = Math.min(first + count, q - w + width.outputs());
            for (int r = 0; r < runs; r++) {
                int start = lineStart(q, r);
                if (start < 0) {
                    continue;
                }
                int at = (q - first) * patch + r * run;
                int cell = width.start(w) * channels;
                for (int i = q; i < end; i++) {
                    int inside = Math.max(0, -cell);
                    int length = Math.min(run, line - cell) - inside;
                    if (vector && length >= VectorShapes.LANES) {
                        PatchesVector.add(length, patches, at + inside, x, start + cell + inside);
                    } else {
                        add(length, patches, at + inside, x, start + cell + inside);
                    }
                    at += patch;
                    cell += width.stride() * channels;
                }
            }
        }
    }

    private static void add(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        for (int i = 0; i < n; i++) {
            to[toOffset + i] += from[fromOffset + i];
        }
    }

    private void check(int first, int count, int from, int to, float[] x, float[] patches) {
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
