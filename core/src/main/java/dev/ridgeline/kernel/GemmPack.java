package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.GemmVector.COLUMNS;
import static dev.ridgeline.kernel.GemmVector.ROWS;
import static dev.ridgeline.kernel.RandomBitsVector.INTS;
import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static java.lang.Math.min;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Moves blocks of matrices between the caller's arrays and the buffers that {@link GemmVector}'s tiles read. */
final class GemmPack {

    /** The vectors that hold the rows of a tile, in lanes. */
    private static final int REACH = Math.ceilDiv(ROWS, LANES) * LANES;

    /** The width of a strip: where one vector holds all rows of a tile the next row may overwrite its end. */
    static final int STRIP = REACH == LANES ? ROWS : REACH;

    /**
     * Where panels start in their buffer. HotSpot's arrays begin 16 bytes behind their header, and G1 gives a large one
     * regions of its own: then panels start on a line of the caches, and no vector of theirs lies on two.
     */
    static final int ALIGNED = 12;

    /** The rows that {@link #strips} cuts at once: fewer than L1 holds of one set. */
    private static final int ROWS_AT_ONCE = 8;

    /** Which lanes of two vectors, the second's counted on, make the lower half of their interleaving. */
    private static final int[] LOWER = interleaving(0);

    private static final int[] UPPER = interleaving(LANES / 2);

    private GemmPack() {}

    private static int[] interleaving(int first) {
        int[] lanes = new int[LANES];
        Arrays.setAll(lanes, lane -> first + lane / 2 + lane % 2 * LANES);
        return lanes;
    }

    /** Returns the distance of strips of {@code k} steps. */
    static int strip(int k) {
        return k * STRIP + LANES; // the last row hangs over
    }

    /** Returns the length of a buffer for the panels of {@code k} x {@code n} elements of B, which start at ALIGNED. */
    static int room(int n, int k) {
        return ALIGNED + Math.ceilDiv(n, COLUMNS) * COLUMNS * k + COLUMNS * LANES;
    }

    /**
     * Copies {@code rows} x {@code width} elements to rows of two vectors. The lanes beyond the width may hold anything: no
     * mask, which C2 boxes where such a copy is rare.
     */
    static void pad(int rows, int width, float[] source, int offset, int stride, float[] target, int targetOffset) {
        int reach = width > LANES ? COLUMNS : LANES;
        int from = offset;
        int to = targetOffset;
        int r = 0;
        for (; r < rows && from <= source.length - reach; r++, from += stride, to += COLUMNS) {
            for (int lane = 0; lane < reach; lane += LANES) {
                fromArray(SPECIES, source, from + lane).intoArray(target, to + lane);
            }
        }
        for (; r < rows; r++, from += stride, to += COLUMNS) {
            System.arraycopy(source, from, target, to, width);
        }
    }

    /** Cuts {@code k} x {@code width} elements into panels of two vectors, one after the other: as {@link #strips} does. */
    static void panels(int k, int width, float[] source, int offset, int stride, float[] target) {
        for (int start = 0; start < k; start += ROWS_AT_ONCE) {
            int rows = min(ROWS_AT_ONCE, k - start);
            int from = offset + start * stride;
            int to = ALIGNED + start * COLUMNS;
            for (int j = 0; j < width; j += COLUMNS) {
                pad(rows, min(COLUMNS, width - j), source, from + j, stride, target, to + j * k);
            }
        }
    }

    /** The same where the rows of the source are the columns: {@code width} rows of k elements. */
    static void transposedPanels(
            int k, int width, float[] source, int offset, int stride, float[] squares, float[] target) {
        for (int j = 0; j < width; j += COLUMNS) {
            int to = ALIGNED + j * k;
            transpose(k, min(COLUMNS, width - j), source, offset + j * stride, stride, squares, target, to, COLUMNS);
        }
    }

