package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static java.lang.Math.min;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link GemmVector} for processors with 16 vector registers: 6 rows of two vectors take 12 of them as sums,
 * two hold a row of B and one an element of A. Else as {@link GemmTile12}.
 */
final class GemmTile6 {
    private GemmTile6() {}

    /** Up to 6 rows of C, two vectors wide. */
    static void tile6x2(
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
        // formatter-off
        int last = rows - 1;
        int a0 = aOffset,                       r0 = cOffset;
        int a1 = aOffset + min(1, last) * aRow, r1 = cOffset + min(1, last) * ldc;
        int a2 = aOffset + min(2, last) * aRow, r2 = cOffset + min(2, last) * ldc;
        int a3 = aOffset + min(3, last) * aRow, r3 = cOffset + min(3, last) * ldc;
        int a4 = aOffset + min(4, last) * aRow, r4 = cOffset + min(4, last) * ldc;
        int a5 = aOffset + min(5, last) * aRow, r5 = cOffset + min(5, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c00 = zero, c01 = zero, c10 = zero, c11 = zero,
                c20 = zero, c21 = zero, c30 = zero, c31 = zero,
                c40 = zero, c41 = zero, c50 = zero, c51 = zero;
        if (load) {
            c00 = fromArray(SPECIES, c, r0);   c01 = fromArray(SPECIES, c, r0 + LANES);
            c10 = fromArray(SPECIES, c, r1);   c11 = fromArray(SPECIES, c, r1 + LANES);
            c20 = fromArray(SPECIES, c, r2);   c21 = fromArray(SPECIES, c, r2 + LANES);
            c30 = fromArray(SPECIES, c, r3);   c31 = fromArray(SPECIES, c, r3 + LANES);
            c40 = fromArray(SPECIES, c, r4);   c41 = fromArray(SPECIES, c, r4 + LANES);
            c50 = fromArray(SPECIES, c, r5);   c51 = fromArray(SPECIES, c, r5 + LANES);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector x0 = broadcast(SPECIES, a[a0 + p]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector x1 = broadcast(SPECIES, a[a1 + p]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector x2 = broadcast(SPECIES, a[a2 + p]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            FloatVector x3 = broadcast(SPECIES, a[a3 + p]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector x4 = broadcast(SPECIES, a[a4 + p]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector x5 = broadcast(SPECIES, a[a5 + p]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset), b1 = fromArray(SPECIES, bias, biasOffset + LANES);
            c00 = c00.add(b0);   c01 = c01.add(b1);   c10 = c10.add(b0);   c11 = c11.add(b1);
            c20 = c20.add(b0);   c21 = c21.add(b1);   c30 = c30.add(b0);   c31 = c31.add(b1);
            c40 = c40.add(b0);   c41 = c41.add(b1);   c50 = c50.add(b0);   c51 = c51.add(b1);
        }
        c00.intoArray(c, r0);   c01.intoArray(c, r0 + LANES);
        c10.intoArray(c, r1);   c11.intoArray(c, r1 + LANES);
        c20.intoArray(c, r2);   c21.intoArray(c, r2 + LANES);
        c30.intoArray(c, r3);   c31.intoArray(c, r3 + LANES);
        c40.intoArray(c, r4);   c41.intoArray(c, r4 + LANES);
        c50.intoArray(c, r5);   c51.intoArray(c, r5 + LANES);
        // formatter-on
    }

    /**
     * As {@link #tile6x2}, where the rows of A lie side by side. Reads 6 of them, whatever {@code rows} is, and stores from the last
     * row up: what those beyond it gave is overwritten.
     */
    static void tile6x2Transposed(
            int rows,
            int k,
            float[] a,
            int aOffset,
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
        // formatter-off
        int last = rows - 1;
        int r0 = cOffset;
        int r1 = cOffset + min(1, last) * ldc;
        int r2 = cOffset + min(2, last) * ldc;
        int r3 = cOffset + min(3, last) * ldc;
        int r4 = cOffset + min(4, last) * ldc;
        int r5 = cOffset + min(5, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c00 = zero, c01 = zero, c10 = zero, c11 = zero,
                c20 = zero, c21 = zero, c30 = zero, c31 = zero,
                c40 = zero, c41 = zero, c50 = zero, c51 = zero;
        if (load) {
            c00 = fromArray(SPECIES, c, r0);   c01 = fromArray(SPECIES, c, r0 + LANES);
            c10 = fromArray(SPECIES, c, r1);   c11 = fromArray(SPECIES, c, r1 + LANES);
            c20 = fromArray(SPECIES, c, r2);   c21 = fromArray(SPECIES, c, r2 + LANES);
            c30 = fromArray(SPECIES, c, r3);   c31 = fromArray(SPECIES, c, r3 + LANES);
            c40 = fromArray(SPECIES, c, r4);   c41 = fromArray(SPECIES, c, r4 + LANES);
            c50 = fromArray(SPECIES, c, r5);   c51 = fromArray(SPECIES, c, r5 + LANES);
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector x0 = broadcast(SPECIES, a[ap]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector x1 = broadcast(SPECIES, a[ap + 1]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector x2 = broadcast(SPECIES, a[ap + 2]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            FloatVector x3 = broadcast(SPECIES, a[ap + 3]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector x4 = broadcast(SPECIES, a[ap + 4]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector x5 = broadcast(SPECIES, a[ap + 5]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset), b1 = fromArray(SPECIES, bias, biasOffset + LANES);
            c00 = c00.add(b0);   c01 = c01.add(b1);   c10 = c10.add(b0);   c11 = c11.add(b1);
            c20 = c20.add(b0);   c21 = c21.add(b1);   c30 = c30.add(b0);   c31 = c31.add(b1);
            c40 = c40.add(b0);   c41 = c41.add(b1);   c50 = c50.add(b0);   c51 = c51.add(b1);
        }
        c50.intoArray(c, r5);   c51.intoArray(c, r5 + LANES);
        c40.intoArray(c, r4);   c41.intoArray(c, r4 + LANES);
        c30.intoArray(c, r3);   c31.intoArray(c, r3 + LANES);
        c20.intoArray(c, r2);   c21.intoArray(c, r2 + LANES);
        c10.intoArray(c, r1);   c11.intoArray(c, r1 + LANES);
        c00.intoArray(c, r0);   c01.intoArray(c, r0 + LANES);
        // formatter-on
    }

    /** Up to 6 rows of C, one vector wide. */
    static void tile6x1(
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
        // formatter-off
        int last = rows - 1;
        int a0 = aOffset,                       r0 = cOffset;
        int a1 = aOffset + min(1, last) * aRow, r1 = cOffset + min(1, last) * ldc;
        int a2 = aOffset + min(2, last) * aRow, r2 = cOffset + min(2, last) * ldc;
        int a3 = aOffset + min(3, last) * aRow, r3 = cOffset + min(3, last) * ldc;
        int a4 = aOffset + min(4, last) * aRow, r4 = cOffset + min(4, last) * ldc;
        int a5 = aOffset + min(5, last) * aRow, r5 = cOffset + min(5, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c0 = zero, c1 = zero, c2 = zero, c3 = zero,
                c4 = zero, c5 = zero;
        if (load) {
            c0 = fromArray(SPECIES, c, r0);
            c1 = fromArray(SPECIES, c, r1);
            c2 = fromArray(SPECIES, c, r2);
            c3 = fromArray(SPECIES, c, r3);
            c4 = fromArray(SPECIES, c, r4);
            c5 = fromArray(SPECIES, c, r5);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp);
            FloatVector x0 = broadcast(SPECIES, a[a0 + p]);   c0 = x0.fma(b0, c0);
            FloatVector x1 = broadcast(SPECIES, a[a1 + p]);   c1 = x1.fma(b0, c1);
            FloatVector x2 = broadcast(SPECIES, a[a2 + p]);   c2 = x2.fma(b0, c2);
            FloatVector x3 = broadcast(SPECIES, a[a3 + p]);   c3 = x3.fma(b0, c3);
            FloatVector x4 = broadcast(SPECIES, a[a4 + p]);   c4 = x4.fma(b0, c4);
            FloatVector x5 = broadcast(SPECIES, a[a5 + p]);   c5 = x5.fma(b0, c5);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset);
            c0 = c0.add(b0);   c1 = c1.add(b0);
            c2 = c2.add(b0);   c3 = c3.add(b0);
            c4 = c4.add(b0);   c5 = c5.add(b0);
        }
        c0.intoArray(c, r0);
        c1.intoArray(c, r1);
        c2.intoArray(c, r2);
        c3.intoArray(c, r3);
        c4.intoArray(c, r4);
        c5.intoArray(c, r5);
        // formatter-on
    }

    /**
     * As {@link #tile6x1}, where the rows of A lie side by side. Reads 6 of them, whatever {@code rows} is, and stores from the last
     * row up: what those beyond it gave is overwritten.
     */
    static void tile6x1Transposed(
            int rows,
            int k,
            float[] a,
            int aOffset,
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
        // formatter-off
        int last = rows - 1;
        int r0 = cOffset;
        int r1 = cOffset + min(1, last) * ldc;
        int r2 = cOffset + min(2, last) * ldc;
        int r3 = cOffset + min(3, last) * ldc;
        int r4 = cOffset + min(4, last) * ldc;
        int r5 = cOffset + min(5, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c0 = zero, c1 = zero, c2 = zero, c3 = zero,
                c4 = zero, c5 = zero;
        if (load) {
            c0 = fromArray(SPECIES, c, r0);
            c1 = fromArray(SPECIES, c, r1);
            c2 = fromArray(SPECIES, c, r2);
            c3 = fromArray(SPECIES, c, r3);
            c4 = fromArray(SPECIES, c, r4);
            c5 = fromArray(SPECIES, c, r5);
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp);
            FloatVector x0 = broadcast(SPECIES, a[ap]);   c0 = x0.fma(b0, c0);
            FloatVector x1 = broadcast(SPECIES, a[ap + 1]);   c1 = x1.fma(b0, c1);
            FloatVector x2 = broadcast(SPECIES, a[ap + 2]);   c2 = x2.fma(b0, c2);
            FloatVector x3 = broadcast(SPECIES, a[ap + 3]);   c3 = x3.fma(b0, c3);
            FloatVector x4 = broadcast(SPECIES, a[ap + 4]);   c4 = x4.fma(b0, c4);
            FloatVector x5 = broadcast(SPECIES, a[ap + 5]);   c5 = x5.fma(b0, c5);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset);
            c0 = c0.add(b0);   c1 = c1.add(b0);
            c2 = c2.add(b0);   c3 = c3.add(b0);
            c4 = c4.add(b0);   c5 = c5.add(b0);
        }
        c5.intoArray(c, r5);
        c4.intoArray(c, r4);
        c3.intoArray(c, r3);
        c2.intoArray(c, r2);
        c1.intoArray(c, r1);
        c0.intoArray(c, r0);
        // formatter-on
    }
}
