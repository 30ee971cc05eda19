package dev.ridgeline.kernel;

import java.util.Objects;

/**
 * Matrix products C = A·B and C += A·B over row-major {@code float[]}, with A or B transposed where it is stored so.
 *
 * <p>Every element of C is one chain of fma over ascending p, started at +0 or, to accumulate, at C: {@code c =
 * fma(a[i,p], b[p,j], c)}. The bias, if there is one, is added last. So the result equals the naive triple loop bit for
 * bit on every machine, whatever the tile, the blocks and the split of C among threads. Without {@code accumulate} C is
 * never read, it may hold NaN. With k = 0 the chain is empty: C is +0 (or unchanged) plus the bias.
 *
 * <p>A matrix is given as (array, offset, leading dimension): row r starts at {@code offset + r * ld}. C may not
 * overlap A, B or the bias; that is not checked. A call runs on the caller's thread. Threads may share the work by rows
 * and columns of C, best at multiples of {@link #rowTile()} and {@link #columnTile()}.
 *
 * <h2>How it is computed</h2>
 *
 * <p>A tile of C, 12 rows by two vectors (6 rows on processors with 16 vector registers), stays in registers while it
 * runs along a block of k: 24 chains, enough to keep two fma units busy in spite of their latency. Around it run the
 * loops of BLIS (Van Zee and van de Geijn, 2015), whose lengths are in {@link Blocking}:
 *
 * <pre>
 * for each block of A's rows             4 M floats, for the buffer's sake
 *   for each block of k                  so long that C is seldom loaded and stored
 *     for each block of B's columns      that stays in L2 while A passes by
 *       for each strip of A              12 rows, kept near by the next loop
 *         for each panel of B            two vectors wide
 *           tile                         c[12][2] = fma(a[i, p], b[p, 2 vectors], c) for each p
 * </pre>
 *
 * <p>What comes from afar is a strip of A, 48 bytes in the 12 cycles of a step, well below what L3 delivers to one core; with
 * the loops over panels and strips the other way round it would be a panel of B, 128 bytes. That took 4 to 8 % longer at 512
 * x 512 x 512, and between 1 % less and 4 % longer at 1024 x 1024 x 1024, as measured.
 *
 * <p>The tile takes whole vectors of B along a row and single elements of A anywhere. So NN and TN need no packing at
 * all while the operands stay in L2. Packing pays where rows are far apart and many tiles read them, and always for the
 * B of NT, whose rows must become columns:
 *
 * <pre>
 *   B (NN, TN)                packed B             B (NT)            A of TN            packed A
 *   ............+----+...     +----+ panel 0       ............      ...+--------+..    +--------+ strip 0
 *   ............|p = 0...     +----+               +----------+      ...|p = 0   |..    |p = 0   | 12 wide
 *   ............|p = 1...     |p = 0 panel 1       |p = 0 1 2 | 32   ...|p = 1   |..    |p = 1   |
 *   ............|    |...     |p = 1               |          | rows ...|        |..    +--------+
 *   ............+----+...     +----+               +----------+      ...+--------+..    |  ..    | strip 1
 * </pre>
 *
 * <p>The A of NN and NT lies row by row. The tile reads it so at the price of an address for each of the 12 rows; its strips
 * are transposed where C is so wide that the shuffles cost less. A last strip with fewer rows takes a lower tile.
 *
 * <p>There are two tiles of full height: one for an A whose steps along p lie side by side (NN, NT), one for an A whose
 * rows do (TN, and packed strips). A tile that took any two distances made C2 check the bounds of each of the 12 elements
 * of A in each step, which cost up to 12 %.
 *
 * <p>With 32 vector registers the tiles take two steps of p at a time, and the last one of an odd k alone: two steps share
 * the addresses and the checks of bounds, which take their turns at the ports of the fma units. That made products 4 to
 * 14 % faster, and those as wide as one vector 20 to 25 %. Packed strips have a third tile, which knows their distance: a
 * further 4 to 7 %.
 *
 * <p>Where C has fewer columns than vectors, the tile reads over the end of B's rows, if the array goes on, and what it
 * writes over the end of a row of C is overwritten by the next row. Only the last rows go through a buffer, and B is
 * copied only where it ends. A C of few columns would leave most lanes empty: with at most four columns, or up
 * to twelve if A is transposed already, Cᵀ = Bᵀ·Aᵀ is computed instead (the same chains, as a·b is b·a); so it is
 * for NT where C has few rows, since to transpose A and C moves less than to transpose B. Squares of B
 * or A are transposed in registers: four perfect shuffles of 16 rows.
 *
 * <h2>How the blocks follow from the caches</h2>
 *
 * <p>The tile does 24 fma in 12 cycles and reads 176 bytes meanwhile, 128 of them from the panel of B, so the panel may
 * come from L2 (64 bytes a cycle at best). A block of k is at most 1,152 long: then the 24 loads of C that start the next
 * block cost 2 % of the tile's 13,824 cycles. A block of B takes three quarters of an L2 of 1 MB, 192 K floats. Up to 160 K
 * floats an operand is read where it lies: it stays in L2 more or less, and packing costs a pass over it.
 *
 * <h2>What it reaches</h2>
 *
 * <p>Fraction of one core's peak (two fma of 16 floats per cycle; 218 GFLOP/s as measured before and after) on a virtual
 * Xeon of 2024 with 512-bit vectors, and behind it the time of OpenBLAS 0.3.31 (AVX-512 kernels, called through NumPy) over
 * this one. M x K x N, medians of runs that took turns:
 *
 * <pre>
 *                     NN          TN          NT
 * 1024 x 1024 x 1024  .73  1.02   .72  1.06   .73  1.03
 *  256 x  256 x  256  .74  1.10   .72  1.05   .74  1.18
 *  112 x  512 x  256  .75  1.18   .72  1.16   .65  1.20
 *  128 x  784 x  128  .72  1.16   .74  1.19   .68  1.26
 *   32 x  784 x  128  .67  1.46   .69  1.51   .67  2.01    computed transposed
 *  128 x  128 x   64  .72  1.36   .74  1.30   .66  1.33
 *  128 x   64 x   32  .68  1.13   .74  1.22   .65  1.64
 *  128 x    4 x   64  .29  1.34   .37  1.60   .24  1.64    as many stores as fma
 *  128 x   64 x   10  .32  1.18   .46  1.06   .32  1.91    10 of 16 lanes in use, but for TN
 *  128 x   32 x    3  .11  1.06   .17  1.18   .11  1.01    computed transposed
 * </pre>
 */