    /** Copies the first {@code width} elements of {@code rows} rows of two vectors: the inverse of {@link #pad}. */
    static void unpad(int rows, int width, float[] source, float[] target, int offset, int stride) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(source, r * COLUMNS, target, offset + r * stride, width);
        }
    }

    /**
     * Cuts {@code k} x {@code width} elements into strips of ROWS columns, k rows of STRIP elements each, one strip {@code
     * distance} behind the other. A few rows at a time: rows far apart meet in one set of the caches, and what a strip
     * leaves of a line the next one takes. The vectors hang over the strip; what they bring along is overwritten by the next
     * row, or never read.
     */
    static void strips(int k, int width, float[] source, int offset, int stride, float[] target) {
        int distance = strip(k);
        for (int start = 0; start < k; start += ROWS_AT_ONCE) {
            int end = min(start + ROWS_AT_ONCE, k);
            for (int i = 0, begin = start * STRIP; i < width; i += ROWS, begin += distance) {
                int from = offset + start * stride + i;
                int to = begin;
                int p = start;
                for (; p < end && from <= source.length - REACH; p++, from += stride, to += STRIP) {
                    for (int lane = 0; lane < REACH; lane += LANES) {
                        fromArray(SPECIES, source, from + lane).intoArray(target, to + lane);
                    }
                }
                int rest = min(ROWS, width - i);
                for (; p < end; p++, from += stride, to += STRIP) {
                    System.arraycopy(source, from, target, to, rest);
                }
            }
        }
    }

    /** The same where the rows of the source are the columns: {@code width} rows of k elements. */
    static void transposedStrips(
            int k, int width, float[] source, int offset, int stride, float[] squares, float[] target) {
        int distance = strip(k);
        for (int i = 0, to = 0; i < width; i += ROWS, to += distance) {
            transpose(k, min(ROWS, width - i), source, offset + i * stride, stride, squares, target, to, STRIP);
        }
    }

    /**
     * Transposes {@code width} rows of k elements into k rows, a panel or a strip. Lanes beyond the width hold copies of the
     * last row or are not written, and up to LANES rows behind the last one may be overwritten: what lies there is packed
     * later. Rows a little shorter than a vector end in the row behind, which is written after them.
     */
    static void transpose(
            int k,
            int width,
            float[] source,
            int offset,
            int stride,
            float[] squares,
            float[] target,
            int targetOffset,
            int targetStride) {
        if (k <= LANES / 2) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < width; j++) {
                    target[targetOffset + p * targetStride + j] = source[offset + j * stride + p];
                }
            }
            return;
        }
        if (k < LANES) {
            transposeShort(k, width, source, offset, stride, squares, target, targetOffset, targetStride);
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
                        targetOffset + at * targetStride + j,
                        targetStride);
            }
        }
    }

    /**
     * Rows shorter than a vector are read over their end, or padded first where the array ends. What lies there makes rows
     * of the target behind the last one.
     */
    private static void transposeShort(
            int k,
            int width,
            float[] source,
            int offset,
            int stride,
            float[] squares,
            float[] target,
            int targetOffset,
            int targetStride) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, k);
        int padded = LANES * LANES;
        for (int j = 0; j < width; j += LANES) {
            int rows = min(LANES, width - j);
            int start = offset + j * stride;
            if (start + (rows - 1) * stride + LANES <= source.length) {
                transposeSquare(rows - 1, source, start, stride, squares, target, targetOffset + j, targetStride);
                continue;
            }
            for (int r = 0; r < rows; r++) {
                fromArray(SPECIES, source, start + r * stride, mask).intoArray(squares, padded + r * LANES);
            }
            transposeSquare(rows - 1, squares, padded, LANES, squares, target, targetOffset + j, targetStride);
        }
    }

    /**
     * Transposes a square of LANES rows by log2(LANES) perfect shuffles of its elements, each of which interleaves row i
     * with row i + LANES/2: the bits of an element's address rotate until those of row and column have changed places.
     */
    private static void transposeSquare(
            int last,
            float[] source,
            int offset,
            int stride,
            float[] squares,
            float[] target,
            int targetOffset,
            int targetStride) {
        if (LANES == 16) {
            transpose16(last, source, offset, stride, target, targetOffset, targetStride);
            return;
        }
        int quarter = LANES / 4;
        for (int i = 0; i < quarter; i++) {
            int w = offset + min(i, last) * stride;
            int x = offset + min(i + quarter, last) * stride;
            int y = offset + min(i + 2 * quarter, last) * stride;
            int z = offset + min(i + 3 * quarter, last) * stride;
            if (LANES == 4) {
                interleave(source, w, x, y, z, target, targetOffset + 4 * i * targetStride, targetStride);
            } else {
                interleave(source, w, x, y, z, squares, 4 * i * LANES, LANES);
            }
        }
        if (LANES == 8) {
            for (int i = 0; i < LANES / 2; i++) {
                interleave(
                        squares, i * LANES, (i + 4) * LANES, target, targetOffset + 2 * i * targetStride, targetStride);
            }
        }
    }

    /** The four shuffles of 16 rows, in registers. */
    private static void transpose16(
            int last, float[] source, int offset, int stride, float[] target, int targetOffset, int targetStride) {
        // formatter-off
        IntVector lower = IntVector.fromArray(INTS, LOWER, 0), upper = IntVector.fromArray(INTS, UPPER, 0);
        IntVector a0  = fromArray(SPECIES, source, offset).reinterpretAsInts();
        IntVector a1  = fromArray(SPECIES, source, offset + min(1, last) * stride).reinterpretAsInts();
        IntVector a2  = fromArray(SPECIES, source, offset + min(2, last) * stride).reinterpretAsInts();
        IntVector a3  = fromArray(SPECIES, source, offset + min(3, last) * stride).reinterpretAsInts();
        IntVector a4  = fromArray(SPECIES, source, offset + min(4, last) * stride).reinterpretAsInts();
        IntVector a5  = fromArray(SPECIES, source, offset + min(5, last) * stride).reinterpretAsInts();
        IntVector a6  = fromArray(SPECIES, source, offset + min(6, last) * stride).reinterpretAsInts();
        IntVector a7  = fromArray(SPECIES, source, offset + min(7, last) * stride).reinterpretAsInts();
        IntVector a8  = fromArray(SPECIES, source, offset + min(8, last) * stride).reinterpretAsInts();
        IntVector a9  = fromArray(SPECIES, source, offset + min(9, last) * stride).reinterpretAsInts();
        IntVector a10 = fromArray(SPECIES, source, offset + min(10, last) * stride).reinterpretAsInts();
        IntVector a11 = fromArray(SPECIES, source, offset + min(11, last) * stride).reinterpretAsInts();
        IntVector a12 = fromArray(SPECIES, source, offset + min(12, last) * stride).reinterpretAsInts();
        IntVector a13 = fromArray(SPECIES, source, offset + min(13, last) * stride).reinterpretAsInts();
        IntVector a14 = fromArray(SPECIES, source, offset + min(14, last) * stride).reinterpretAsInts();
        IntVector a15 = fromArray(SPECIES, source, offset + min(15, last) * stride).reinterpretAsInts();
        IntVector b0  = lower.selectFrom(a0, a8), b1  = upper.selectFrom(a0, a8);
        IntVector b2  = lower.selectFrom(a1, a9), b3  = upper.selectFrom(a1, a9);
        IntVector b4  = lower.selectFrom(a2, a10), b5  = upper.selectFrom(a2, a10);
        IntVector b6  = lower.selectFrom(a3, a11), b7  = upper.selectFrom(a3, a11);
        IntVector b8  = lower.selectFrom(a4, a12), b9  = upper.selectFrom(a4, a12);
        IntVector b10 = lower.selectFrom(a5, a13), b11 = upper.selectFrom(a5, a13);
        IntVector b12 = lower.selectFrom(a6, a14), b13 = upper.selectFrom(a6, a14);
        IntVector b14 = lower.selectFrom(a7, a15), b15 = upper.selectFrom(a7, a15);
        IntVector c0  = lower.selectFrom(b0, b8), c1  = upper.selectFrom(b0, b8);
        IntVector c2  = lower.selectFrom(b1, b9), c3  = upper.selectFrom(b1, b9);
        IntVector c4  = lower.selectFrom(b2, b10), c5  = upper.selectFrom(b2, b10);
        IntVector c6  = lower.selectFrom(b3, b11), c7  = upper.selectFrom(b3, b11);
        IntVector c8  = lower.selectFrom(b4, b12), c9  = upper.selectFrom(b4, b12);
        IntVector c10 = lower.selectFrom(b5, b13), c11 = upper.selectFrom(b5, b13);
        IntVector c12 = lower.selectFrom(b6, b14), c13 = upper.selectFrom(b6, b14);
        IntVector c14 = lower.selectFrom(b7, b15), c15 = upper.selectFrom(b7, b15);
        IntVector d0  = lower.selectFrom(c0, c8), d1  = upper.selectFrom(c0, c8);
        IntVector d2  = lower.selectFrom(c1, c9), d3  = upper.selectFrom(c1, c9);
        IntVector d4  = lower.selectFrom(c2, c10), d5  = upper.selectFrom(c2, c10);
        IntVector d6  = lower.selectFrom(c3, c11), d7  = upper.selectFrom(c3, c11);
        IntVector d8  = lower.selectFrom(c4, c12), d9  = upper.selectFrom(c4, c12);
        IntVector d10 = lower.selectFrom(c5, c13), d11 = upper.selectFrom(c5, c13);
        IntVector d12 = lower.selectFrom(c6, c14), d13 = upper.selectFrom(c6, c14);
        IntVector d14 = lower.selectFrom(c7, c15), d15 = upper.selectFrom(c7, c15);
        lower.selectFrom(d0, d8).reinterpretAsFloats().intoArray(target, targetOffset +  0 * targetStride);
        upper.selectFrom(d0, d8).reinterpretAsFloats().intoArray(target, targetOffset +  1 * targetStride);
        lower.selectFrom(d1, d9).reinterpretAsFloats().intoArray(target, targetOffset +  2 * targetStride);
        upper.selectFrom(d1, d9).reinterpretAsFloats().intoArray(target, targetOffset +  3 * targetStride);
        lower.selectFrom(d2, d10).reinterpretAsFloats().intoArray(target, targetOffset +  4 * targetStride);
        upper.selectFrom(d2, d10).reinterpretAsFloats().intoArray(target, targetOffset +  5 * targetStride);
        lower.selectFrom(d3, d11).reinterpretAsFloats().intoArray(target, targetOffset +  6 * targetStride);
        upper.selectFrom(d3, d11).reinterpretAsFloats().intoArray(target, targetOffset +  7 * targetStride);
        lower.selectFrom(d4, d12).reinterpretAsFloats().intoArray(target, targetOffset +  8 * targetStride);
        upper.selectFrom(d4, d12).reinterpretAsFloats().intoArray(target, targetOffset +  9 * targetStride);
        lower.selectFrom(d5, d13).reinterpretAsFloats().intoArray(target, targetOffset + 10 * targetStride);
        upper.selectFrom(d5, d13).reinterpretAsFloats().intoArray(target, targetOffset + 11 * targetStride);
        lower.selectFrom(d6, d14).reinterpretAsFloats().intoArray(target, targetOffset + 12 * targetStride);
        upper.selectFrom(d6, d14).reinterpretAsFloats().intoArray(target, targetOffset + 13 * targetStride);
        lower.selectFrom(d7, d15).reinterpretAsFloats().intoArray(target, targetOffset + 14 * targetStride);
        upper.selectFrom(d7, d15).reinterpretAsFloats().intoArray(target, targetOffset + 15 * targetStride);
        // formatter-on
    }

    /**
     * x0 x1 .. and y0 y1 .. become x0 y0 x1 y1 .. in two rows. Spelled out, like the one below: C2 inlines the Vector
     * API's own methods always, but a helper on vectors only up to a limit of nodes, and boxes its vectors beyond.
     */
    private static void interleave(float[] source, int x, int y, float[] target, int to, int stride) {
        IntVector lower = IntVector.fromArray(INTS, LOWER, 0);
        IntVector upper = IntVector.fromArray(INTS, UPPER, 0);
        IntVector xs = fromArray(SPECIES, source, x).reinterpretAsInts();
        IntVector ys = fromArray(SPECIES, source, y).reinterpretAsInts();
        lower.selectFrom(xs, ys).reinterpretAsFloats().intoArray(target, to);
        upper.selectFrom(xs, ys).reinterpretAsFloats().intoArray(target, to + stride);
    }

    /** The same twice: w0 w1 .., x0 x1 .., y0 y1 .., z0 z1 .. become w0 x0 y0 z0 w1 x1 y1 z1 .. in four rows. */
    private static void interleave(float[] source, int w, int x, int y, int z, float[] target, int to, int stride) {
        IntVector lower = IntVector.fromArray(INTS, LOWER, 0);
        IntVector upper = IntVector.fromArray(INTS, UPPER, 0);
        IntVector ws = fromArray(SPECIES, source, w).reinterpretAsInts();
        IntVector xs = fromArray(SPECIES, source, x).reinterpretAsInts();
        IntVector ys = fromArray(SPECIES, source, y).reinterpretAsInts();
        IntVector zs = fromArray(SPECIES, source, z).reinterpretAsInts();
        IntVector lowerWY = lower.selectFrom(ws, ys);
        IntVector upperWY = upper.selectFrom(ws, ys);
        IntVector lowerXZ = lower.selectFrom(xs, zs);
        IntVector upperXZ = upper.selectFrom(xs, zs);
        lower.selectFrom(lowerWY, lowerXZ).reinterpretAsFloats().intoArray(target, to);
        upper.selectFrom(lowerWY, lowerXZ).reinterpretAsFloats().intoArray(target, to + stride);
        lower.selectFrom(upperWY, upperXZ).reinterpretAsFloats().intoArray(target, to + 2 * stride);
        upper.selectFrom(upperWY, upperXZ).reinterpretAsFloats().intoArray(target, to + 3 * stride);
    }
}
