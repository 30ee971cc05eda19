package dev.ridgeline.kernel.reference;

import java.util.Arrays;

/**
 * Matrix products in plain loops: the specification of {@code dev.ridgeline.kernel.Gemm}, its oracle and its fallback.
 *
 * <p>Every element of C is one chain of fma over ascending p, started at +0 or, to accumulate, at C; the bias is added
 * last. Arguments are as there, but not checked.
 */
public final class Gemm {
    private Gemm() {}

    /** C = A·B or C += A·B, plus the bias if it is not null: A is m x k, B is k x n. */
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
            float[] c,
            int cOffset,
            int ldc) {
        for (int i = 0; i < m; i++) {
            int row = cOffset + i * ldc;
            start(n, accumulate, c, row);
            links(n, k, a, aOffset + i * lda, 1, b, bOffset, ldb, c, row);
            addBias(n, bias, biasOffset, c, row);
        }
    }

    /** C = Aᵀ·B or C += Aᵀ·B, plus the bias if it is not null: A is k x m, B is k x n. */
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
            float[] c,
            int cOffset,
            int ldc) {
        for (int i = 0; i < m; i++) {
            int row = cOffset + i * ldc;
            start(n, accumulate, c, row);
            links(n, k, a, aOffset + i, lda, b, bOffset, ldb, c, row);
            addBias(n, bias, biasOffset, c, row);
        }
    }

    /** C = A·Bᵀ or C += A·Bᵀ, plus the bias if it is not null: A is m x k, B is n x k. */
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
            float[] c,
            int cOffset,
            int ldc) {
        for (int i = 0; i < m; i++) {
            int row = cOffset + i * ldc;
            start(n, accumulate, c, row);
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                fourColumns(k, a, aOffset + i * lda, b, bOffset + j * ldb, ldb, c, row + j);
            }
            for (; j < n; j++) {
                float sum = c[row + j];
                for (int p = 0; p < k; p++) {
                    sum = Fma.fma(a[aOffset + i * lda + p], b[bOffset + j * ldb + p], sum);
                }
                c[row + j] = sum;
            }
            addBias(n, bias, biasOffset, c, row);
        }
    }

    private static void start(int n, boolean accumulate, float[] c, int row) {
        if (!accumulate) {
            Arrays.fill(c, row, row + n, 0f);
        }
    }

    /** The k links of the n chains of one row of C, four at a time: between them C stays in a register. */
    private static void links(
            int n, int k, float[] a, int aOffset, int aStep, float[] b, int bOffset, int ldb, float[] c, int cRow) {
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            int at = aOffset + p * aStep;
            four(n, a[at], a[at + aStep], a[at + 2 * aStep], a[at + 3 * aStep], b, bOffset + p * ldb, ldb, c, cRow);
        }
        for (; p < k; p++) {
            one(n, a[aOffset + p * aStep], b, bOffset + p * ldb, c, cRow);
        }
    }

    private static void one(int n, float a, float[] b, int bRow, float[] c, int cRow) {
        for (int j = 0; j < n; j++) {
            c[cRow + j] = Fma.fma(a, b[bRow + j], c[cRow + j]);
        }
    }

    private static void four(
            int n, float a0, float a1, float a2, float a3, float[] b, int row0, int ldb, float[] c, int cRow) {
        int row1 = row0 + ldb;
        int row2 = row1 + ldb;
        int row3 = row2 + ldb;
        for (int j = 0; j < n; j++) {
            float sum = Fma.fma(a0, b[row0 + j], c[cRow + j]);
            sum = Fma.fma(a1, b[row1 + j], sum);
            sum = Fma.fma(a2, b[row2 + j], sum);
            c[cRow + j] = Fma.fma(a3, b[row3 + j], sum);
        }
    }

    /** Four chains side by side: one alone would wait for its own last link. */
    private static void fourColumns(int k, float[] a, int aRow, float[] b, int row0, int ldb, float[] c, int at) {
        int row1 = row0 + ldb;
        int row2 = row1 + ldb;
        int row3 = row2 + ldb;
        float sum0 = c[at];
        float sum1 = c[at + 1];
        float sum2 = c[at + 2];
        float sum3 = c[at + 3];
        for (int p = 0; p < k; p++) {
            float x = a[aRow + p];
            sum0 = Fma.fma(x, b[row0 + p], sum0);
            sum1 = Fma.fma(x, b[row1 + p], sum1);
            sum2 = Fma.fma(x, b[row2 + p], sum2);
            sum3 = Fma.fma(x, b[row3 + p], sum3);
        }
        c[at] = sum0;
        c[at + 1] = sum1;
        c[at + 2] = sum2;
        c[at + 3] = sum3;
    }

    private static void addBias(int n, float[] bias, int biasOffset, float[] c, int row) {
        if (bias != null) {
            for (int j = 0; j < n; j++) {
                c[row + j] += bias[biasOffset + j];
            }
        }
    }
}
