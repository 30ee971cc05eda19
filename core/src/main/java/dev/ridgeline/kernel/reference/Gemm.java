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
            for (int p = 0; p < k; p++) {
                addScaled(n, a[aOffset + i * lda + p], b, bOffset + p * ldb, c, row);
            }
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
            for (int p = 0; p < k; p++) {
                addScaled(n, a[aOffset + p * lda + i], b, bOffset + p * ldb, c, row);
            }
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
            for (int j = 0; j < n; j++) {
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

    /** One link of n chains: the row of C is walked for each p, so that the loop over j fills vectors. */
    private static void addScaled(int n, float a, float[] b, int bRow, float[] c, int cRow) {
        for (int j = 0; j < n; j++) {
            c[cRow + j] = Fma.fma(a, b[bRow + j], c[cRow + j]);
        }
    }

    private static void addBias(int n, float[] bias, int biasOffset, float[] c, int row) {
        if (bias != null) {
            for (int j = 0; j < n; j++) {
                c[row + j] += bias[biasOffset + j];
            }
        }
    }
}
