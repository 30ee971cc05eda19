package dev.ridgeline.layer;

import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;

import dev.ridgeline.kernel.Team;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TallProductTest {
    private static final int M = 5;
    private static final int N = 7;

    private static float[] product(int threads, int rows, float[] a, float[] b) {
        float[] c = new float[M * N];
        try (Team team = new Team(threads)) {
            new TallProduct().run(team, M, N, rows, a, b, c);
        }
        return c;
    }

    private static double[] truth(int rows, float[] a, float[] b) {
        double[] c = new double[M * N];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < M * N; i++) {
                c[i] += (double) a[r * M + i / N] * b[r * N + i % N];
            }
        }
        return c;
    }

    /** Factors around 1: the sum grows with every row. */
    private static float[] positive(long seed, int n) {
        float[] values = random(seed, n, 0.5f);
        for (int i = 0; i < n; i++) {
            values[i] += 1;
        }
        return values;
    }

    @Test
    void everyRowCountsOnce() {
        for (int rows : new int[] {1, 2, 255, 256, 257, 511, 512, 513, 1000}) {
            float[] a = random(1, rows * M, 1);
            float[] b = random(2, rows * N, 1);
            assertClose(truth(rows, a, b), product(1, rows, a, b), 1e-6, rows + " rows");
        }
    }

    @Test
    void aTallStackLosesNoDigits() {
        int rows = 20_000;
        float[] a = positive(3, rows * M);
        float[] b = positive(4, rows * N);
        assertClose(truth(rows, a, b), product(1, rows, a, b), 1e-6, "C");
    }

    @Tag("bits")
    @Test
    void threadsDoNotMatter() {
        int rows = 3_001;
        float[] a = random(5, rows * M, 1);
        float[] b = random(6, rows * N, 1);
        float[] expected = product(1, rows, a, b);
        for (int threads : new int[] {2, 3}) {
            assertSameBits(expected, product(threads, rows, a, b), threads + " threads");
        }
    }
}
