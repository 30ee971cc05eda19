package dev.ridgeline.kernel;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.groupNormalize;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowsTest {
    private static final int[] COLUMNS = {
        1, 2, 3, 4, 5, 8, 13, 15, 16, 17, 23, 31, 32, 33, 47, 48, 63, 64, 65, 79, 80, 112, 127, 128, 129, 191, 211
    };

    /** Some rows of a matrix with canaries around them. */
    private record Case(int columns, int from, int to, boolean extreme) {
        float[] matrix(long seed) {
            float[] values = canaries(to * columns + 5);
            float[] drawn = vector(seed, to * columns);
            System.arraycopy(drawn, from * columns, values, from * columns, (to - from) * columns);
            return values;
        }

        float[] row(long seed) {
            return vector(seed, columns);
        }

        float[] vector(long seed, int n) {
            return extreme ? special(seed, n) : random(seed, n, 3);
        }
    }

    static Stream<Case> cases() {
        return Arrays.stream(COLUMNS)
                .boxed()
                .flatMap(columns -> Stream.of(
                        new Case(columns, 0, 3, false), new Case(columns, 2, 7, true), new Case(columns, 1, 1, false)));
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeEqualsTheReference(Case c) {
        float[] x = c.matrix(1);
        float[][] expected = {canaries(x.length), canaries(x.length), canaries(c.to + 2)};
        float[][] actual = {canaries(x.length), canaries(x.length), canaries(c.to + 2)};
        dev.ridgeline.kernel.reference.Rows.normalize(
                c.columns, c.from, c.to, 1e-3f, c.row(2), c.row(3), x, expected[0], expected[1], expected[2]);
        Rows.normalize(c.columns, c.from, c.to, 1e-3f, c.row(2), c.row(3), x, actual[0], actual[1], actual[2]);
        assertSameBits(expected[0], actual[0], "normal");
        assertSameBits(expected[1], actual[1], "y");
        assertSameBits(expected[2], actual[2], "inverse deviation");
        assertSameBits(c.matrix(1), x, "x");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeGradientEqualsTheReference(Case c) {
        if (c.columns == 2) {
            return; // twoColumnsLoseNothing
        }
        float[] normal = c.matrix(1);
        float[] expected = c.matrix(2);
        float[] actual = c.matrix(2);
        float[] inverse = c.vector(4, c.to);
        dev.ridgeline.kernel.reference.Rows.normalizeGradient(
                c.columns, c.from, c.to, c.row(3), normal, inverse, expected);
        Rows.normalizeGradient(c.columns, c.from, c.to, 1e-3f, c.row(3), normal, inverse, actual);
        assertSameBits(expected, actual, "dx");
        assertSameBits(c.matrix(1), normal, "normal");
    }

    static IntStream columns() {
        return Arrays.stream(COLUMNS);
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("columns")
    void sumsFoldSixtyFourLanes(int n) {
        float[] a = random(1, n + 3, 3);
        float[] b = random(2, n + 3, 3);
        float[] ones = new float[n + 3];
        Arrays.fill(ones, 1);
        boolean vector = Kernels.VECTOR;
        assertEquals(folded(n, a, ones, 3), Rows.sum(vector, n, a, 3));
        assertEquals(folded(n, a, b, 3), Rows.dot(vector, n, a, b, 3));
    }

    /** The order as the documentation states it. */
    private static float folded(int n, float[] a, float[] b, int offset) {
        float[] lanes = new float[64];
        int whole = n - n % 16;
        for (int j = 0; j < whole; j++) {
            lanes[j % 64] = dev.ridgeline.kernel.reference.Fma.fma(a[offset + j], b[offset + j], lanes[j % 64]);
        }
        for (int half = 32; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                lanes[l] += lanes[l + half];
            }
        }
        float rest = 0;
        for (int j = whole; j < n; j++) {
            rest = dev.ridgeline.kernel.reference.Fma.fma(a[offset + j], b[offset + j], rest);
        }
        return lanes[0] + rest;
    }

    @ParameterizedTest
    @MethodSource("columns")
    void theGradientIsTheDerivative(int columns) {
        int rows = 3;
        float[] x = random(1, rows * columns, 2);
        float[] dy = random(2, x.length, 1);
        float[] gamma = random(3, columns, 2);
        float[] beta = random(4, columns, 1);
        float[] normal = new float[x.length];
        float[] y = new float[x.length];
        float[] inverse = new float[rows];
        double[] wide = doubles(x, x.length);
        double[] wideGamma = doubles(gamma, columns);
        double[] wideDy = doubles(dy, dy.length);
        double[] expected = gradient(
                wide,
                () -> dot(groupNormalize(rows, 1, columns, 1, wide, 1e-3f, wideGamma, doubles(beta, columns)), wideDy));
        Rows.normalize(columns, 0, rows, 1e-3f, gamma, beta, x, normal, y, inverse);
        assertClose(groupNormalize(rows, 1, columns, 1, wide, 1e-3f, wideGamma, doubles(beta, columns)), y, 1e-5, "y");
        Rows.normalizeGradient(columns, 0, rows, 1e-3f, gamma, normal, inverse, dy);
        assertClose(expected, dy, columns == 2 ? 1e-4 : 1e-5, "dx"); // of two, differences of double lose digits too
    }

    /** With two columns x̂² is 1 - ε·s²: dx is what is left when nearly everything cancels. */
    @Test
    void twoColumnsLoseNothing() {
        for (float half : new float[] {0, 0.1f, 1, 10, 100}) {
            float[] x = {3 + half, 3 - half};
            float[] gamma = {2, 0.5f};
            float[] normal = new float[2];
            float[] inverse = new float[1];
            float[] dy = {0.75f, -0.5f};
            Rows.normalize(2, 0, 1, 1e-3f, gamma, new float[2], x, normal, new float[2], inverse);
            Rows.normalizeGradient(2, 0, 1, 1e-3f, gamma, normal, inverse, dy);
            double s = 1 / Math.sqrt((double) half * half + 1e-3f);
            double expected = 1e-3f * s * s * s * (2 * 0.75 + 0.5 * 0.5) / 2;
            assertEquals(expected, dy[0], 1e-5 * expected);
            assertEquals(-dy[0], dy[1]);
        }
    }

    /** Mean 10⁴ and deviation 1: E[x²] - E[x]² has no correct digit left there. */
    @Test
    void aLargeMeanLosesNothing() {
        for (int columns : new int[] {19, 128, 1000}) {
            SplittableRandom random = new SplittableRandom(3);
            float[] x = new float[4 * columns];
            float[] gamma = new float[columns];
            Arrays.fill(gamma, 1);
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (1e4 + random.nextGaussian());
            }
            float[] y = new float[x.length];
            Rows.normalize(columns, 0, 4, 1e-3f, gamma, new float[columns], x, new float[x.length], y, new float[4]);
            double[] expected = groupNormalize(
                    4, 1, columns, 1, doubles(x, x.length), 1e-3f, doubles(gamma, columns), new double[columns]);
            assertClose(expected, y, 1e-5, "y");
        }
    }

    static Stream<Arguments> misfits() {
        float[] six = new float[6];
        float[] three = new float[3];
        float[] two = new float[2];
        return Stream.of(
                Arguments.of("rows", (Runnable)
                        () -> Rows.normalize(3, 0, 3, 1, three, three, six, new float[9], new float[9], three)),
                Arguments.of(
                        "no column", (Runnable) () -> Rows.normalize(0, 0, 2, 1, three, three, six, six, six, two)),
                Arguments.of("range", (Runnable) () -> Rows.normalize(3, 2, 1, 1, three, three, six, six, six, two)),
                Arguments.of("beta", (Runnable) () -> Rows.normalize(3, 0, 2, 1, three, two, six, six, six, two)),
                Arguments.of("output", (Runnable)
                        () -> Rows.normalize(3, 0, 2, 1, three, three, six, six, new float[5], two)),
                Arguments.of("deviation", (Runnable)
                        () -> Rows.normalize(3, 0, 2, 1, three, three, six, six, six, new float[1])),
                Arguments.of("gamma", (Runnable) () -> Rows.normalizeGradient(3, 0, 2, 1, two, six, two, six)),
                Arguments.of("gradient", (Runnable)
                        () -> Rows.normalizeGradient(3, 0, 2, 1, three, six, two, new float[5])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void whatDoesNotFitIsRefused(String what, Runnable call) {
        Exception e = assertThrows(IndexOutOfBoundsException.class, call::run);
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what);
    }
}
