package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JetsTest {
    /** Some elements of blocks, between other numbers. */
    private record Case(int n, int from, int to, int count, int offset, boolean extreme) {
        float[] points(long seed) {
            return padded(extreme ? special(seed, n) : random(seed, n, 2));
        }

        float[] blocks(long seed) {
            int length = offset + 2 * count * n;
            return padded(extreme ? special(seed, length) : random(seed, length, 2));
        }

        private static float[] padded(float[] values) {
            float[] padded = canaries(values.length + 5);
            System.arraycopy(values, 0, padded, 0, values.length);
            return padded;
        }
    }

    static Stream<Case> cases() {
        Stream.Builder<Case> cases = Stream.builder();
        for (int n : new int[] {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 37, 67}) {
            cases.add(new Case(n, 0, n, 3, n, n % 2 == 1));
            cases.add(new Case(n, 0, n, 1, n + 3, n % 2 == 0));
        }
        for (int count : new int[] {0, 1, 2, 5}) {
            cases.add(new Case(67, 3, 50, count, 67, true));
            cases.add(new Case(67, 16, 64, count, 70, false));
            cases.add(new Case(67, 9, 9, count, 67, true));
        }
        return cases.build();
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void firstEqualsTheReference(Case c) {
        float[] expected = canaries(c.blocks(1).length);
        float[] actual = expected.clone();
        float[] z = c.blocks(1);
        dev.ridgeline.kernel.reference.Jets.first(c.n, c.from, c.to, c.count, c.offset, c.points(2), z, expected);
        Jets.first(c.n, c.from, c.to, c.count, c.offset, c.points(2), z, actual);
        assertSameBits(expected, actual, "a");
        assertSameBits(c.blocks(1), z, "z");
        Jets.first(c.n, c.from, c.to, c.count, c.offset, c.points(2), z, z);
        for (int b = 0; b < c.count; b++) {
            for (int i = c.offset + b * c.n + c.from; i < c.offset + b * c.n + c.to; i++) {
                assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(z[i]), "in place");
            }
        }
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void secondEqualsTheReference(Case c) {
        float[] expected = canaries(c.blocks(1).length);
        float[] actual = expected.clone();
        float[] z = c.blocks(1);
        dev.ridgeline.kernel.reference.Jets.second(
                c.n, c.from, c.to, c.count, c.offset, c.points(2), c.points(3), z, expected);
        Jets.second(c.n, c.from, c.to, c.count, c.offset, c.points(2), c.points(3), z, actual);
        assertSameBits(expected, actual, "a");
        assertSameBits(c.blocks(1), z, "z");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void firstGradientEqualsTheReference(Case c) {
        float[] expected = c.blocks(4);
        float[] actual = c.blocks(4);
        float[] expectedValue = c.points(5);
        float[] actualValue = c.points(5);
        float[] z = c.blocks(1);
        dev.ridgeline.kernel.reference.Jets.firstGradient(
                c.n, c.from, c.to, c.count, c.offset, c.points(2), c.points(3), z, expected, expectedValue);
        Jets.firstGradient(c.n, c.from, c.to, c.count, c.offset, c.points(2), c.points(3), z, actual, actualValue);
        assertSameBits(expected, actual, "g");
        assertSameBits(expectedValue, actualValue, "v");
        assertSameBits(c.blocks(1), z, "z");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void secondGradientEqualsTheReference(Case c) {
        float[] expected = c.blocks(4);
        float[] actual = c.blocks(4);
        float[] z = c.blocks(1);
        // the values' gradient in front of the blocks, as it lies in a stack
        float[] expectedValue = c.offset >= c.n ? expected : c.points(5);
        float[] actualValue = c.offset >= c.n ? actual : c.points(5);
        dev.ridgeline.kernel.reference.Jets.secondGradient(
                c.n,
                c.from,
                c.to,
                c.count,
                c.offset,
                c.points(2),
                c.points(3),
                c.points(6),
                z,
                expected,
                expectedValue);
        Jets.secondGradient(
                c.n, c.from, c.to, c.count, c.offset, c.points(2), c.points(3), c.points(6), z, actual, actualValue);
        assertSameBits(expected, actual, "g and h");
        assertSameBits(expectedValue, actualValue, "v");
        assertSameBits(c.blocks(1), z, "z");
    }

    /** One element, one direction: f' = 2, f'' = 3, f''' = 5, z' = 7, z'' = 11, all exact. */
    @Test
    void followsTheFormulas() {
        float[] d1 = {2};
        float[] d2 = {3};
        float[] d3 = {5};
        float[] z = {0, 7, 11};
        float[] a = new float[3];
        Jets.second(1, 0, 1, 1, 1, d1, d2, z, a);
        assertSameBits(new float[] {0, 14, 3 * 49 + 2 * 11}, a, "a");
        float[] g = {13, 17, 19};
        Jets.secondGradient(1, 0, 1, 1, 1, d1, d2, d3, z, g, g);
        float value = 2 * 13 + 3 * 7 * 17 + (5 * 49 + 3 * 11) * 19;
        assertSameBits(new float[] {value, 2 * 17 + 2 * 3 * 7 * 19, 2 * 19}, g, "gradient");
        float[] h = {13, 17};
        Jets.firstGradient(1, 0, 1, 1, 1, d1, d2, z, h, h);
        assertSameBits(new float[] {2 * 13 + 3 * 7 * 17, 2 * 17}, h, "first gradient");
    }

    @Test
    void refusesBlocksThatDoNotFit() {
        float[] three = new float[3];
        float[] nine = new float[9];
        String message = assertThrows(
                        IndexOutOfBoundsException.class, () -> Jets.first(3, 0, 3, 2, 4, three, nine, nine))
                .getMessage();
        assertTrue(message.contains("2 blocks of 3 elements from 4"), message);
        assertThrows(IndexOutOfBoundsException.class, () -> Jets.second(3, 0, 3, 2, 0, three, three, nine, nine));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Jets.firstGradient(3, 0, 3, 2, 3, three, new float[2], nine, nine, three));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Jets.secondGradient(3, 0, 3, 1, 3, three, three, three, nine, nine, new float[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> Jets.first(3, 0, 4, 1, 0, three, nine, nine));
        assertThrows(IndexOutOfBoundsException.class, () -> Jets.first(3, -1, 3, 1, 0, three, nine, nine));
        assertThrows(IndexOutOfBoundsException.class, () -> Jets.first(3, 0, 3, 1, -1, three, nine, nine));
    }
}
