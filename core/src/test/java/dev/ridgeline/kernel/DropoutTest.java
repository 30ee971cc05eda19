package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static final long KEY = RandomBits.key(9, "mask");

    private final int[] words = new int[RandomBits.WORDS];

    @Tag("bits")
    @ParameterizedTest
    @ValueSource(floats = {0, 1e-6f, 0.1f, 0.5f, 0.999f, 0.999999f, 1})
    void equalsTheReference(float rate) {
        for (int to : new int[] {0, 1, 15, 17, 63, 64, 65, 255, 256, 257, 509, 512, 769}) {
            float[] x = special(to, to + 3);
            float[] expected = canaries(to + 3);
            float[] actual = canaries(to + 3);
            int threshold = Math.round(rate * 65536);
            float scale = 1 / (1 - rate);
            dev.ridgeline.kernel.reference.Dropout.apply(false, 0, to, 0, threshold, scale, KEY, 5, words, x, expected);
            float[] before = x.clone();
            Dropout.apply(0, to, 0, rate, KEY, 5, words, x, actual);
            assertSameBits(expected, actual, "to " + to);
            assertSameBits(before, x, "x");
            Dropout.apply(0, to, 0, rate, KEY, 5, words, x, x);
            assertSameBits(Arrays.copyOf(expected, to), Arrays.copyOf(x, to), "in place");
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.999f, 1})
    void rectifyIsReluThenDropoutForwardAndBackward(float rate) {
        for (int to : new int[] {0, 1, 15, 17, 255, 256, 257, 509, 769}) {
            float[] x = special(to, to + 3);
            float[] relu = canaries(to + 3);
            Activations.relu(to, x, 0, relu, 0);
            float[] expected = canaries(to + 3);
            Dropout.apply(0, to, 0, rate, KEY, 5, words, relu, expected);
            float[] y = canaries(to + 3);
            Dropout.rectify(0, to, 0, rate, KEY, 5, words, x, y);
            assertSameBits(expected, y, "rate " + rate + ", to " + to);

            float[] gradient = special(to + 1, to + 3);
            float[] actual = gradient.clone();
            Dropout.apply(0, to, 0, rate, KEY, 5, words, gradient, gradient);
            Activations.reluGradient(to, relu, 0, gradient, 0, gradient, 0);
            Dropout.rectifyGradient(0, to, rate, y, actual);
            assertSameBits(gradient, actual, "gradient, rate " + rate + ", to " + to);
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.999f, 1})
    void affineEqualsTheReferenceAndHasTheMaskOfApply(float rate) {
        for (int to : new int[] {0, 1, 15, 17, 255, 256, 257, 509, 769}) {
            float[] x = special(to, to + 3);
            float[] before = x.clone();
            float[] expected = canaries(to + 3);
            float[] actual = canaries(to + 3);
            int threshold = Math.round(rate * 65536);
            dev.ridgeline.kernel.reference.Dropout.affine(
                    0, to, 64, threshold, 1.3f, 0.2f, -0.7f, KEY, 5, words, x, expected);
            Dropout.affine(0, to, 256, rate, 1.3f, 0.2f, -0.7f, KEY, 5, words, x, actual);
            assertSameBits(expected, actual, "rate " + rate + ", to " + to);
            assertSameBits(before, x, "x");

            float[] mask = new float[to];
            Arrays.fill(mask, 1);
            Dropout.apply(0, to, 256, rate, KEY, 5, words, mask, mask);
            for (int i = 0; i < to; i++) {
                float kept = x[i] * 1.3f + 0.2f;
                assertSameBits(new float[] {mask[i] == 0 ? -0.7f : kept}, new float[] {actual[i]}, "element " + i);
            }
            Dropout.affine(0, to, 256, rate, 1.3f, 0.2f, -0.7f, KEY, 5, words, x, x);
            assertSameBits(Arrays.copyOf(expected, to), Arrays.copyOf(x, to), "in place");
        }
    }

    @Tag("bits")
    @Test
    void aPartOfABatchHasTheMaskOfTheBatch() {
        int n = 1500;
        float[] x = special(2, n);
        float[] whole = new float[n];
        Dropout.apply(0, n, 0, 0.4f, KEY, 77, words, x, whole);
        float[] part = Arrays.copyOfRange(x, 768, n);
        Dropout.apply(0, n - 768, 768, 0.4f, KEY, 77, words, part, part);
        assertSameBits(Arrays.copyOfRange(whole, 768, n), part, "part");
        Dropout.rectify(0, n, 0, 0.4f, KEY, 77, words, x, whole);
        part = Arrays.copyOfRange(x, 512, n);
        Dropout.rectify(0, n - 512, 512, 0.4f, KEY, 77, words, part, part);
        assertSameBits(Arrays.copyOfRange(whole, 512, n), part, "rectified part");
    }

    @Tag("bits")
    @Test
    void aSplitChangesNothing() {
        int n = 1000;
        float[] x = special(1, n);
        float[] whole = new float[n];
        Dropout.apply(0, n, 0, 0.4f, KEY, 77, words, x, whole);
        float[] parts = new float[n];
        Dropout.apply(512, n, 0, 0.4f, KEY, 77, words, x, parts);
        Dropout.apply(256, 512, 0, 0.4f, KEY, 77, words, x, parts);
        Dropout.apply(0, 256, 0, 0.4f, KEY, 77, words, x, parts);
        assertSameBits(whole, parts, "parts");
    }

    /** The documented layout: element 256c + 64s + b has number s of block (64c + b, step). */
    @Test
    void theMaskIsTheDocumentedOne() {
        int n = 600;
        float[] x = new float[n];
        Arrays.fill(x, 1);
        float[] y = new float[n];
        Dropout.apply(0, n, 0, 0.3f, KEY, 12, words, x, y);
        for (int i = 0; i < n; i++) {
            int chunk = i / 256;
            int slot = i % 256 / 64;
            int block = i % 64;
            long bits = RandomBits.block(KEY, 64 * chunk + block, 12) >>> 16 * slot & 0xFFFF;
            assertEquals(bits >= Math.round(0.3f * 65536) ? 1 / 0.7f : 0, y[i], 1e-6f, "element " + i);
        }
    }

    @Test
    void keepsAndDropsAtTheRate() {
        int n = 200_000;
        float[] x = new float[n];
        Arrays.fill(x, 1);
        float[] y = new float[n];
        for (float rate : new float[] {0.01f, 0.25f, 0.5f, 0.75f, 0.99f}) {
            Dropout.apply(0, n, 0, rate, KEY, 3, words, x, y);
            int dropped = 0;
            for (float v : y) {
                dropped += v == 0 ? 1 : 0;
            }
            assertEquals(n * rate, dropped, 5 * Math.sqrt(n * rate * (1 - rate)), "rate " + rate);
        }
    }

    /** Pairs of masks, each fair: of neighbours, of elements that share a block, of steps, of streams. */
    @Test
    void masksAreIndependent() {
        int n = 1 << 17;
        float[] x = new float[n];
        Arrays.fill(x, 1);
        float[] a = new float[n];
        float[] step = new float[n];
        float[] stream = new float[n];
        Dropout.apply(0, n, 0, 0.5f, KEY, 3, words, x, a);
        Dropout.apply(0, n, 0, 0.5f, KEY, 4, words, x, step);
        Dropout.apply(0, n, 0, 0.5f, RandomBits.key(9, "other"), 3, words, x, stream);
        for (int distance : new int[] {1, 2, 16, 64, 128, 192, 256}) {
            assertIndependent(a, a, distance);
        }
        assertIndependent(a, step, 0);
        assertIndependent(a, stream, 0);
        assertThrows(AssertionError.class, () -> assertIndependent(a, a, 0));
    }

    private static void assertIndependent(float[] a, float[] b, int distance) {
        int[] table = new int[4];
        int n = a.length - distance;
        for (int i = 0; i < n; i++) {
            table[(a[i] == 0 ? 2 : 0) + (b[i + distance] == 0 ? 1 : 0)]++;
        }
        RandomBitsTest.assertUniform(table, n);
    }

    @Test
    void whatIsDroppedIsPlusZero() {
        float[] x = {-5, Float.NaN, Float.NEGATIVE_INFINITY, -0f};
        float[] y = new float[4];
        Dropout.apply(0, 4, 0, 1, KEY, 0, words, x, y);
        assertSameBits(new float[4], y, "y");
    }

    @Test
    void badArgumentsAreRefused() {
        float[] x = new float[300];
        for (float rate : new float[] {-0.1f, 1.1f, Float.NaN}) {
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> Dropout.apply(0, 300, 0, rate, 1, 0, words, x, x));
            assertTrue(e.getMessage().contains("rate") && e.getMessage().contains("" + rate), e.getMessage());
        }
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Dropout.apply(64, 300, 0, 0.5f, 1, 0, words, x, x));
        assertTrue(e.getMessage().contains("64") && e.getMessage().contains("256"), e.getMessage());
        for (long start : new long[] {-256, 128}) {
            e = assertThrows(
                    IllegalArgumentException.class, () -> Dropout.apply(0, 300, start, 0.5f, 1, 0, words, x, x));
            assertTrue(e.getMessage().contains("start: " + start), e.getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Dropout.affine(0, 300, start, 0.5f, 1, 0, 0, 1, 0, words, x, x));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> Dropout.apply(0, 301, 0, 0.5f, 1, 0, words, x, x));
        assertThrows(
                IndexOutOfBoundsException.class, () -> Dropout.apply(0, 300, 0, 0.5f, 1, 0, words, x, new float[299]));
        assertThrows(IndexOutOfBoundsException.class, () -> Dropout.apply(0, 300, 0, 0.5f, 1, 0, new int[9], x, x));
    }
}
