package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;

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

    /** Rows of A this far apart, or a multiple of it, meet in one set of L1, which holds no 12 of them and B too. */
    private static final int CONFLICT = 1024;

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
        if (m > ROWS && (aRow == 1 ? n <= ROWS : n <= 4)) {
            narrow(
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
                ? aRow % CONFLICT == 0 && n > 2 * COLUMNS
                : (long) depth * aStep > BLOCKING.direct() && n > 2 * COLUMNS || n > 12 * COLUMNS;
        for (int j = 0; j < n; j += width) {
            int columns = Math.min(width, n - j);
            int p = 0;
            do {
                int steps = Math.min(depth, k - p);
                boolean load = accumulate || p > 0;
                float[] lastBias = p + steps == k ? bias : null;
                for (int i = 0; i < m; i += height) {
                    block(
                            Math.min(height, m - i),
                            columns,
                            steps,
                            packA,
                            packB,
                            i == 0,
                            a,
                            aOffset + i * aRow + p * aStep,
                            aRow,
                            aStep,
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

    /**
     * A C of few columns would leave most lanes empty. So its transpose is computed, Cᵀ = Bᵀ·Aᵀ: the same chains, as a·b
     * is b·a. It pays where Aᵀ is there already; to transpose A would take longer than the empty lanes.
     */
    private static void narrow(
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
        for (int j = 0; j < n; j++) {
            float last = bias == null ? -0f : bias[biasOffset + j]; // x + -0 is x, whatever its sign
            for (int i = 0; i < m; i++) {
                c[cOffset + j + i * ldc] = transposed[start + j * m + i] + last;
            }
        }
    }

    /** One block of A times one block of B, panel by panel. A panel of B is packed when the first block of A needs it. */
    private static void block(
            int m,
            int n,
            int k,
            boolean packA,
            boolean packB,
            boolean first,
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
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        float[] blockA = a;
        int start = aOffset;
        int row = aRow;
        int step = aStep;
        int tile = ROWS * aRow;
        if (packA && aStep == 1) {
            row = (k / LANES | 1) * LANES + LANES;
            tile = ROWS * row;
            start = 0;
            blockA = scratch.packedA(m * row);
            GemmPack.rows(m, k, a, aOffset, aRow, blockA, row);
        } else if (packA) {
            step = ROWS;
            tile = ROWS * k;
            start = 0;
            blockA = scratch.packedA(Math.ceilDiv(m, ROWS) * tile + LANES);
            GemmPack.strips(k, m, ROWS, a, aOffset, aStep, blockA);
        }
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            float[] panel = b;
            int panelOffset = bOffset + j * bColumn;
            int panelStep = bStep;
            // lanes beyond the last column may hold anything, if only there is something
            if (packB || panelOffset + (k - 1) * bStep + lanes(columns) > b.length) {
                panelOffset = packB ? j * k : 0;
                panelStep = COLUMNS;
                panel = scratch.packedB(packB ? GemmPack.room(n, k) : GemmPack.room(1, k));
                if (first) {
                    packPanel(k, columns, b, bOffset + j * bColumn, bStep, bColumn, scratch, panel, panelOffset);
                }
            }
            panel(
                    m,
                    columns,
                    k,
                    blockA,
                    start,
                    row,
                    step,
                    tile,
                    panel,
                    panelOffset,
                    panelStep,
                    bias,
                    biasOffset + j,
                    scratch,
                    load,
                    c,
                    cOffset + j,
                    ldc);
        }
    }

    private static void packPanel(
            int k,
            int columns,
            float[] b,
            int bOffset,
            int bStep,
            int bColumn,
            GemmScratch scratch,
            float[] panel,
            int panelOffset) {
        if (bColumn == 1) {
            GemmPack.pad(k, columns, b, bOffset, bStep, panel, panelOffset);
        } else {
            GemmPack.transpose(k, columns, b, bOffset, bColumn, scratch.squares, panel, panelOffset);
        }
    }

    /** Returns how many lanes a tile takes for so many columns. */
    private static int lanes(int columns) {
        return columns > LANES ? COLUMNS : LANES;
    }

    /**
     * A block of A times one panel of B, tile by tile. Where the tile is wider than C it goes through a buffer, unless its
     * rows end in rows of C that are stored after it.
     */
    private static void panel(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            int aTile,
            float[] b,
            int bOffset,
            int bStep,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            boolean load,
            float[] c,
            int cOffset,
            int ldc) {
        boolean whole = lanes(n) == n;
        int end = whole ? Integer.MAX_VALUE : ldc == n && !load && aStep == 1 ? cOffset + m * n : 0;
        float[] biasRow = bias;
        int biasStart = biasOffset;
        if (bias != null && !whole) {
            biasRow = scratch.bias;
            biasStart = 0;
            System.arraycopy(bias, biasOffset, biasRow, 0, n);
        }
        int at = aOffset;
        for (int i = 0; i < m; i += ROWS, at += aTile) {
            int rows = Math.min(ROWS, m - i);
            int ci = cOffset + i * ldc;
            if (ci + (rows - 1) * ldc + lanes(n) <= end) {
                tile(rows, n, k, a, at, aRow, aStep, b, bOffset, bStep, biasRow, biasStart, load, c, ci, ldc);
            } else {
                float[] edge = scratch.tile;
                if (load) {
                    GemmPack.pad(rows, n, c, ci, ldc, edge, 0);
                }
                tile(rows, n, k, a, at, aRow, aStep, b, bOffset, bStep, biasRow, biasStart, load, edge, 0, COLUMNS);
                GemmPack.unpad(rows, n, edge, c, ci, ldc);
            }
        }
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
        boolean across = !along && aOffset + (k - 1) * aStep + ROWS <= a.length;
        if (columns > LANES) {
            tile2(
                    along,
                    across,
                    rows,
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
        } else if (rows <= 4) {
            GemmTile12.tile4x1(
                    rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else if (ROWS == 6) {
            if (across) {
                GemmTile6.tile6x1Transposed(
                        rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
            } else {
                GemmTile6.tile6x1(
                        rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
            }
        } else if (across) {
            GemmTile12.tile12x1Transposed(
                    rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        } else {
            GemmTile12.tile12x1(
                    rows, k, a, aOffset, aRow, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
        }
    }

    private static void tile2(
            boolean along,
            boolean across,
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
            if (ROWS == 6) {
                GemmTile6.tile6x2(
                        rows, k, a, aOffset, aRow, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
            } else {
                GemmTile12.tile12x2(
                        rows, k, a, aOffset, aRow, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
            }
        } else if (across) {
            if (ROWS == 6) {
                GemmTile6.tile6x2Transposed(
                        rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
            } else {
                GemmTile12.tile12x2Transposed(
                        rows, k, a, aOffset, aStep, b, bOffset, bStep, bias, biasOffset, load, c, cOffset, ldc);
            }
        } else { // the array ends short of a tile's rows
            int first = ROWS == 6 ? 4 : 8;
            tile2(
                    false,
                    false,
                    first,
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
            tile2(
                    false,
                    false,
                    rows - first,
                    k,
                    a,
                    aOffset + first,
                    aRow,
                    aStep,
                    b,
                    bOffset,
                    bStep,
                    bias,
                    biasOffset,
                    load,
                    c,
                    cOffset + first * ldc,
                    ldc);
        }
    }
}
