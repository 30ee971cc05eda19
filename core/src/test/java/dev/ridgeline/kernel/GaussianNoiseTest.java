package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianNoiseTest {
    private static final long KEY = RandomBits.key(9, "mask");
    private static final int MANY = 1 << 16;

    private final int[] words = new int[RandomBits.WORDS];
    private final float[] normals = new float[GaussianNoise.CHUNK];

    /** Normal numbers: noise on zeros. */
    private float[] normals(int n, long start, long key, int step) {
        float[] y = new float[n];
        GaussianNoise.add(0, n, start, 1, key, step, words, normals, y, y);
        return y;
    }

    @Tag("bits")
    @ParameterizedTest
    @ValueSource(floats = {0, 1e-30f, 0.1f, 1, 300})
    void equalsTheReference(float deviation) {
        for (int to : new int[] {0, 1, 3, 4, 5, 7, 9, 15, 17, 31, 33, 63, 65, 127, 128, 129, 251, 256, 389}) {
            float[] x = special(to, to + 3);
            float[] before = x.clone();
            float[] expected = canaries(to + 3);
            float[] actual = canaries(to + 3);
            dev.ridgeline.kernel.reference.GaussianNoise.add(0, to, 64, deviation, KEY, 5, words, normals, x, expected);
            GaussianNoise.add(0, to, 128, deviation, KEY, 5, words, normals, x, actual);
            assertSameBits(expected, actual, "add, to " + to);

            float[] product = canaries(to + 3);
            dev.ridgeline.kernel.reference.GaussianNoise.multiply(
                    0, to, 64, deviation, KEY, 5, words, normals, x, product);
            actual = canaries(to + 3);
            GaussianNoise.multiply(0, to, 128, deviation, KEY, 5, words, normals, x, actual);
            assertSameBits(product, actual, "multiply, to " + to);
            assertSameBits(before, x, "x");

            GaussianNoise.add(0, to, 128, deviation, KEY, 5, words, normals, x, x);
            assertSameBits(Arrays.copyOf(expected, to), Arrays.copyOf(x, to), "add in place");
            GaussianNoise.multiply(0, to, 128, deviation, KEY, 5, words, normals, before, before);
            assertSameBits(Arrays.copyOf(product, to), Arrays.copyOf(before, to), "multiply in place");
        }
    }

    /** The documented layout: element 128c + 64s + b has word s of block (64c + b, step). */
    @Tag("bits")
    @Test
    void theNumbersAreTheDocumentedOnes() {
        int n = 300;
        float[] actual = normals(n, 0, KEY, 12);
        float[] x = special(3, n);
        float[] sum = new float[n];
        float[] product = new float[n];
        GaussianNoise.add(0, n, 0, 0.25f, KEY, 12, words, normals, x, sum);
        GaussianNoise.multiply(0, n, 0, 0.25f, KEY, 12, words, normals, x, product);
        for (int i = 0; i < n; i++) {
            long block = RandomBits.block(KEY, 64 * (i / 128) + i % 64, 12);
            int word = (int) (i % 128 < 64 ? block : block >>> 32);
            float q = ((word & 0x7FFFFFFF) + 0.5f) * 0x1p-32f;
            float normal = dev.ridgeline.kernel.reference.Elementary.inverseNormal(q) * (word < 0 ? -1 : 1);
            assertEquals(normal, actual[i], "element " + i);
            assertSameBits(
                    new float[] {x[i] + 0.25f * normal, x[i] * (1 + 0.25f * normal)},
                    new float[] {sum[i], product[i]},
                    "element " + i);
        }
    }

    @Tag("bits")
    @Test
    void neitherASplitNorAPartOfABatchChangesANumber() {
        int n = 1000;
        float[] whole = normals(n, 0, KEY, 77);
        float[] parts = new float[n];
        GaussianNoise.add(512, n, 0, 1, KEY, 77, words, normals, parts, parts);
        GaussianNoise.add(128, 512, 0, 1, KEY, 77, words, normals, parts, parts);
        GaussianNoise.add(0, 128, 0, 1, KEY, 77, words, normals, parts, parts);
        assertSameBits(whole, parts, "parts");
        assertSameBits(Arrays.copyOfRange(whole, 384, n), normals(n - 384, 384, KEY, 77), "a later part");
    }

    /** Chi-square over 256 quantiles, with the quantiles of Apache Commons Statistics. */
    @Test
    void theNumbersAreNormal() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        int[] bins = new int[256];
        for (float v : normals(MANY, 0, KEY, 3)) {
            bins[(int) (256 * normal.cumulativeProbability(v))]++;
        }
        RandomBitsTest.assertUniform(bins, MANY);
    }

    @Test
    void meanVarianceAndFourthMomentAreThoseOfTheNormalDistribution() {
        double[] moments = new double[5];
        for (float v : normals(MANY, 0, KEY, 4)) {
            for (int k = 1; k <= 4; k++) {
                moments[k] += Math.pow(v, k) / MANY;
            }
        }
        // five standard errors: the variances of z, z², z³ and z⁴ are 1, 2, 15 and 96
        assertEquals(0, moments[1], 5 / Math.sqrt(MANY), "mean");
        assertEquals(1, moments[2], 5 * Math.sqrt(2.0 / MANY), "variance");
        assertEquals(0, moments[3], 5 * Math.sqrt(15.0 / MANY), "third moment");
        assertEquals(3, moments[4], 5 * Math.sqrt(96.0 / MANY), "fourth moment");
    }

    @Test
    void theNumbersAreIndependent() {
        float[] a = normals(MANY, 0, KEY, 3);
        for (int distance : new int[] {1, 2, 16, 64, 128, 256}) {
            assertUncorrelated(a, a, distance);
        }
        assertUncorrelated(a, normals(MANY, 0, KEY, 4), 0);
        assertUncorrelated(a, normals(MANY, 0, RandomBits.key(9, "other"), 3), 0);
        assertThrows(AssertionError.class, () -> assertUncorrelated(a, a, 0));
    }

    /** The numbers and their squares: a shared magnitude would show in those. Five standard errors. */
    private static void assertUncorrelated(float[] a, float[] b, int distance) {
        int n = a.length - distance;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = a[i];
            double y = b[i + distance];
            products += x * y / n;
            squares += (x * x - 1) * (y * y - 1) / n;
        }
        assertEquals(0, products, 5 / Math.sqrt(n), "distance " + distance);
        assertEquals(0, squares, 5 * 2 / Math.sqrt(n), "squares, distance " + distance);
    }

    @Test
    void noNumberIsInfinite() {
        int[] extreme = new int[RandomBits.WORDS];
        float[] q = new float[GaussianNoise.CHUNK];
        Arrays.setAll(extreme, i -> i % 2 == 0 ? 0 : -1);
        dev.ridgeline.kernel.reference.GaussianNoise.probabilities(extreme, q);
        Elementary.inverseNormal(q.length, q, 0, q, 0);
        assertEquals(-6.338f, q[0], 0.001f);
        assertEquals(0f, Math.abs(q[1]));
    }

    @Test
    void deviationScales() {
        float[] one = normals(300, 0, KEY, 1);
        float[] y = new float[300];
        GaussianNoise.add(0, 300, 0, 2.5f, KEY, 1, words, normals, y, y);
        for (int i = 0; i < 300; i++) {
            assertEquals(2.5f * one[i], y[i]);
        }
    }

    @Test
    void badArgumentsAreRefused() {
        float[] x = new float[300];
        for (float deviation : new float[] {-0.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            refused(0, 0, deviation, "deviation: " + deviation + " must be finite");
        }
        refused(64, 0, 1, "from: 64 and start: 0 must be multiples of 128");
        refused(0, 100, 1, "start: 100");
        refused(0, -128, 1, "start: -128");
        for (int[] range : new int[][] {{0, 301}, {128, 0}, {-128, 0}}) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> GaussianNoise.add(range[0], range[1], 0, 1, 1, 0, words, normals, x, x));
        }
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> GaussianNoise.multiply(0, 300, 0, 1, 1, 0, words, normals, x, new float[299]));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> GaussianNoise.multiply(0, 300, 0, 1, 1, 0, new int[9], normals, x, x));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> GaussianNoise.add(0, 300, 0, 1, 1, 0, words, new float[127], x, x));
    }

    private void refused(int from, long start, float deviation, String message) {
        float[] x = new float[300];
        for (boolean sum : new boolean[] {true, false}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> {
                if (sum) {
                    GaussianNoise.add(from, 300, start, deviation, 1, 0, words, normals, x, x);
                } else {
                    GaussianNoise.multiply(from, 300, start, deviation, 1, 0, words, normals, x, x);
                }
            });
            assertTrue(e.getMessage().contains(message), e.getMessage());
        }
    }
}
