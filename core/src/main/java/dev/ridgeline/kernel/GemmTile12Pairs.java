package dev.ridgeline.kernel;

import static dev.ridgeline.kernel.GemmPack.STRIP;
import static dev.ridgeline.kernel.VectorShapes.LANES;
import static dev.ridgeline.kernel.VectorShapes.SPECIES;
import static java.lang.Math.min;
import static java.lang.invoke.VarHandle.acquireFence;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of {@link GemmVector} as those of {@link GemmTile12}, but by two steps of p at a time: what a step takes besides
 * its loads and fma, addresses and checks of bounds, serves two.
 */
final class GemmTile12Pairs {
    /**
     * Whether a fence for loads is no instruction. Where a tile of two vectors takes two steps at a time, fences keep its
     * loads in order: otherwise C2 moves most of them to the front, has no registers for what they bring, and keeps sums of C
     * in memory. A method around the fence would not be inlined into so much code, and then each vector becomes an object.
     */
    private static final boolean FENCES = System.getProperty("os.arch").equals("amd64");

    private GemmTile12Pairs() {}

    /**
     * As {@link GemmTile12#tile12x2}, for an even {@code k}. Two steps share the addresses of A's rows, which take twelve
     * additions from the ports of the fma units and, as there are not registers for all, eight loads. But there
     * are more checks before the loop.
     */
    static void tile12x2(
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
        int a0  = aOffset,                        r0  = cOffset;
        int a1  = aOffset + min(1,  last) * aRow, r1  = cOffset + min(1,  last) * ldc;
        int a2  = aOffset + min(2,  last) * aRow, r2  = cOffset + min(2,  last) * ldc;
        int a3  = aOffset + min(3,  last) * aRow, r3  = cOffset + min(3,  last) * ldc;
        int a4  = aOffset + min(4,  last) * aRow, r4  = cOffset + min(4,  last) * ldc;
        int a5  = aOffset + min(5,  last) * aRow, r5  = cOffset + min(5,  last) * ldc;
        int a6  = aOffset + min(6,  last) * aRow, r6  = cOffset + min(6,  last) * ldc;
        int a7  = aOffset + min(7,  last) * aRow, r7  = cOffset + min(7,  last) * ldc;
        int a8  = aOffset + min(8,  last) * aRow, r8  = cOffset + min(8,  last) * ldc;
        int a9  = aOffset + min(9,  last) * aRow, r9  = cOffset + min(9,  last) * ldc;
        int a10 = aOffset + min(10, last) * aRow, r10 = cOffset + min(10, last) * ldc;
        int a11 = aOffset + min(11, last) * aRow, r11 = cOffset + min(11, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c00 = zero, c01 = zero, c10 = zero, c11 = zero,
                c20 = zero, c21 = zero, c30 = zero, c31 = zero,
                c40 = zero, c41 = zero, c50 = zero, c51 = zero,
                c60 = zero, c61 = zero, c70 = zero, c71 = zero,
                c80 = zero, c81 = zero, c90 = zero, c91 = zero,
                c100 = zero, c101 = zero, c110 = zero, c111 = zero;
        if (load) {
            c00  = fromArray(SPECIES, c, r0 );   c01  = fromArray(SPECIES, c, r0  + LANES);
            c10  = fromArray(SPECIES, c, r1 );   c11  = fromArray(SPECIES, c, r1  + LANES);
            c20  = fromArray(SPECIES, c, r2 );   c21  = fromArray(SPECIES, c, r2  + LANES);
            c30  = fromArray(SPECIES, c, r3 );   c31  = fromArray(SPECIES, c, r3  + LANES);
            c40  = fromArray(SPECIES, c, r4 );   c41  = fromArray(SPECIES, c, r4  + LANES);
            c50  = fromArray(SPECIES, c, r5 );   c51  = fromArray(SPECIES, c, r5  + LANES);
            c60  = fromArray(SPECIES, c, r6 );   c61  = fromArray(SPECIES, c, r6  + LANES);
            c70  = fromArray(SPECIES, c, r7 );   c71  = fromArray(SPECIES, c, r7  + LANES);
            c80  = fromArray(SPECIES, c, r8 );   c81  = fromArray(SPECIES, c, r8  + LANES);
            c90  = fromArray(SPECIES, c, r9 );   c91  = fromArray(SPECIES, c, r9  + LANES);
            c100 = fromArray(SPECIES, c, r10);   c101 = fromArray(SPECIES, c, r10 + LANES);
            c110 = fromArray(SPECIES, c, r11);   c111 = fromArray(SPECIES, c, r11 + LANES);
        }
        for (int p = 0, bp = bOffset; p < k; p += 2, bp += 2 * bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector d0 = fromArray(SPECIES, b, bp + bStep), d1 = fromArray(SPECIES, b, bp + bStep + LANES);
            FloatVector x0 = broadcast(SPECIES, a[a0 + p]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector y0 = broadcast(SPECIES, a[a0 + p + 1]);   c00 = y0.fma(d0, c00);   c01 = y0.fma(d1, c01);
            if (FENCES) acquireFence();
            FloatVector x1 = broadcast(SPECIES, a[a1 + p]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector y1 = broadcast(SPECIES, a[a1 + p + 1]);   c10 = y1.fma(d0, c10);   c11 = y1.fma(d1, c11);
            if (FENCES) acquireFence();
            FloatVector x2 = broadcast(SPECIES, a[a2 + p]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            FloatVector y2 = broadcast(SPECIES, a[a2 + p + 1]);   c20 = y2.fma(d0, c20);   c21 = y2.fma(d1, c21);
            if (FENCES) acquireFence();
            FloatVector x3 = broadcast(SPECIES, a[a3 + p]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector y3 = broadcast(SPECIES, a[a3 + p + 1]);   c30 = y3.fma(d0, c30);   c31 = y3.fma(d1, c31);
            if (FENCES) acquireFence();
            FloatVector x4 = broadcast(SPECIES, a[a4 + p]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector y4 = broadcast(SPECIES, a[a4 + p + 1]);   c40 = y4.fma(d0, c40);   c41 = y4.fma(d1, c41);
            if (FENCES) acquireFence();
            FloatVector x5 = broadcast(SPECIES, a[a5 + p]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
            FloatVector y5 = broadcast(SPECIES, a[a5 + p + 1]);   c50 = y5.fma(d0, c50);   c51 = y5.fma(d1, c51);
            if (FENCES) acquireFence();
            FloatVector x6 = broadcast(SPECIES, a[a6 + p]);   c60 = x6.fma(b0, c60);   c61 = x6.fma(b1, c61);
            FloatVector y6 = broadcast(SPECIES, a[a6 + p + 1]);   c60 = y6.fma(d0, c60);   c61 = y6.fma(d1, c61);
            if (FENCES) acquireFence();
            FloatVector x7 = broadcast(SPECIES, a[a7 + p]);   c70 = x7.fma(b0, c70);   c71 = x7.fma(b1, c71);
            FloatVector y7 = broadcast(SPECIES, a[a7 + p + 1]);   c70 = y7.fma(d0, c70);   c71 = y7.fma(d1, c71);
            if (FENCES) acquireFence();
            FloatVector x8 = broadcast(SPECIES, a[a8 + p]);   c80 = x8.fma(b0, c80);   c81 = x8.fma(b1, c81);
            FloatVector y8 = broadcast(SPECIES, a[a8 + p + 1]);   c80 = y8.fma(d0, c80);   c81 = y8.fma(d1, c81);
            if (FENCES) acquireFence();
            FloatVector x9 = broadcast(SPECIES, a[a9 + p]);   c90 = x9.fma(b0, c90);   c91 = x9.fma(b1, c91);
            FloatVector y9 = broadcast(SPECIES, a[a9 + p + 1]);   c90 = y9.fma(d0, c90);   c91 = y9.fma(d1, c91);
            if (FENCES) acquireFence();
            FloatVector x10 = broadcast(SPECIES, a[a10 + p]);   c100 = x10.fma(b0, c100);   c101 = x10.fma(b1, c101);
            FloatVector y10 = broadcast(SPECIES, a[a10 + p + 1]);   c100 = y10.fma(d0, c100);   c101 = y10.fma(d1, c101);
            if (FENCES) acquireFence();
            FloatVector x11 = broadcast(SPECIES, a[a11 + p]);   c110 = x11.fma(b0, c110);   c111 = x11.fma(b1, c111);
            FloatVector y11 = broadcast(SPECIES, a[a11 + p + 1]);   c110 = y11.fma(d0, c110);   c111 = y11.fma(d1, c111);
            if (FENCES) acquireFence();
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset), b1 = fromArray(SPECIES, bias, biasOffset + LANES);
            c00 = c00.add(b0);   c01 = c01.add(b1);   c10 = c10.add(b0);   c11 = c11.add(b1);
            c20 = c20.add(b0);   c21 = c21.add(b1);   c30 = c30.add(b0);   c31 = c31.add(b1);
            c40 = c40.add(b0);   c41 = c41.add(b1);   c50 = c50.add(b0);   c51 = c51.add(b1);
            c60 = c60.add(b0);   c61 = c61.add(b1);   c70 = c70.add(b0);   c71 = c71.add(b1);
            c80 = c80.add(b0);   c81 = c81.add(b1);   c90 = c90.add(b0);   c91 = c91.add(b1);
            c100 = c100.add(b0);   c101 = c101.add(b1);   c110 = c110.add(b0);   c111 = c111.add(b1);
        }
        c00 .intoArray(c, r0 );   c01 .intoArray(c, r0  + LANES);
        c10 .intoArray(c, r1 );   c11 .intoArray(c, r1  + LANES);
        c20 .intoArray(c, r2 );   c21 .intoArray(c, r2  + LANES);
        c30 .intoArray(c, r3 );   c31 .intoArray(c, r3  + LANES);
        c40 .intoArray(c, r4 );   c41 .intoArray(c, r4  + LANES);
        c50 .intoArray(c, r5 );   c51 .intoArray(c, r5  + LANES);
        c60 .intoArray(c, r6 );   c61 .intoArray(c, r6  + LANES);
        c70 .intoArray(c, r7 );   c71 .intoArray(c, r7  + LANES);
        c80 .intoArray(c, r8 );   c81 .intoArray(c, r8  + LANES);
        c90 .intoArray(c, r9 );   c91 .intoArray(c, r9  + LANES);
        c100.intoArray(c, r10);   c101.intoArray(c, r10 + LANES);
        c110.intoArray(c, r11);   c111.intoArray(c, r11 + LANES);
        // formatter-on
    }

    /**
     * As {@link GemmTile12#tile12x2}, for any {@code k}, where the rows of A lie side by side. Reads 12 of them, whatever
     * {@code rows} is, and stores from the last row up: what those beyond it gave is overwritten.
     */
    static void tile12x2Transposed(
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
        int r0  = cOffset;
        int r1  = cOffset + min(1,  last) * ldc;
        int r2  = cOffset + min(2,  last) * ldc;
        int r3  = cOffset + min(3,  last) * ldc;
        int r4  = cOffset + min(4,  last) * ldc;
        int r5  = cOffset + min(5,  last) * ldc;
        int r6  = cOffset + min(6,  last) * ldc;
        int r7  = cOffset + min(7,  last) * ldc;
        int r8  = cOffset + min(8,  last) * ldc;
        int r9  = cOffset + min(9,  last) * ldc;
        int r10 = cOffset + min(10, last) * ldc;
        int r11 = cOffset + min(11, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c00 = zero, c01 = zero, c10 = zero, c11 = zero,
                c20 = zero, c21 = zero, c30 = zero, c31 = zero,
                c40 = zero, c41 = zero, c50 = zero, c51 = zero,
                c60 = zero, c61 = zero, c70 = zero, c71 = zero,
                c80 = zero, c81 = zero, c90 = zero, c91 = zero,
                c100 = zero, c101 = zero, c110 = zero, c111 = zero;
        if (load) {
            c00  = fromArray(SPECIES, c, r0 );   c01  = fromArray(SPECIES, c, r0  + LANES);
            c10  = fromArray(SPECIES, c, r1 );   c11  = fromArray(SPECIES, c, r1  + LANES);
            c20  = fromArray(SPECIES, c, r2 );   c21  = fromArray(SPECIES, c, r2  + LANES);
            c30  = fromArray(SPECIES, c, r3 );   c31  = fromArray(SPECIES, c, r3  + LANES);
            c40  = fromArray(SPECIES, c, r4 );   c41  = fromArray(SPECIES, c, r4  + LANES);
            c50  = fromArray(SPECIES, c, r5 );   c51  = fromArray(SPECIES, c, r5  + LANES);
            c60  = fromArray(SPECIES, c, r6 );   c61  = fromArray(SPECIES, c, r6  + LANES);
            c70  = fromArray(SPECIES, c, r7 );   c71  = fromArray(SPECIES, c, r7  + LANES);
            c80  = fromArray(SPECIES, c, r8 );   c81  = fromArray(SPECIES, c, r8  + LANES);
            c90  = fromArray(SPECIES, c, r9 );   c91  = fromArray(SPECIES, c, r9  + LANES);
            c100 = fromArray(SPECIES, c, r10);   c101 = fromArray(SPECIES, c, r10 + LANES);
            c110 = fromArray(SPECIES, c, r11);   c111 = fromArray(SPECIES, c, r11 + LANES);
        }
        int even = k & -2;
        int p = 0, ap = aOffset, bp = bOffset;
        for (; p < even; p += 2, ap += 2 * aStep, bp += 2 * bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector x0 = broadcast(SPECIES, a[ap]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector x1 = broadcast(SPECIES, a[ap + 1]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector x2 = broadcast(SPECIES, a[ap + 2]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            if (FENCES) acquireFence();
            FloatVector x3 = broadcast(SPECIES, a[ap + 3]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector x4 = broadcast(SPECIES, a[ap + 4]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector x5 = broadcast(SPECIES, a[ap + 5]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
            if (FENCES) acquireFence();
            FloatVector x6 = broadcast(SPECIES, a[ap + 6]);   c60 = x6.fma(b0, c60);   c61 = x6.fma(b1, c61);
            FloatVector x7 = broadcast(SPECIES, a[ap + 7]);   c70 = x7.fma(b0, c70);   c71 = x7.fma(b1, c71);
            FloatVector x8 = broadcast(SPECIES, a[ap + 8]);   c80 = x8.fma(b0, c80);   c81 = x8.fma(b1, c81);
            if (FENCES) acquireFence();
            FloatVector x9 = broadcast(SPECIES, a[ap + 9]);   c90 = x9.fma(b0, c90);   c91 = x9.fma(b1, c91);
            FloatVector x10 = broadcast(SPECIES, a[ap + 10]);   c100 = x10.fma(b0, c100);   c101 = x10.fma(b1, c101);
            FloatVector x11 = broadcast(SPECIES, a[ap + 11]);   c110 = x11.fma(b0, c110);   c111 = x11.fma(b1, c111);
            if (FENCES) acquireFence();
            FloatVector d0 = fromArray(SPECIES, b, bp + bStep), d1 = fromArray(SPECIES, b, bp + bStep + LANES);
            FloatVector y0 = broadcast(SPECIES, a[ap + aStep]);   c00 = y0.fma(d0, c00);   c01 = y0.fma(d1, c01);
            FloatVector y1 = broadcast(SPECIES, a[ap + aStep + 1]);   c10 = y1.fma(d0, c10);   c11 = y1.fma(d1, c11);
            FloatVector y2 = broadcast(SPECIES, a[ap + aStep + 2]);   c20 = y2.fma(d0, c20);   c21 = y2.fma(d1, c21);
            if (FENCES) acquireFence();
            FloatVector y3 = broadcast(SPECIES, a[ap + aStep + 3]);   c30 = y3.fma(d0, c30);   c31 = y3.fma(d1, c31);
            FloatVector y4 = broadcast(SPECIES, a[ap + aStep + 4]);   c40 = y4.fma(d0, c40);   c41 = y4.fma(d1, c41);
            FloatVector y5 = broadcast(SPECIES, a[ap + aStep + 5]);   c50 = y5.fma(d0, c50);   c51 = y5.fma(d1, c51);
            if (FENCES) acquireFence();
            FloatVector y6 = broadcast(SPECIES, a[ap + aStep + 6]);   c60 = y6.fma(d0, c60);   c61 = y6.fma(d1, c61);
            FloatVector y7 = broadcast(SPECIES, a[ap + aStep + 7]);   c70 = y7.fma(d0, c70);   c71 = y7.fma(d1, c71);
            FloatVector y8 = broadcast(SPECIES, a[ap + aStep + 8]);   c80 = y8.fma(d0, c80);   c81 = y8.fma(d1, c81);
            if (FENCES) acquireFence();
            FloatVector y9 = broadcast(SPECIES, a[ap + aStep + 9]);   c90 = y9.fma(d0, c90);   c91 = y9.fma(d1, c91);
            FloatVector y10 = broadcast(SPECIES, a[ap + aStep + 10]);   c100 = y10.fma(d0, c100);   c101 = y10.fma(d1, c101);
            FloatVector y11 = broadcast(SPECIES, a[ap + aStep + 11]);   c110 = y11.fma(d0, c110);   c111 = y11.fma(d1, c111);
            if (FENCES) acquireFence();
        }
        if (p < k) {
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector x0 = broadcast(SPECIES, a[ap]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector x1 = broadcast(SPECIES, a[ap + 1]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector x2 = broadcast(SPECIES, a[ap + 2]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            FloatVector x3 = broadcast(SPECIES, a[ap + 3]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector x4 = broadcast(SPECIES, a[ap + 4]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector x5 = broadcast(SPECIES, a[ap + 5]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
            FloatVector x6 = broadcast(SPECIES, a[ap + 6]);   c60 = x6.fma(b0, c60);   c61 = x6.fma(b1, c61);
            FloatVector x7 = broadcast(SPECIES, a[ap + 7]);   c70 = x7.fma(b0, c70);   c71 = x7.fma(b1, c71);
            FloatVector x8 = broadcast(SPECIES, a[ap + 8]);   c80 = x8.fma(b0, c80);   c81 = x8.fma(b1, c81);
            FloatVector x9 = broadcast(SPECIES, a[ap + 9]);   c90 = x9.fma(b0, c90);   c91 = x9.fma(b1, c91);
            FloatVector x10 = broadcast(SPECIES, a[ap + 10]);   c100 = x10.fma(b0, c100);   c101 = x10.fma(b1, c101);
            FloatVector x11 = broadcast(SPECIES, a[ap + 11]);   c110 = x11.fma(b0, c110);   c111 = x11.fma(b1, c111);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset), b1 = fromArray(SPECIES, bias, biasOffset + LANES);
            c00 = c00.add(b0);   c01 = c01.add(b1);   c10 = c10.add(b0);   c11 = c11.add(b1);
            c20 = c20.add(b0);   c21 = c21.add(b1);   c30 = c30.add(b0);   c31 = c31.add(b1);
            c40 = c40.add(b0);   c41 = c41.add(b1);   c50 = c50.add(b0);   c51 = c51.add(b1);
            c60 = c60.add(b0);   c61 = c61.add(b1);   c70 = c70.add(b0);   c71 = c71.add(b1);
            c80 = c80.add(b0);   c81 = c81.add(b1);   c90 = c90.add(b0);   c91 = c91.add(b1);
            c100 = c100.add(b0);   c101 = c101.add(b1);   c110 = c110.add(b0);   c111 = c111.add(b1);
        }
        c110.intoArray(c, r11);   c111.intoArray(c, r11 + LANES);
        c100.intoArray(c, r10);   c101.intoArray(c, r10 + LANES);
        c90 .intoArray(c, r9 );   c91 .intoArray(c, r9  + LANES);
        c80 .intoArray(c, r8 );   c81 .intoArray(c, r8  + LANES);
        c70 .intoArray(c, r7 );   c71 .intoArray(c, r7  + LANES);
        c60 .intoArray(c, r6 );   c61 .intoArray(c, r6  + LANES);
        c50 .intoArray(c, r5 );   c51 .intoArray(c, r5  + LANES);
        c40 .intoArray(c, r4 );   c41 .intoArray(c, r4  + LANES);
        c30 .intoArray(c, r3 );   c31 .intoArray(c, r3  + LANES);
        c20 .intoArray(c, r2 );   c21 .intoArray(c, r2  + LANES);
        c10 .intoArray(c, r1 );   c11 .intoArray(c, r1  + LANES);
        c00 .intoArray(c, r0 );   c01 .intoArray(c, r0  + LANES);
        // formatter-on
    }

    /**
     * As {@link #tile12x2Transposed}, for rows of A that lie {@link GemmPack#STRIP} apart. C2, knowing the distance, checks
     * A's bounds once before the loop.
     */
    static void tile12x2Packed(
            int rows,
            int k,
            float[] a,
            int aOffset,
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
        int r0  = cOffset;
        int r1  = cOffset + min(1,  last) * ldc;
        int r2  = cOffset + min(2,  last) * ldc;
        int r3  = cOffset + min(3,  last) * ldc;
        int r4  = cOffset + min(4,  last) * ldc;
        int r5  = cOffset + min(5,  last) * ldc;
        int r6  = cOffset + min(6,  last) * ldc;
        int r7  = cOffset + min(7,  last) * ldc;
        int r8  = cOffset + min(8,  last) * ldc;
        int r9  = cOffset + min(9,  last) * ldc;
        int r10 = cOffset + min(10, last) * ldc;
        int r11 = cOffset + min(11, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c00 = zero, c01 = zero, c10 = zero, c11 = zero,
                c20 = zero, c21 = zero, c30 = zero, c31 = zero,
                c40 = zero, c41 = zero, c50 = zero, c51 = zero,
                c60 = zero, c61 = zero, c70 = zero, c71 = zero,
                c80 = zero, c81 = zero, c90 = zero, c91 = zero,
                c100 = zero, c101 = zero, c110 = zero, c111 = zero;
        if (load) {
            c00  = fromArray(SPECIES, c, r0 );   c01  = fromArray(SPECIES, c, r0  + LANES);
            c10  = fromArray(SPECIES, c, r1 );   c11  = fromArray(SPECIES, c, r1  + LANES);
            c20  = fromArray(SPECIES, c, r2 );   c21  = fromArray(SPECIES, c, r2  + LANES);
            c30  = fromArray(SPECIES, c, r3 );   c31  = fromArray(SPECIES, c, r3  + LANES);
            c40  = fromArray(SPECIES, c, r4 );   c41  = fromArray(SPECIES, c, r4  + LANES);
            c50  = fromArray(SPECIES, c, r5 );   c51  = fromArray(SPECIES, c, r5  + LANES);
            c60  = fromArray(SPECIES, c, r6 );   c61  = fromArray(SPECIES, c, r6  + LANES);
            c70  = fromArray(SPECIES, c, r7 );   c71  = fromArray(SPECIES, c, r7  + LANES);
            c80  = fromArray(SPECIES, c, r8 );   c81  = fromArray(SPECIES, c, r8  + LANES);
            c90  = fromArray(SPECIES, c, r9 );   c91  = fromArray(SPECIES, c, r9  + LANES);
            c100 = fromArray(SPECIES, c, r10);   c101 = fromArray(SPECIES, c, r10 + LANES);
            c110 = fromArray(SPECIES, c, r11);   c111 = fromArray(SPECIES, c, r11 + LANES);
        }
        int even = k & -2;
        int p = 0, bp = bOffset;
        for (; p < even; p += 2, bp += 2 * bStep) {
            int ap = aOffset + p * STRIP;
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector x0 = broadcast(SPECIES, a[ap]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector x1 = broadcast(SPECIES, a[ap + 1]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector x2 = broadcast(SPECIES, a[ap + 2]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            if (FENCES) acquireFence();
            FloatVector x3 = broadcast(SPECIES, a[ap + 3]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector x4 = broadcast(SPECIES, a[ap + 4]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector x5 = broadcast(SPECIES, a[ap + 5]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
            if (FENCES) acquireFence();
            FloatVector x6 = broadcast(SPECIES, a[ap + 6]);   c60 = x6.fma(b0, c60);   c61 = x6.fma(b1, c61);
            FloatVector x7 = broadcast(SPECIES, a[ap + 7]);   c70 = x7.fma(b0, c70);   c71 = x7.fma(b1, c71);
            FloatVector x8 = broadcast(SPECIES, a[ap + 8]);   c80 = x8.fma(b0, c80);   c81 = x8.fma(b1, c81);
            if (FENCES) acquireFence();
            FloatVector x9 = broadcast(SPECIES, a[ap + 9]);   c90 = x9.fma(b0, c90);   c91 = x9.fma(b1, c91);
            FloatVector x10 = broadcast(SPECIES, a[ap + 10]);   c100 = x10.fma(b0, c100);   c101 = x10.fma(b1, c101);
            FloatVector x11 = broadcast(SPECIES, a[ap + 11]);   c110 = x11.fma(b0, c110);   c111 = x11.fma(b1, c111);
            if (FENCES) acquireFence();
            FloatVector d0 = fromArray(SPECIES, b, bp + bStep), d1 = fromArray(SPECIES, b, bp + bStep + LANES);
            FloatVector y0 = broadcast(SPECIES, a[ap + STRIP]);   c00 = y0.fma(d0, c00);   c01 = y0.fma(d1, c01);
            FloatVector y1 = broadcast(SPECIES, a[ap + STRIP + 1]);   c10 = y1.fma(d0, c10);   c11 = y1.fma(d1, c11);
            FloatVector y2 = broadcast(SPECIES, a[ap + STRIP + 2]);   c20 = y2.fma(d0, c20);   c21 = y2.fma(d1, c21);
            if (FENCES) acquireFence();
            FloatVector y3 = broadcast(SPECIES, a[ap + STRIP + 3]);   c30 = y3.fma(d0, c30);   c31 = y3.fma(d1, c31);
            FloatVector y4 = broadcast(SPECIES, a[ap + STRIP + 4]);   c40 = y4.fma(d0, c40);   c41 = y4.fma(d1, c41);
            FloatVector y5 = broadcast(SPECIES, a[ap + STRIP + 5]);   c50 = y5.fma(d0, c50);   c51 = y5.fma(d1, c51);
            if (FENCES) acquireFence();
            FloatVector y6 = broadcast(SPECIES, a[ap + STRIP + 6]);   c60 = y6.fma(d0, c60);   c61 = y6.fma(d1, c61);
            FloatVector y7 = broadcast(SPECIES, a[ap + STRIP + 7]);   c70 = y7.fma(d0, c70);   c71 = y7.fma(d1, c71);
            FloatVector y8 = broadcast(SPECIES, a[ap + STRIP + 8]);   c80 = y8.fma(d0, c80);   c81 = y8.fma(d1, c81);
            if (FENCES) acquireFence();
            FloatVector y9 = broadcast(SPECIES, a[ap + STRIP + 9]);   c90 = y9.fma(d0, c90);   c91 = y9.fma(d1, c91);
            FloatVector y10 = broadcast(SPECIES, a[ap + STRIP + 10]);   c100 = y10.fma(d0, c100);   c101 = y10.fma(d1, c101);
            FloatVector y11 = broadcast(SPECIES, a[ap + STRIP + 11]);   c110 = y11.fma(d0, c110);   c111 = y11.fma(d1, c111);
            if (FENCES) acquireFence();
        }
        if (p < k) {
            int ap = aOffset + p * STRIP;
            FloatVector b0 = fromArray(SPECIES, b, bp), b1 = fromArray(SPECIES, b, bp + LANES);
            FloatVector x0 = broadcast(SPECIES, a[ap]);   c00 = x0.fma(b0, c00);   c01 = x0.fma(b1, c01);
            FloatVector x1 = broadcast(SPECIES, a[ap + 1]);   c10 = x1.fma(b0, c10);   c11 = x1.fma(b1, c11);
            FloatVector x2 = broadcast(SPECIES, a[ap + 2]);   c20 = x2.fma(b0, c20);   c21 = x2.fma(b1, c21);
            FloatVector x3 = broadcast(SPECIES, a[ap + 3]);   c30 = x3.fma(b0, c30);   c31 = x3.fma(b1, c31);
            FloatVector x4 = broadcast(SPECIES, a[ap + 4]);   c40 = x4.fma(b0, c40);   c41 = x4.fma(b1, c41);
            FloatVector x5 = broadcast(SPECIES, a[ap + 5]);   c50 = x5.fma(b0, c50);   c51 = x5.fma(b1, c51);
            FloatVector x6 = broadcast(SPECIES, a[ap + 6]);   c60 = x6.fma(b0, c60);   c61 = x6.fma(b1, c61);
            FloatVector x7 = broadcast(SPECIES, a[ap + 7]);   c70 = x7.fma(b0, c70);   c71 = x7.fma(b1, c71);
            FloatVector x8 = broadcast(SPECIES, a[ap + 8]);   c80 = x8.fma(b0, c80);   c81 = x8.fma(b1, c81);
            FloatVector x9 = broadcast(SPECIES, a[ap + 9]);   c90 = x9.fma(b0, c90);   c91 = x9.fma(b1, c91);
            FloatVector x10 = broadcast(SPECIES, a[ap + 10]);   c100 = x10.fma(b0, c100);   c101 = x10.fma(b1, c101);
            FloatVector x11 = broadcast(SPECIES, a[ap + 11]);   c110 = x11.fma(b0, c110);   c111 = x11.fma(b1, c111);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset), b1 = fromArray(SPECIES, bias, biasOffset + LANES);
            c00 = c00.add(b0);   c01 = c01.add(b1);   c10 = c10.add(b0);   c11 = c11.add(b1);
            c20 = c20.add(b0);   c21 = c21.add(b1);   c30 = c30.add(b0);   c31 = c31.add(b1);
            c40 = c40.add(b0);   c41 = c41.add(b1);   c50 = c50.add(b0);   c51 = c51.add(b1);
            c60 = c60.add(b0);   c61 = c61.add(b1);   c70 = c70.add(b0);   c71 = c71.add(b1);
            c80 = c80.add(b0);   c81 = c81.add(b1);   c90 = c90.add(b0);   c91 = c91.add(b1);
            c100 = c100.add(b0);   c101 = c101.add(b1);   c110 = c110.add(b0);   c111 = c111.add(b1);
        }
        c110.intoArray(c, r11);   c111.intoArray(c, r11 + LANES);
        c100.intoArray(c, r10);   c101.intoArray(c, r10 + LANES);
        c90 .intoArray(c, r9 );   c91 .intoArray(c, r9  + LANES);
        c80 .intoArray(c, r8 );   c81 .intoArray(c, r8  + LANES);
        c70 .intoArray(c, r7 );   c71 .intoArray(c, r7  + LANES);
        c60 .intoArray(c, r6 );   c61 .intoArray(c, r6  + LANES);
        c50 .intoArray(c, r5 );   c51 .intoArray(c, r5  + LANES);
        c40 .intoArray(c, r4 );   c41 .intoArray(c, r4  + LANES);
        c30 .intoArray(c, r3 );   c31 .intoArray(c, r3  + LANES);
        c20 .intoArray(c, r2 );   c21 .intoArray(c, r2  + LANES);
        c10 .intoArray(c, r1 );   c11 .intoArray(c, r1  + LANES);
        c00 .intoArray(c, r0 );   c01 .intoArray(c, r0  + LANES);
        // formatter-on
    }

    /** As {@link GemmTile12#tile12x1}, for an even {@code k}, like {@link #tile12x2}. */
    static void tile12x1(
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
        int a0  = aOffset,                        r0  = cOffset;
        int a1  = aOffset + min(1,  last) * aRow, r1  = cOffset + min(1,  last) * ldc;
        int a2  = aOffset + min(2,  last) * aRow, r2  = cOffset + min(2,  last) * ldc;
        int a3  = aOffset + min(3,  last) * aRow, r3  = cOffset + min(3,  last) * ldc;
        int a4  = aOffset + min(4,  last) * aRow, r4  = cOffset + min(4,  last) * ldc;
        int a5  = aOffset + min(5,  last) * aRow, r5  = cOffset + min(5,  last) * ldc;
        int a6  = aOffset + min(6,  last) * aRow, r6  = cOffset + min(6,  last) * ldc;
        int a7  = aOffset + min(7,  last) * aRow, r7  = cOffset + min(7,  last) * ldc;
        int a8  = aOffset + min(8,  last) * aRow, r8  = cOffset + min(8,  last) * ldc;
        int a9  = aOffset + min(9,  last) * aRow, r9  = cOffset + min(9,  last) * ldc;
        int a10 = aOffset + min(10, last) * aRow, r10 = cOffset + min(10, last) * ldc;
        int a11 = aOffset + min(11, last) * aRow, r11 = cOffset + min(11, last) * ldc;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector
                c0 = zero, c1 = zero, c2 = zero, c3 = zero,
                c4 = zero, c5 = zero, c6 = zero, c7 = zero,
                c8 = zero, c9 = zero, c10 = zero, c11 = zero;
        if (load) {
            c0  = fromArray(SPECIES, c, r0 );
            c1  = fromArray(SPECIES, c, r1 );
            c2  = fromArray(SPECIES, c, r2 );
            c3  = fromArray(SPECIES, c, r3 );
            c4  = fromArray(SPECIES, c, r4 );
            c5  = fromArray(SPECIES, c, r5 );
            c6  = fromArray(SPECIES, c, r6 );
            c7  = fromArray(SPECIES, c, r7 );
            c8  = fromArray(SPECIES, c, r8 );
            c9  = fromArray(SPECIES, c, r9 );
            c10 = fromArray(SPECIES, c, r10);
            c11 = fromArray(SPECIES, c, r11);
        }
        for (int p = 0, bp = bOffset; p < k; p += 2, bp += 2 * bStep) {
            FloatVector b0 = fromArray(SPECIES, b, bp), d0 = fromArray(SPECIES, b, bp + bStep);
            FloatVector x0  = broadcast(SPECIES, a[a0  + p]);       c0  = x0 .fma(b0, c0);
            FloatVector y0  = broadcast(SPECIES, a[a0  + p + 1]);   c0  = y0 .fma(d0, c0);
            FloatVector x1  = broadcast(SPECIES, a[a1  + p]);       c1  = x1 .fma(b0, c1);
            FloatVector y1  = broadcast(SPECIES, a[a1  + p + 1]);   c1  = y1 .fma(d0, c1);
            FloatVector x2  = broadcast(SPECIES, a[a2  + p]);       c2  = x2 .fma(b0, c2);
            FloatVector y2  = broadcast(SPECIES, a[a2  + p + 1]);   c2  = y2 .fma(d0, c2);
            FloatVector x3  = broadcast(SPECIES, a[a3  + p]);       c3  = x3 .fma(b0, c3);
            FloatVector y3  = broadcast(SPECIES, a[a3  + p + 1]);   c3  = y3 .fma(d0, c3);
            FloatVector x4  = broadcast(SPECIES, a[a4  + p]);       c4  = x4 .fma(b0, c4);
            FloatVector y4  = broadcast(SPECIES, a[a4  + p + 1]);   c4  = y4 .fma(d0, c4);
            FloatVector x5  = broadcast(SPECIES, a[a5  + p]);       c5  = x5 .fma(b0, c5);
            FloatVector y5  = broadcast(SPECIES, a[a5  + p + 1]);   c5  = y5 .fma(d0, c5);
            FloatVector x6  = broadcast(SPECIES, a[a6  + p]);       c6  = x6 .fma(b0, c6);
            FloatVector y6  = broadcast(SPECIES, a[a6  + p + 1]);   c6  = y6 .fma(d0, c6);
            FloatVector x7  = broadcast(SPECIES, a[a7  + p]);       c7  = x7 .fma(b0, c7);
            FloatVector y7  = broadcast(SPECIES, a[a7  + p + 1]);   c7  = y7 .fma(d0, c7);
            FloatVector x8  = broadcast(SPECIES, a[a8  + p]);       c8  = x8 .fma(b0, c8);
            FloatVector y8  = broadcast(SPECIES, a[a8  + p + 1]);   c8  = y8 .fma(d0, c8);
            FloatVector x9  = broadcast(SPECIES, a[a9  + p]);       c9  = x9 .fma(b0, c9);
            FloatVector y9  = broadcast(SPECIES, a[a9  + p + 1]);   c9  = y9 .fma(d0, c9);
            FloatVector x10 = broadcast(SPECIES, a[a10 + p]);       c10 = x10.fma(b0, c10);
            FloatVector y10 = broadcast(SPECIES, a[a10 + p + 1]);   c10 = y10.fma(d0, c10);
            FloatVector x11 = broadcast(SPECIES, a[a11 + p]);       c11 = x11.fma(b0, c11);
            FloatVector y11 = broadcast(SPECIES, a[a11 + p + 1]);   c11 = y11.fma(d0, c11);
        }
        if (bias != null) {
            FloatVector b0 = fromArray(SPECIES, bias, biasOffset);
            c0 = c0.add(b0);   c1 = c1.add(b0);
            c2 = c2.add(b0);   c3 = c3.add(b0);
            c4 = c4.add(b0);   c5 = c5.add(b0);
            c6 = c6.add(b0);   c7 = c7.add(b0);
            c8 = c8.add(b0);   c9 = c9.add(b0);
            c10 = c10.add(b0);   c11 = c11.add(b0);
        }
        c0 .intoArray(c, r0 );
        c1 .intoArray(c, r1 );
        c2 .intoArray(c, r2 );
        c3 .intoArray(c, r3 );
        c4 .intoArray(c, r4 );
        c5 .intoArray(c, r5 );
        c6 .intoArray(c, r6 );
        c7 .intoArray(c, r7 );
        c8 .intoArray(c, r8 );
        c9 .intoArray(c, r9 );
        c10.intoArray(c, r10);
        c11.intoArray(c, r11);
        // formatter-on
    }
}
