package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static java.lang.Math.ceilDiv;

/**
 * The matrix product on vectors: the loops around the tiles, which see to it that what a tile reads is near. {@link Gemm}
 * has the picture.
 */
final class GemmVector {
    /** The height of the tile: 12 where the processor has 32 vector registers, else 6. */
    static final int ROWS = LANES == 16 || System.getProperty("os.arch").equals("aarch64") ? 12 : 6;

    /** The width of the tile: two vectors. */
    static final int COLUMNS = 2 * LANES;

    private static final Blocking BLOCKING = Blocking.DEFAULT;

    /** From so many steps on {@link GemmTile12Pairs} pays, by the tile's vectors. */
    private static final int PAIRS_OF_ONE = 16;

    private static final int PAIRS_OF_TWO = 64;

    /** The same for an odd number: the last step, which loads C and stores it again, takes as long as some seven others. */
    private static final int ODD_PAIRS = 128;

    /** For so many columns of C it pays to transpose the strips of an A that lies row by row. */
    private static final int WIDE = 256;

    private GemmVector() {}

    /** Whether so many fma are worth the calls down to a tile, which take as long as some 60 of the plain loop's. */
    static boolean pays(int m, int n, int k) {
        return (long) m * n * k > 64;
    }

    /** The same where B must be transposed first: not for a handful of chains, nor for one short row. */
    static boolean paysTransposed(int m, int n, int k) {
        return (long) m * n > 4 && (long) m * n * k > 192 && (m > 1 || k > LANES);
    }

    /**
     * C = A·B or C += A·B, plus the bias: element (i, p) of A is at {@code aOffset + i * aRow + p * aStep}, element (p, j)
     * of B at {@code bOffset + p * bStep + j * bColumn}, with one of the two distances 1 in either.
     */
    static void multiply(
            int m,
            int n,
            int k,
            boolean accumulate,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int bStep,
            int bColumn,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            float[] c,
            int cOffset,
            int ldc) {
        if (m == 0 || n == 0) {
            return;
        }
        boolean narrow = m > ROWS && n <= (aRow == 1 ? ROWS : 4);
        boolean flat = bColumn != 1 && m >= COLUMNS && 2L * m * (k + n) <= (long) n * k && bias == null;
        if (narrow || flat) {
            swapped(
                    m,
                    n,
                    k,
                    accumulate,
                    a,
                    aOffset,
                    aRow,
                    aStep,
                    b,
                    bOffset,
                    bStep,
                    bColumn,
                    bias,
                    biasOffset,
                    scratch,
                    c,
                    cOffset,
                    ldc);
            return;
        }
        int depth = BLOCKING.depth(k);
        int height = BLOCKING.height(m, depth, ROWS);
        int width = BLOCKING.width(n, depth, COLUMNS);
        boolean packB = bColumn != 1 || m > 4 * ROWS && (long) depth * bStep > BLOCKING.direct();
        boolean packA = aStep == 1
                ? n >= WIDE
                : (long) depth * aStep > BLOCKING.direct() && n > 2 * COLUMNS || n > 12 * COLUMNS;
        for (int i = 0; i < m; i += height) {
            int rows = Math.min(height, m - i);
            int p = 0;
            do {
                int steps = Math.min(depth, k - p);
                boolean load = accumulate || p > 0;
                float[] lastBias = p + steps == k ? bias : null;
                float[] blockA = a;
                int start = aOffset + i * aRow + p * aStep;
                int row = aRow;
                int step = aStep;
                int strip = ROWS * aRow;
                if (packA) {
                    row = 1;
                    step = GemmPack.STRIP;
                    strip = GemmPack.strip(steps);
                    blockA = packA(rows, steps, a, start, aRow, aStep, scratch);
                    start = 0;
                }
                for (int j = 0; j < n; j += width) {
                    block(
                            rows,
                            Math.min(width, n - j),
                            steps,
                            packB,
                            blockA,
                            start,
                            row,
                            step,
                            strip,
                            b,
                            bOffset + p * bStep + j * bColumn,
                            bStep,
                            bColumn,
                            lastBias,
                            biasOffset + j,
                            scratch,
                            load,
                            c,
                            cOffset + i * ldc + j,
                            ldc);
                }
                p += steps;
            } while (p < k);
        }
    }

