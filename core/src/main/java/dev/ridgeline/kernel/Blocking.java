package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;

/**
 * How {@link GemmVector} cuts a product into blocks that fit the caches. All sizes are in floats; the numbers of {@link
 * #DEFAULT} follow from 1 MB of L2 per core or more, and are mild on larger caches.
 *
 * @param depth the longest block of k. While a tile runs it reads a panel of B (two vectors wide) and a strip of A, and at
 *     the end it reads C (unless it is the first block of k) and writes it. A deep block makes C rare: at 1152 the 24 loads
 *     of C, which come from far away, cost 2 % of the tile's 13,824 cycles; at 256 they cost 8 %. And a k just above 1024
 *     stays whole. The panel (144 KB at 512 bits) need not fit L1: the tile reads 176 bytes in 12 cycles, and L2 delivers
 *     more.
 * @param blockA the floats of a block of A, at most. It passes by from L3 or memory, strip by strip: only its buffer sets a
 *     bound, and B is packed anew for each block.
 * @param blockB the floats of a block of B, at most: three quarters of L2, for the strips of A and C pass through the rest
 * @param direct up to this size an operand is read where it lies. Then it stays in L2, more or less, and packing would cost
 *     more than it gains. Half a vector's width uses half of each line it brings to L1: then packing pays sooner.
 */
record Blocking(int depth, int blockA, int blockB, int direct) {
    static final Blocking DEFAULT = new Blocking(1152, 4 << 20, 192 << 10, LANES == 16 ? 160 << 10 : 16 << 10);

    Blocking {
        if (depth < 1 || blockA < depth || blockB < depth || direct < 0) {
            throw new IllegalArgumentException(
                    "no blocking: depth " + depth + ", blockA " + blockA + ", blockB " + blockB + ", direct " + direct);
        }
    }

    /** Returns the length of k's blocks: as few as possible, of equal size. */
    int depth(int k) {
        int blocks = Math.max(1, Math.ceilDiv(k, depth));
        return Math.ceilDiv(k, blocks);
    }

    /** Returns the rows of A's blocks, a multiple of {@code rows}: as few blocks as possible, of equal size. */
    int height(int m, int depth, int rows) {
        return even(m, blockA / Math.max(depth, 1), rows);
    }

    /** Returns the columns of B's blocks, a multiple of {@code columns}: as few blocks as possible, of equal size. */
    int width(int n, int depth, int columns) {
        return even(n, blockB / Math.max(depth, 1), columns);
    }

    private static int even(int size, int most, int tile) {
        int tiles = Math.ceilDiv(size, tile);
        int blocks = Math.ceilDiv(tiles, Math.max(1, most / tile));
        return Math.ceilDiv(tiles, blocks) * tile;
    }
}
