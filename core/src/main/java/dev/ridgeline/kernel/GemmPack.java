package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static java.lang.Math.min;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Moves blocks of matrices between the caller's arrays and the buffers that {@link GemmVector}'s tiles read. */
final class GemmPack {
    /** The width of a panel: that of the tiles. */
    private static final int COLUMNS = 2 * LANES;

    private static final VectorShuffle<Float> LOWER_TWICE = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
    private static final VectorShuffle<Float> UPPER_TWICE = VectorShuffle.fromOp(SPECIES, lane -> LANES / 2 + lane / 2);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(SPECIES, 0xaaaaL & ((1L << LANES) - 1));

    private GemmPack() {}

    /** Returns the length of a buffer for the panels of {@code k} x {@code n} elements of B. */
    static int room(int n, int k) {
        return Math.ceilDiv(n, COLUMNS) * COLUMNS * k + COLUMNS * LANES;
    }

    /** Copies {@code rows} x {@code width} elements to rows of two vectors, zeros beyond the width (up to a vector). */
    static void pad(int rows, int width, float[] source, int offset, int stride, float[] target, int targetOffset) {
        int from = offset;
        int to = targetOffset;
        if (width > LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(LANES, width);
            for (int r = 0; r < rows; r++, from += stride, to += COLUMNS) {
                fromArray(SPECIES, source, from).intoArray(target, to);
                fromArray(SPECIES, source, from + LANES, mask).intoArray(target, to + LANES);
            }
        } else {
            VectorMask<Float> mask = SPECIES.indexInRange(0, width);
            for (int r = 0; r < rows; r++, from += stride, to += COLUMNS) {
                fromArray(SPECIES, source, from, mask).intoArray(target, to);
            }
        }
    }

    /** Copies the first {@code width} elements of {@code rows} rows of two vectors: the inverse of {@link #pad}. */
    static void unpad(int rows, int width, float[] source, float[] target, int offset, int stride) {
        int from = 0;
        int to = offset;
        if (width > LANES) {
            VectorMask<Float> mask = SPECIES.indexInRange(LANES, width);
            for (int r = 0; r < rows; r++, from += COLUMNS, to += stride) {
                fromArray(SPECIES, source, from).intoArray(target, to);
                fromArray(SPECIES, source, from + LANES).intoArray(target, to + LANES, mask);
            }
        } else {
            VectorMask<Float> mask = SPECIES.indexInRange(0, width);
            for (int r = 0; r < rows; r++, from += COLUMNS, to += stride) {
                fromArray(SPECIES, source, from).intoArray(target, to, mask);
            }
        }
    }