    private static float[] packA(int m, int k, float[] a, int aOffset, int aRow, int aStep, GemmScratch scratch) {
        float[] packed = scratch.packedA(Math.ceilDiv(m, ROWS) * GemmPack.strip(k) + LANES * GemmPack.STRIP);
        if (aStep == 1) {
            GemmPack.transposedStrips(k, m, a, aOffset, aRow, scratch.squares, packed);
        } else {
            GemmPack.strips(k, m, a, aOffset, aStep, packed);
        }
        return packed;
    }

    /**
     * Computes Cᵀ = Bᵀ·Aᵀ, the same chains, as a·b is b·a. That pays for a narrow C, whose few columns would leave most lanes
     * empty, if Aᵀ is there already (to transpose A would take longer than the empty lanes); and for a flat C, where to
     * transpose A, and Cᵀ in the end, moves at most half as many elements as to transpose B.
     */
    private static void swapped(
            int m,
            int n,
            int k,
            boolean accumulate,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int bStep,
            int bColumn,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            float[] c,
            int cOffset,
            int ldc) {
        boolean vector = ldc == 1; // C is its own transpose
        float[] transposed = vector ? c : scratch.transposed(n * m);
        int start = vector ? cOffset : 0;
        if (accumulate && !vector) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < m; i++) {
                    transposed[j * m + i] = c[cOffset + j + i * ldc];
                }
            }
        }
        multiply(
                n,
                m,
                k,
                accumulate,
                b,
                bOffset,
                bColumn,
                bStep,
                a,
                aOffset,
                aStep,
                aRow,
                null,
                0,
                scratch,
                transposed,
                start,
                m);
        if (vector && bias == null) {
            return;
        }
        int across = bias == null && n > LANES ? n - n % LANES : 0;
        if (across > 0) {
            GemmPack.transpose(m, across, transposed, start, m, scratch.squares, c, cOffset, ldc);
        }
        int done = 0;
        if (bias == null && ldc == n && n > 4 && n <= LANES) {
            done = (m - ceilDiv(LANES, n)) / LANES * LANES; // their vectors end within C
            GemmPack.transpose(done, n, transposed, start, m, scratch.squares, c, cOffset, n);
        }
        for (int j = across; j < n; j++) {
            float last = bias == null ? -0f : bias[biasOffset + j]; // x + -0 is x, whatever its sign
            for (int i = done; i < m; i++) {
                c[cOffset + j + i * ldc] = transposed[start + j * m + i] + last;
            }
        }
    }

    /** A times one block of B, strip by strip: the block stays in L2 while the strips pass. */
    private static void block(
            int m,
            int n,
            int k,
            boolean packB,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            int aStrip,
            float[] b,
            int bOffset,
            int bStep,
            int bColumn,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        int whole = n - n % COLUMNS;
        int rest = n - whole;
        float[] blockB = b;
        int start = bOffset;
        int step = bStep;
        int panel = COLUMNS;
        float[] last = b;
        int lastStart = bOffset + whole;
        int lastStep = bStep;
        int inside = k; // of the last panel's steps, those whose lanes lie within the array
        float[] beyond = b;
        if (packB) {
            blockB = scratch.packedB(GemmPack.room(n, k));
            start = GemmPack.ALIGNED;
            step = COLUMNS;
            panel = k * COLUMNS;
            if (bColumn == 1) {
                GemmPack.panels(k, n, b, bOffset, bStep, blockB);
            } else {
                GemmPack.transposedPanels(k, n, b, bOffset, bColumn, scratch.squares, blockB);
            }
            last = blockB;
            lastStart = start + whole * k;
            lastStep = step;
        } else if (rest > 0 && lastStart + (k - 1) * bStep + lanes(rest) > b.length) {
            // lanes beyond the last column may hold anything, if only there is something: the last rows are copied, or
            // all where they are few, which costs less than another tile a strip
            int room = b.length - lastStart - lanes(rest);
            inside = room < 0 || k < 64 * ceilDiv(m, ROWS) ? 0 : room / bStep + 1;
            beyond = scratch.packedB(GemmPack.room(1, k - inside));
            GemmPack.panels(k - inside, rest, b, lastStart + inside * bStep, bStep, beyond);
        }
        float[] lastBias = bias;
        int lastBiasStart = biasOffset + whole;
        if (bias != null && lanes(rest) != rest) {
            lastBias = scratch.bias;
            System.arraycopy(bias, lastBiasStart, lastBias, 0, rest);
            lastBiasStart = 0;
        }
        // where the last panel's tile is wider than C its rows end in rows of C that are stored after it, or go through
        // a buffer
        int end = lanes(rest) == rest ? Integer.MAX_VALUE : ldc == rest && !load && aStep == 1 ? cOffset + m * n : 0;
        int at = aOffset;
        for (int i = 0; i < m; i += ROWS, at += aStrip) {
            int rows = Math.min(ROWS, m - i);
            int ci = cOffset + i * ldc;
            for (int j = 0, bj = start; j < whole; j += COLUMNS, bj += panel) {
                tile(
                        rows,
                        COLUMNS,
                        k,
                        a,
                        at,
                        aRow,
                        aStep,
                        blockB,
                        bj,
                        step,
                        bias,
                        biasOffset + j,
                        load,
                        c,
                        ci + j,
                        ldc);
            }
            if (rest == 0) {
                continue;
            }
            ci += whole;
            boolean direct = ci + (rows - 1) * ldc + lanes(rest) <= end;
            float[] target = direct ? c : scratch.tile;
            int to = direct ? ci : 0;
            int distance = direct ? ldc : COLUMNS;
            if (!direct && load) {
                GemmPack.pad(rows, rest, c, ci, ldc, target, 0);
            }
            if (inside > 0) {
                tile(
                        rows,
                        rest,
                        inside,
                        a,
                        at,
                        aRow,
                        aStep,
                        last,
                        lastStart,
                        lastStep,
                        inside == k ? lastBias : null,
                        lastBiasStart,
                        load,
                        target,
                        to,
                        distance);
            }
            if (inside < k) {
                tile(
                        rows,
                        rest,
                        k - inside,
                        a,
                        at + inside * aStep,
                        aRow,
                        aStep,
                        beyond,
                        GemmPack.ALIGNED,
                        COLUMNS,
                        lastBias,
                        lastBiasStart,
                        load || inside > 0,
                        target,
                        to,
                        distance);
            }
            if (!direct) {
                GemmPack.unpad(rows, rest, target, c, ci, ldc);
            }
        }
    }

    /** Returns how many lanes a tile takes for so many columns. */
    private static int lanes(int columns) {
        return columns > LANES ? COLUMNS : columns > 0 ? LANES : 0;
    }

    /**
     * The smallest tile that holds these rows and columns. Where A's rows lie side by side ({@code aRow} is 1, else
     * {@code aStep} is) there is a tile that knows it, which saves C2 a check of bounds per row and step; it needs all its
     * rows.
     */
    private static void tile(
            int rows,
            int columns,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int bStep,
            float[] bias,
            int biasOffset,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        boolean along = aStep == 1;
        boolean any = rows <= 4 || ROWS == 12 && rows <= 8 && columns > LANES; // the tiles for any distances
        if (!along && !any && aOffset + (k - 1) * aStep + ROWS > a.length) {
            shortTile(
                    rows,
                    columns,
                    k,
                    a,
                    aOffset,
                    aRow,
                    aStep,
                    b,
                    bOffset,
                    bStep,
                    bias,
                    biasOffset,
                    load,
                    c,
                    cOffset,
                    ldc);
        } else if (ROWS == 12 && along && !any) {
            alongTile(columns, rows, k, a, aOffset, aRow, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (columns > LANES) {
            tile2(along, rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else {
            tile1(along, rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        }
    }

    /**
     * The array ends short of the rows of a tile that lie side by side. All steps but the last few have room; for those the
     * rows are halved, since smaller tiles take any distances.
     */
    private static void shortTile(
            int rows,
            int columns,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int bStep,
            float[] bias,
            int biasOffset,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        int roomy = a.length - aOffset < ROWS ? 0 : (a.length - aOffset - ROWS) / aStep + 1;
        if (roomy > 0) {
            tile(rows, columns, roomy, a, aOffset, aRow, aStep, b, bOffset, bStep, null, 0, load, c, cOffset, ldc);
        }
        int ap = aOffset + roomy * aStep;
        int bp = bOffset + roomy * bStep;
        boolean more = load || roomy > 0;
        int upper = ROWS == 12 && columns > LANES ? 8 : 4;
        for (int i = 0; i < rows; i += upper) {
            tile(
                    Math.min(upper, rows - i),
                    columns,
                    k - roomy,
                    a,
                    ap + i * aRow,
                    aRow,
                    aStep,
                    b,
                    bp,
                    bStep,
                    bias,
                    biasOffset,
                    more,
                    c,
                    cOffset + i * ldc,
                    ldc);
        }
    }

    /** A tile of 12 rows of A that lie each by itself: by pairs of steps if there are many, and what is left one by one. */
    private static void alongTile(
            int columns,
            int rows,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            float[] b,
            int bOffset,
            int bStep,
            float[] bias,
            int biasOffset,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        int least = k % 2 != 0 ? ODD_PAIRS : columns > LANES ? PAIRS_OF_TWO : PAIRS_OF_ONE;
        int even = k < least ? 0 : k & -2;
        if (even > 0) {
            float[] last = even == k ? bias : null;
            if (columns > LANES) {
                GemmTile12Pairs.tile12x2(
                        rows, even, a, aOffset, aRow, b, bOffset, bStep, last, biasOffset, load, c, cOffset, ldc);
            } else {
                GemmTile12Pairs.tile12x1(
                        rows, even, a, aOffset, aRow, b, bOffset, bStep, last, biasOffset, load, c, cOffset, ldc);
            }
            if (even == k) {
                return;
            }
        }
        int ap = aOffset + even;
        int bp = bOffset + even * bStep;
        boolean more = load || even > 0;
        if (columns > LANES) {
            GemmTile12.tile12x2(rows, k - even, a, ap, aRow, b, bp, bStep, bias, biasOffset, more, c, cOffset, ldc);
        } else {
            GemmTile12.tile12x1(rows, k - even, a, ap, aRow, b, bp, bStep, bias, biasOffset, more, c, cOffset, ldc);
        }
    }

    /** A tile of two vectors' width. */
    private static void tile2(
            boolean along,
            int rows,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int bStep,
            float[] bias,
            int biasOffset,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        if (rows <= 4) {
            GemmTile12.tile4x2(
                    rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (ROWS == 12 && rows <= 8) {
            GemmTile12.tile8x2(
                    rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (along) {
            GemmTile6.tile6x2(rows, k, a, aOffset, aRow, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (ROWS == 6) {
            GemmTile6.tile6x2Transposed(
                    rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (aStep == GemmPack.STRIP) {
            GemmTile12Pairs.tile12x2Packed(
                    rows, k, a, aOffset, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else {
            GemmTile12Pairs.tile12x2Transposed(
                    rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        }
    }

    /** A tile of one vector's width. */
    private static void tile1(
            boolean along,
            int rows,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int bStep,
            float[] bias,
            int biasOffset,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        if (rows <= 4) {
            GemmTile12.tile4x1(
                    rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (along) {
            GemmTile6.tile6x1(rows, k, a, aOffset, aRow, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (ROWS == 6) {
            GemmTile6.tile6x1Transposed(
                    rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else {
            GemmTile12.tile12x1Transposed(
                    rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        }
    }
}