public final class Gemm {
    private Gemm() {}

    /**
     * C = A·B or C += A·B, plus the bias: A is m x k, B is k x n, C is m x n and modified.
     *
     * @param m the rows of A and C
     * @param n the columns of B and C
     * @param k the columns of A and rows of B
     * @param accumulate whether A·B is added to C
     * @param a the array of A
     * @param aOffset where A starts
     * @param lda the distance of A's rows, at least k
     * @param b the array of B
     * @param bOffset where B starts
     * @param ldb the distance of B's rows, at least n
     * @param bias n elements added to every row of C, or null
     * @param biasOffset where the bias starts
     * @param scratch the calling thread's buffers
     * @param c the array of C
     * @param cOffset where C starts
     * @param ldc the distance of C's rows, at least n
     * @throws IllegalArgumentException if a size is negative or a leading dimension too small
     * @throws IndexOutOfBoundsException if a matrix or the bias does not fit into its array
     */
    public static void nn(
            int m,
            int n,
            int k,
            boolean accumulate,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            float[] c,
            int cOffset,
            int ldc) {
        checkSizes(m, n, k);
        checkMatrix("A", m, k, a, aOffset, lda);
        checkMatrix("B", k, n, b, bOffset, ldb);
        checkRest(m, n, bias, biasOffset, scratch, c, cOffset, ldc);
        if (Kernels.vectorAfter(2L * m * n * k) && GemmVector.pays(m, n, k)) {
            GemmVector.multiply(
                    m,
                    n,
                    k,
                    accumulate,
                    a,
                    aOffset,
                    lda,
                    1,
                    b,
                    bOffset,
                    ldb,
                    1,
                    bias,
                    biasOffset,
                    scratch,
                    c,
                    cOffset,
                    ldc);
        } else {
            dev.ridgeline.kernel.reference.Gemm.nn(
                    m, n, k, accumulate, a, aOffset, lda, b, bOffset, ldb, bias, biasOffset, c, cOffset, ldc);
        }
    }

    /**
     * C = Aᵀ·B or C += Aᵀ·B, plus the bias: A is k x m, B is k x n, C is m x n and modified. With A = X and B = dY this
     * is the gradient of a dense layer's kernel.
     *
     * @param m the columns of A and rows of C
     * @param n the columns of B and C
     * @param k the rows of A and B
     * @param accumulate whether Aᵀ·B is added to C
     * @param a the array of A
     * @param aOffset where A starts
     * @param lda the distance of A's rows, at least m
     * @param b the array of B
     * @param bOffset where B starts
     * @param ldb the distance of B's rows, at least n
     * @param bias n elements added to every row of C, or null
     * @param biasOffset where the bias starts
     * @param scratch the calling thread's buffers
     * @param c the array of C
     * @param cOffset where C starts
     * @param ldc the distance of C's rows, at least n
     * @throws IllegalArgumentException if a size is negative or a leading dimension too small
     * @throws IndexOutOfBoundsException if a matrix or the bias does not fit into its array
     */
    public static void tn(
            int m,
            int n,
            int k,
            boolean accumulate,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            float[] c,
            int cOffset,
            int ldc) {
        checkSizes(m, n, k);
        checkMatrix("A", k, m, a, aOffset, lda);
        checkMatrix("B", k, n, b, bOffset, ldb);
        checkRest(m, n, bias, biasOffset, scratch, c, cOffset, ldc);
        if (Kernels.vectorAfter(2L * m * n * k) && GemmVector.pays(m, n, k)) {
            GemmVector.multiply(
                    m,
                    n,
                    k,
                    accumulate,
                    a,
                    aOffset,
                    1,
                    lda,
                    b,
                    bOffset,
                    ldb,
                    1,
                    bias,
                    biasOffset,
                    scratch,
                    c,
                    cOffset,
                    ldc);
        } else {
            dev.ridgeline.kernel.reference.Gemm.tn(
                    m, n, k, accumulate, a, aOffset, lda, b, bOffset, ldb, bias, biasOffset, c, cOffset, ldc);
        }
    }