    /** Copies {@code rows} x {@code width} elements to rows of another stride. */
    static void rows(int rows, int width, float[] source, int offset, int stride, float[] target, int targetStride) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(source, offset + r * stride, target, r * targetStride, width);
        }
    }

    /**
     * Cuts {@code k} x {@code width} elements into strips of {@code strip} columns, one after the other. The vectors
     * hang over the strip; what they bring along is overwritten by the next row, or never read.
     */
    static void strips(int k, int width, int strip, float[] source, int offset, int stride, float[] target) {
        int reach = Math.ceilDiv(strip, LANES) * LANES;
        for (int i = 0; i < width; i += strip) {
            int from = offset + i;
            int to = i * k;
            int p = 0;
            for (; p < k && from <= source.length - reach; p++, from += stride, to += strip) {
                for (int lane = 0; lane < strip; lane += LANES) {
                    fromArray(SPECIES, source, from + lane).intoArray(target, to + lane);
                }
            }
            int rest = min(strip, width - i);
            for (; p < k; p++, from += stride, to += strip) {
                System.arraycopy(source, from, target, to, rest);
            }
        }
    }

    /**
     * Transposes {@code width} rows of k elements into a panel: k rows of two vectors. Lanes beyond the width hold copies
     * of the last row or are not written. Up to LANES rows behind the panel may be overwritten: the panel behind is packed
     * later.
     */
    static void transpose(
            int k,
            int width,
            float[] source,
            int offset,
            int stride,
            float[] squares,
            float[] target,
            int targetOffset) {
        if (k <= LANES / 2) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < width; j++) {
                    target[targetOffset + p * COLUMNS + j] = source[offset + j * stride + p];
                }
            }
            return;
        }
        if (k < LANES) {
            transposeShort(k, width, source, offset, stride, squares, target, targetOffset);
            return;
        }
        for (int j = 0; j < width; j += LANES) {
            int last = min(LANES, width - j) - 1;
            for (int p = 0; p < k; p += LANES) {
                int at = min(p, k - LANES); // the last square overlaps the one before
                transposeSquare(
                        last,
                        source,
                        offset + j * stride + at,
                        stride,
                        squares,
                        target,
                        targetOffset + at * COLUMNS + j);
            }
        }
    }

    /** Rows shorter than a vector are padded first. The zeros make rows of the target behind the last one. */
    private static void transposeShort(
            int k,
            int width,
            float[] source,
            int offset,
            int stride,
            float[] squares,
            float[] target,
            int targetOffset) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, k);
        int padded = LANES * LANES;
        for (int j = 0; j < width; j += LANES) {
            int rows = min(LANES, width - j);
            for (int r = 0; r < rows; r++) {
                fromArray(SPECIES, source, offset + (j + r) * stride, mask).intoArray(squares, padded + r * LANES);
            }
            transposeSquare(rows - 1, squares, padded, LANES, squares, target, targetOffset + j);
        }
    }

    /**
     * Transposes a square of LANES rows by log2(LANES) perfect shuffles of its elements, each of which interleaves row i
     * with row i + LANES/2: the bits of an element's address rotate until those of row and column have changed places.
     * Two shuffles go together, so that 16 lanes take two passes.
     */
    private static void transposeSquare(
            int last, float[] source, int offset, int stride, float[] squares, float[] target, int targetOffset) {
        int quarter = LANES / 4;
        for (int i = 0; i < quarter; i++) {
            int w = offset + min(i, last) * stride;
            int x = offset + min(i + quarter, last) * stride;
            int y = offset + min(i + 2 * quarter, last) * stride;
            int z = offset + min(i + 3 * quarter, last) * stride;
            if (LANES == 4) {
                interleave(source, w, x, y, z, target, targetOffset + 4 * i * COLUMNS, COLUMNS);
            } else {
                interleave(source, w, x, y, z, squares, 4 * i * LANES, LANES);
            }
        }
        int step = quarter * LANES;
        if (LANES == 8) {
            for (int i = 0; i < LANES / 2; i++) {
                interleave(squares, i * LANES, i * LANES + 2 * step, target, targetOffset + 2 * i * COLUMNS, COLUMNS);
            }
        } else if (LANES == 16) {
            for (int i = 0; i < quarter; i++) {
                int w = i * LANES;
                interleave(
                        squares,
                        w,
                        w + step,
                        w + 2 * step,
                        w + 3 * step,
                        target,
                        targetOffset + 4 * i * COLUMNS,
                        COLUMNS);
            }
        }
    }

    /**
     * x0 x1 .. and y0 y1 .. become x0 y0 x1 y1 .. in two rows. Spelled out, like the one below: C2 inlines the Vector
     * API's own methods always, but a helper on vectors only up to a limit of nodes, and boxes its vectors beyond.
     */
    private static void interleave(float[] source, int x, int y, float[] target, int to, int stride) {
        FloatVector xs = fromArray(SPECIES, source, x);
        FloatVector ys = fromArray(SPECIES, source, y);
        xs.rearrange(LOWER_TWICE).blend(ys.rearrange(LOWER_TWICE), ODD).intoArray(target, to);
        xs.rearrange(UPPER_TWICE).blend(ys.rearrange(UPPER_TWICE), ODD).intoArray(target, to + stride);
    }

    /** The same twice: w0 w1 .., x0 x1 .., y0 y1 .., z0 z1 .. become w0 x0 y0 z0 w1 x1 y1 z1 .. in four rows. */
    private static void interleave(float[] source, int w, int x, int y, int z, float[] target, int to, int stride) {
        FloatVector ws = fromArray(SPECIES, source, w);
        FloatVector xs = fromArray(SPECIES, source, x);
        FloatVector ys = fromArray(SPECIES, source, y);
        FloatVector zs = fromArray(SPECIES, source, z);
        FloatVector lowerWY = ws.rearrange(LOWER_TWICE).blend(ys.rearrange(LOWER_TWICE), ODD);
        FloatVector upperWY = ws.rearrange(UPPER_TWICE).blend(ys.rearrange(UPPER_TWICE), ODD);
        FloatVector lowerXZ = xs.rearrange(LOWER_TWICE).blend(zs.rearrange(LOWER_TWICE), ODD);
        FloatVector upperXZ = xs.rearrange(UPPER_TWICE).blend(zs.rearrange(UPPER_TWICE), ODD);
        lowerWY.rearrange(LOWER_TWICE)
                .blend(lowerXZ.rearrange(LOWER_TWICE), ODD)
                .intoArray(target, to);
        lowerWY.rearrange(UPPER_TWICE)
                .blend(lowerXZ.rearrange(UPPER_TWICE), ODD)
                .intoArray(target, to + stride);
        upperWY.rearrange(LOWER_TWICE)
                .blend(upperXZ.rearrange(LOWER_TWICE), ODD)
                .intoArray(target, to + 2 * stride);
        upperWY.rearrange(UPPER_TWICE)
                .blend(upperXZ.rearrange(UPPER_TWICE), ODD)
                .intoArray(target, to + 3 * stride);
    }
}
