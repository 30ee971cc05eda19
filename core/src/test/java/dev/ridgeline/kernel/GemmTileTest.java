package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** All tiles, those of other machines too: they work at any vector width. */
class GemmTileTest {
    @Test
    void everyTileEqualsTheReference() {
        assumeTrue(Kernels.VECTOR, "no vector kernels here");
        Random random = new Random(3);
        int lda = 37;
        int n = 2 * VectorShapes.LANES;
        float[] a = random(random, 12 * lda);
        float[] b = random(random, 29 * n);
        float[] bias = random(random, n + 1);
        for (int variant = 0; variant < 16; variant++) {
            boolean load = (variant & 1) != 0;
            float[] biasOrNull = (variant & 2) != 0 ? bias : null;
            boolean transposed = (variant & 4) != 0;
            int k = (variant & 8) != 0 ? 28 : 29;
            int aRow = transposed ? 1 : lda;
            int aStep = transposed ? 12 : 1;
            for (int tile = 0; tile < 9; tile++) {
                if (tile == 7 && !transposed && k % 2 != 0 || tile == 8 && (transposed || k % 2 != 0)) {
                    continue; // by pairs of steps
                }
                int height = new int[] {12, 8, 4, 12, 4, 6, 6, 12, 12}[tile];
                int width = tile < 3 || tile == 5 || tile == 7 ? n : VectorShapes.LANES;
                for (int rows = 1; rows <= height; rows++) {
                    float[] c = random(random, 3 + 12 * n);
                    float[] expected = c.clone();
                    if (transposed) {
                        int distance = tile == 7 ? GemmPack.STRIP : 12;
                        dev.ridgeline.kernel.reference.Gemm.tn(
                                rows, width, k, load, a, 0, distance, b, 0, n, biasOrNull, 1, expected, 3, n);
                    } else {
                        dev.ridgeline.kernel.reference.Gemm.nn(
                                rows, width, k, load, a, 0, lda, b, 0, n, biasOrNull, 1, expected, 3, n);
                    }
                    switch (tile) {
                        case 0 -> {
                            if (transposed) {
                                GemmTile12Pairs.tile12x2Transposed(
                                        rows, k, a, 0, 12, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            } else {
                                GemmTile12.tile12x2(rows, k, a, 0, lda, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            }
                        }
                        case 1 -> GemmTile12.tile8x2(rows, k, a, 0, aRow, aStep, b, 0, n, biasOrNull, 1, load, c, 3, n);
                        case 2 -> GemmTile12.tile4x2(rows, k, a, 0, aRow, aStep, b, 0, n, biasOrNull, 1, load, c, 3, n);
                        case 3 -> {
                            if (transposed) {
                                GemmTile12.tile12x1Transposed(rows, k, a, 0, 12, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            } else {
                                GemmTile12.tile12x1(rows, k, a, 0, lda, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            }
                        }
                        case 4 -> GemmTile12.tile4x1(rows, k, a, 0, aRow, aStep, b, 0, n, biasOrNull, 1, load, c, 3, n);
                        case 5 -> {
                            if (transposed) {
                                GemmTile6.tile6x2Transposed(rows, k, a, 0, 12, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            } else {
                                GemmTile6.tile6x2(rows, k, a, 0, lda, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            }
                        }
                        case 6 -> {
                            if (transposed) {
                                GemmTile6.tile6x1Transposed(rows, k, a, 0, 12, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            } else {
                                GemmTile6.tile6x1(rows, k, a, 0, lda, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            }
                        }
                        case 7 -> {
                            if (transposed) {
                                GemmTile12Pairs.tile12x2Packed(rows, k, a, 0, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            } else {
                                GemmTile12Pairs.tile12x2(rows, k, a, 0, lda, b, 0, n, biasOrNull, 1, load, c, 3, n);
                            }
                        }
                        default -> GemmTile12Pairs.tile12x1(rows, k, a, 0, lda, b, 0, n, biasOrNull, 1, load, c, 3, n);
                    }
                    for (int i = 0; i < c.length; i++) {
                        assertEquals(expected[i], c[i], "tile " + tile + ", variant " + variant + ", rows " + rows);
                    }
                }
            }
        }
    }

    private static float[] random(Random random, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }
}