    /**
     * C = A·Bᵀ or C += A·Bᵀ, plus the bias: A is m x k, B is n x k, C is m x n and modified. With A = dY and B = W this
     * is the gradient of a dense layer's input.
     *
     * @param m the rows of A and C
     * @param n the rows of B and columns of C
     * @param k the columns of A and B
     * @param accumulate whether A·Bᵀ is added to C
     * @param a the array of A
     * @param aOffset where A starts
     * @param lda the distance of A's rows, at least k
     * @param b the array of B
     * @param bOffset where B starts
     * @param ldb the distance of B's rows, at least k
     * @param bias n elements added to every row of C, or null
     * @param biasOffset where the bias starts
     * @param scratch the calling thread's buffers
     * @param c the array of C
     * @param cOffset where C starts
     * @param ldc the distance of C's rows, at least n
     * @throws IllegalArgumentException if a size is negative or a leading dimension too small
     * @throws IndexOutOfBoundsException if a matrix or the bias does not fit into its array
     */
    public static void nt(
            int m,
            int n,
            int k,
            boolean accumulate,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float[] bias,
            int biasOffset,
            GemmScratch scratch,
            float[] c,
            int cOffset,
            int ldc) {
        checkSizes(m, n, k);
        checkMatrix("A", m, k, a, aOffset, lda);
        checkMatrix("B", n, k, b, bOffset, ldb);
        checkRest(m, n, bias, biasOffset, scratch, c, cOffset, ldc);
        if (Kernels.vectorAfter(2L * m * n * k) && GemmVector.paysTransposed(m, n, k)) {
            GemmVector.multiply(
                    m,
                    n,
                    k,
                    accumulate,
                    a,
                    aOffset,
                    lda,
                    1,
                    b,
                    bOffset,
                    1,
                    ldb,
                    bias,
                    biasOffset,
                    scratch,
                    c,
                    cOffset,
                    ldc);
        } else {
            dev.ridgeline.kernel.reference.Gemm.nt(
                    m, n, k, accumulate, a, aOffset, lda, b, bOffset, ldb, bias, biasOffset, c, cOffset, ldc);
        }
    }

    /**
     * Returns the height of the tile: work is best split among threads at its multiples.
     *
     * @return rows of C
     */
    public static int rowTile() {
        return Kernels.VECTOR ? GemmVector.ROWS : 1;
    }

    /**
     * Returns the width of the tile: work is best split among threads at its multiples.
     *
     * @return columns of C
     */
    public static int columnTile() {
        return Kernels.VECTOR ? GemmVector.COLUMNS : 1;
    }

    private static void checkSizes(int m, int n, int k) {
        if ((m | n | k) < 0) {
            throw new IllegalArgumentException("m = " + m + ", n = " + n + ", k = " + k + ": no size may be negative");
        }
    }

    private static void checkRest(
            int m, int n, float[] bias, int biasOffset, GemmScratch scratch, float[] c, int cOffset, int ldc) {
        checkMatrix("C", m, n, c, cOffset, ldc);
        if (bias != null) {
            checkMatrix("bias", 1, n, bias, biasOffset, n);
        }
        Objects.requireNonNull(scratch, "scratch");
    }

    private static void checkMatrix(String name, int rows, int columns, float[] array, int offset, int ld) {
        if (ld < columns) {
            throw new IllegalArgumentException(name + ": leading dimension " + ld + " is less than its " + columns
                    + " columns; give the distance of its rows");
        }
        long end = rows == 0 || columns == 0 ? offset : offset + (rows - 1L) * ld + columns;
        if (offset < 0 || end > array.length) {
            throw new IndexOutOfBoundsException(name + ": " + rows + " x " + columns + " from offset " + offset
                    + " with leading dimension " + ld + " does not fit into an array of " + array.length);
        }
    }
}
