package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.DoubleLayers;
import dev.ridgeline.Floats;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnsTest {
    /** With a rectifier before batch normalization, and without. */
    private static final float[] FLOORS = {0, Float.NaN};

    /** A matrix with canaries after it, and a range of its columns. */
    private record Case(int rows, int stride, int from, int to, boolean extreme) {
        float[] matrix(long seed) {
            float[] values = canaries(rows * stride + 5);
            float[] drawn = extreme ? special(seed, rows * stride) : random(seed, rows * stride, 3);
            System.arraycopy(drawn, 0, values, 0, drawn.length);
            return values;
        }

        float[] row(long seed) {
            return extreme ? special(seed, stride) : random(seed, stride, 3);
        }
    }

    static Stream<Case> cases() {
        Stream.Builder<Case> cases = Stream.builder();
        for (int columns : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 37}) {
            cases.add(new Case(5, columns, 0, columns, columns % 2 == 0));
        }
        for (int rows : new int[] {1, 2, 13}) {
            cases.add(new Case(rows, 41, 0, 41, false));
            cases.add(new Case(rows, 41, 3, 38, true));
            cases.add(new Case(rows, 41, 16, 17, false));
            cases.add(new Case(rows, 41, 9, 9, true));
        }
        return cases.build();
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void sumEqualsTheReference(Case c) {
        float[] x = c.matrix(1);
        float[] expected = canaries(c.stride);
        float[] actual = canaries(c.stride);
        dev.ridgeline.kernel.reference.Columns.sum(c.rows, c.stride, c.from, c.to, x, expected);
        Columns.sum(c.rows, c.stride, c.from, c.to, x, actual);
        assertSameBits(expected, actual, "sum");
        assertSameBits(c.matrix(1), x, "x");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void dotEqualsTheReference(Case c) {
        float[] a = c.matrix(1);
        float[] b = c.matrix(2);
        float[] expected = canaries(c.stride);
        float[] actual = canaries(c.stride);
        dev.ridgeline.kernel.reference.Columns.dot(c.rows, c.stride, c.from, c.to, a, b, expected);
        Columns.dot(c.rows, c.stride, c.from, c.to, a, b, actual);
        assertSameBits(expected, actual, "sum");
        assertSameBits(c.matrix(1), a, "a");
        assertSameBits(c.matrix(2), b, "b");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void rectifyEqualsTheReference(Case c) {
        float[] x = c.matrix(1);
        float[][] expected = {canaries(x.length), canaries(c.stride)};
        float[][] actual = {canaries(x.length), canaries(c.stride)};
        dev.ridgeline.kernel.reference.Columns.rectify(c.rows, c.stride, c.from, c.to, x, expected[0], expected[1]);
        Columns.rectify(c.rows, c.stride, c.from, c.to, x, actual[0], actual[1]);
        assertSameBits(expected[0], actual[0], "y");
        assertSameBits(expected[1], actual[1], "sum");
        assertSameBits(c.matrix(1), x, "x");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void meanVarianceEqualsTheReference(Case c) {
        float[] x = c.matrix(1);
        float[][] expected = {c.row(2), canaries(c.stride), canaries(c.stride)};
        float[][] actual = {c.row(2), canaries(c.stride), canaries(c.stride)};
        dev.ridgeline.kernel.reference.Columns.meanVariance(
                c.rows, c.stride, c.from, c.to, x, expected[0], expected[1], expected[2]);
        Columns.meanVariance(c.rows, c.stride, c.from, c.to, x, actual[0], actual[1], actual[2]);
        assertSameBits(expected[0], actual[0], "mean");
        assertSameBits(expected[1], actual[1], "correction");
        assertSameBits(expected[2], actual[2], "variance");
        assertSameBits(c.matrix(1), x, "x");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeEqualsTheReference(Case c) {
        float[] x = c.matrix(1);
        float[] expected = canaries(x.length);
        float[] actual = canaries(x.length);
        dev.ridgeline.kernel.reference.Columns.normalize(
                c.rows, c.stride, c.from, c.to, c.row(2), c.row(3), c.row(4), x, expected);
        Columns.normalize(c.rows, c.stride, c.from, c.to, c.row(2), c.row(3), c.row(4), x, actual);
        assertSameBits(expected, actual, "y");
        assertSameBits(c.matrix(1), x, "x");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeReductionsEqualTheReference(Case c) {
        for (float floor : FLOORS) {
            float[] dy = c.matrix(7);
            float[][] expected = {canaries(c.stride), canaries(c.stride)};
            float[][] actual = {canaries(c.stride), canaries(c.stride)};
            dev.ridgeline.kernel.reference.Columns.normalizeReductions(
                    c.rows, c.stride, c.from, c.to, floor, c.row(2), c.matrix(1), dy, expected[0], expected[1]);
            Columns.normalizeReductions(
                    c.rows, c.stride, c.from, c.to, floor, c.row(2), c.matrix(1), dy, actual[0], actual[1]);
            assertSameBits(expected[0], actual[0], "sum");
            assertSameBits(expected[1], actual[1], "weighted");
            assertSameBits(c.matrix(7), dy, "dy");
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeGradientEqualsTheReference(Case c) {
        for (float floor : FLOORS) {
            float[] expected = c.matrix(7);
            float[] actual = c.matrix(7);
            float[] x = c.matrix(1);
            float[][] rows = {c.row(2), c.row(3), c.row(4), c.row(5)};
            dev.ridgeline.kernel.reference.Columns.normalizeGradient(
                    c.rows, c.stride, c.from, c.to, floor, rows[0], rows[1], rows[2], rows[3], x, expected);
            Columns.normalizeGradient(
                    c.rows, c.stride, c.from, c.to, floor, rows[0], rows[1], rows[2], rows[3], x, actual);
            assertSameBits(expected, actual, "dx");
            assertSameBits(c.matrix(1), x, "x");
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void clipNormEqualsTheReference(Case c) {
        for (float[] bounds : new float[][] {{0, 0.5f}, {0, 4}, {0, 1e30f}, {1, 1}, {2, 3}, {1e30f, 1e31f}}) {
            float[] expected = c.matrix(1);
            float[] actual = c.matrix(1);
            int clipped = dev.ridgeline.kernel.reference.Columns.clipNorm(
                    c.rows, c.stride, c.from, c.to, bounds[0], bounds[1], new float[c.stride], expected);
            assertEquals(
                    clipped,
                    Columns.clipNorm(
                            c.rows, c.stride, c.from, c.to, bounds[0], bounds[1], new float[c.stride], actual));
            assertSameBits(expected, actual, "w");
        }
    }

    /** Batch statistics at mean 10⁴ and deviation 1: E[x²] - E[x]² has no correct digit left there. */
    @Test
    void aLargeMeanLosesNothing() {
        int rows = 200;
        int columns = 19;
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[rows * columns];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (1e4 + random.nextGaussian());
        }
        float[] mean = new float[columns];
        float[] correction = new float[columns];
        float[] variance = new float[columns];
        Columns.sum(rows, columns, 0, columns, x, mean);
        Columns.meanVariance(rows, columns, 0, columns, x, mean, correction, variance);
        double[][] expected = DoubleLayers.statistics(rows, columns, doubles(x, x.length));
        for (int j = 0; j < columns; j++) {
            assertEquals(expected[0][j], (double) mean[j] + correction[j], 1e-5);
        }
        Floats.assertClose(expected[1], variance, 1e-5, "variance");
    }

    @Test
    void columnsInsideTheBallKeepEveryBit() {
        float[] w = {0.3f, 3, -0f, 0.4f, 4, 1e-42f};
        float[] factor = new float[3];
        assertEquals(1, Columns.clipNorm(2, 3, 0, 3, 0, 1, factor, w));
        assertSameBits(new float[] {0.3f, 3 * 0.2f, -0f, 0.4f, 4 * 0.2f, 1e-42f}, w, "w");
    }

    static Stream<Arguments> misfits() {
        float[] six = new float[6];
        float[] three = new float[3];
        return Stream.of(
                Arguments.of("rows", (Runnable) () -> Columns.sum(3, 3, 0, 3, six, three)),
                Arguments.of("negative rows", (Runnable) () -> Columns.sum(-1, 3, 0, 3, six, three)),
                Arguments.of("columns", (Runnable) () -> Columns.sum(2, 3, 0, 4, six, new float[4])),
                Arguments.of("range", (Runnable) () -> Columns.sum(2, 3, 2, 1, six, three)),
                Arguments.of("result", (Runnable) () -> Columns.sum(2, 3, 0, 3, six, new float[2])),
                Arguments.of("second", (Runnable) () -> Columns.dot(2, 3, 0, 3, six, three, three)),
                Arguments.of("scratch", (Runnable) () -> Columns.clipNorm(2, 3, 0, 3, 0, 1, new float[2], six)),
                Arguments.of(
                        "variance", (Runnable) () -> Columns.meanVariance(2, 3, 0, 3, six, three, three, new float[2])),
                Arguments.of("output", (Runnable)
                        () -> Columns.normalize(2, 3, 0, 3, three, three, three, six, new float[5])),
                Arguments.of(
                        "beta", (Runnable) () -> Columns.normalize(2, 3, 0, 3, three, three, new float[2], six, six)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void whatDoesNotFitIsRefused(String what, Runnable call) {
        Exception e = assertThrows(IndexOutOfBoundsException.class, call::run);
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what);
    }
}
