package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
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
            int rest = Math.min(strip, width - i);
            for (; p < k; p++, from += stride, to += strip) {
                System.arraycopy(source, from, target, to, rest);
            }
        }
    }

    /**
     * Transposes {@code width} rows of k elements into k rows of two vectors. Lanes beyond the width hold copies of the
     * last row or are not written.
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
        if (k < LANES) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < width; j++) {
                    target[targetOffset + p * COLUMNS + j] = source[offset + j * stride + p];
                }
            }
            return;
        }
        for (int j = 0; j < width; j += LANES) {
            int last = Math.min(LANES, width - j) - 1;
            for (int p = 0; p < k; p += LANES) {
                int at = Math.min(p, k - LANES); // the last square overlaps the one before
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

    /**
     * Transposes a square of LANES rows by log2(LANES) perfect shuffles of its elements, each of which interleaves row i
     * with row i + LANES/2: address bits are rotated until those of row and column have changed places.
     */
    private static void transposeSquare(
            int last, float[] source, int offset, int stride, float[] squares, float[] target, int targetOffset) {
        int half = LANES / 2;
        for (int i = 0; i < half; i++) {
            interleave(
                    source,
                    offset + Math.min(i, last) * stride,
                    offset + Math.min(i + half, last) * stride,
                    squares,
                    2 * i * LANES,
                    LANES);
        }
        int from = 0;
        for (int done = 4; done < LANES; done *= 2) {
            int to = LANES * LANES - from;
            for (int i = 0; i < half; i++) {
                interleave(squares, from + i * LANES, from + (i + half) * LANES, squares, to + 2 * i * LANES, LANES);
            }
            from = to;
        }
        for (int i = 0; i < half; i++) {
            interleave(
                    squares,
                    from + i * LANES,
                    from + (i + half) * LANES,
                    target,
                    targetOffset + 2 * i * COLUMNS,
                    COLUMNS);
        }
    }

    /** x0 x1 .. and y0 y1 .. become x0 y0 x1 y1 .. over two vectors. */
    private static void interleave(float[] source, int x, int y, float[] target, int to, int stride) {
        FloatVector xs = fromArray(SPECIES, source, x);
        FloatVector ys = fromArray(SPECIES, source, y);
        xs.rearrange(LOWER_TWICE).blend(ys.rearrange(LOWER_TWICE), ODD).intoArray(target, to);
        xs.rearrange(UPPER_TWICE).blend(ys.rearrange(UPPER_TWICE), ODD).intoArray(target, to + stride);
    }
}
