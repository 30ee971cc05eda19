package dev.ridgeline.kernel;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.canaries;
import static dev.ridgeline.Floats.random;
import static dev.ridgeline.Floats.special;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.reference.Fma;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupsTest {
    private static final float EPSILON = 1e-3f;

    /** Rows from..to-1 of positions x channels, and canaries around them. */
    private record Case(int positions, int channels, int groups, int from, int to, boolean extreme) {
        int size() {
            return positions * channels;
        }

        int width() {
            return channels / groups;
        }

        float[] values(long seed, int n) {
            return extreme ? special(seed, n) : random(seed, n, 3);
        }

        float[] matrix(long seed) {
            float[] values = canaries(to * size() + 5);
            System.arraycopy(values(seed, to * size()), 0, values, from * size(), (to - from) * size());
            return values;
        }

        /**
         * What a channel's positions add up to in the documented order. A tile is as many positions as make 64 values with
         * the largest power of two that is not above the channels.
         */
        float channelSum(int row, int channel, float[] a, float[] b) {
            int tile = Math.min(positions, Math.max(1, 64 / Integer.highestOneBit(channels)));
            float sum = 0;
            for (int place = 0; place < tile; place++) {
                float chain = 0;
                for (int p = place; p < positions; p += tile) {
                    int i = (row * positions + p) * channels + channel;
                    chain = Fma.fma(a[i], b == null ? 1 : b[i], chain);
                }
                sum = place == 0 ? chain : sum + chain;
            }
            return sum;
        }

        /** Σ factor_c·sum_c over the channels of a group, without factors Σ sum_c. */
        float groupSum(int group, float[] factor, float[] sums) {
            return factor == null
                    ? dev.ridgeline.kernel.reference.Rows.dot(width(), sums, group * width(), null, 0)
                    : dev.ridgeline.kernel.reference.Rows.dot(width(), factor, group * width(), sums, group * width());
        }

        float[] channelSums(int row, float[] a, float[] b) {
            float[] sums = new float[channels];
            for (int c = 0; c < channels; c++) {
                sums[c] = channelSum(row, c, a, b);
            }
            return sums;
        }
    }

    static Stream<Case> cases() {
        Stream.Builder<Case> cases = Stream.builder();
        int[][] shapes = {
            {1, 1, 1},
            {1, 3, 1},
            {1, 3, 3},
            {3, 1, 1},
            {64, 1, 1},
            {65, 1, 1},
            {1000, 1, 1},
            {31, 2, 1},
            {129, 2, 2},
            {49, 3, 1},
            {49, 3, 3},
            {7, 4, 2},
            {100, 6, 3},
            {16, 8, 2},
            {17, 8, 8},
            {9, 15, 5},
            {5, 16, 1},
            {13, 16, 16},
            {9, 17, 17},
            {4, 32, 2},
            {5, 33, 3},
            {3, 48, 2},
            {3, 63, 3},
            {2, 64, 4},
            {3, 65, 5},
            {2, 100, 1},
            {1, 128, 2},
            {4, 131, 131},
            {1, 37, 1}
        };
        for (int[] s : shapes) {
            cases.add(new Case(s[0], s[1], s[2], 0, 2, false));
            cases.add(new Case(s[0], s[1], s[2], 1, 3, true));
        }
        cases.add(new Case(3, 4, 2, 1, 1, false));
        return cases.build();
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeFollowsItsDefinition(Case c) {
        float[] x = c.matrix(1);
        float[] gamma = c.values(2, c.channels);
        float[] beta = c.values(3, c.channels);
        float[][] actual = {canaries(x.length), canaries(x.length), canaries(c.to * c.groups + 2)};
        Groups kernel = new Groups(c.positions, c.channels, c.groups, EPSILON);
        kernel.normalize(c.from, c.to, gamma, beta, x, actual[0], actual[1], actual[2]);
        float[][] expected = {canaries(x.length), canaries(x.length), canaries(c.to * c.groups + 2)};
        float n = c.positions * c.width();
        for (int r = c.from; r < c.to; r++) {
            float[] sums = c.channelSums(r, x, null);
            for (int i = 0; i < c.size(); i++) {
                float m = c.groupSum(i % c.channels / c.width(), null, sums) / n;
                expected[0][r * c.size() + i] = x[r * c.size() + i] - m;
            }
            float[] first = c.channelSums(r, expected[0], null);
            float[] second = c.channelSums(r, expected[0], expected[0]);
            for (int i = 0; i < c.size(); i++) {
                int channel = i % c.channels;
                int group = channel / c.width();
                float correction = c.groupSum(group, null, first) / n;
                float square = c.groupSum(group, null, second) / n;
                float variance = Math.max(0, Fma.fma(-correction, correction, square));
                float s = 1 / (float) Math.sqrt(variance + EPSILON);
                int at = r * c.size() + i;
                expected[2][r * c.groups + group] = s;
                expected[0][at] = (expected[0][at] - correction) * s;
                expected[1][at] = Fma.fma(expected[0][at], gamma[channel], beta[channel]);
            }
        }
        assertSameBits(expected[0], actual[0], "normal");
        assertSameBits(expected[1], actual[1], "y");
        assertSameBits(expected[2], actual[2], "inverse deviation");
        assertSameBits(c.matrix(1), x, "x");
    }

    @Tag("bits")
    @ParameterizedTest
    @MethodSource("cases")
    void normalizeGradientFollowsItsDefinition(Case c) {
        float[] normal = c.matrix(1);
        float[] dy = c.matrix(2);
        float[] gamma = c.values(3, c.channels);
        float[] inverse = c.values(4, c.to * c.groups);
        float[][] actual = {c.matrix(2), canaries(c.to * c.channels + 1), canaries(c.to * c.channels + 1)};
        Groups kernel = new Groups(c.positions, c.channels, c.groups, EPSILON);
        kernel.normalizeGradient(c.from, c.to, gamma, normal, inverse, actual[0], actual[1], actual[2]);
        float[][] expected = {c.matrix(2), canaries(c.to * c.channels + 1), canaries(c.to * c.channels + 1)};
        float n = c.positions * c.width();
        for (int r = c.from; r < c.to; r++) {
            float[] dGamma = c.channelSums(r, dy, normal);
            float[] dBeta = c.channelSums(r, dy, null);
            System.arraycopy(dGamma, 0, expected[1], r * c.channels, c.channels);
            System.arraycopy(dBeta, 0, expected[2], r * c.channels, c.channels);
            for (int i = 0; i < c.size(); i++) {
                int channel = i % c.channels;
                int group = channel / c.width();
                float a = c.groupSum(group, gamma, dBeta) / n;
                float b = c.groupSum(group, gamma, dGamma) / n;
                int at = r * c.size() + i;
                expected[0][at] = inverse[r * c.groups + group] * Fma.fma(-normal[at], b, gamma[channel] * dy[at] - a);
            }
        }
        assertSameBits(expected[0], actual[0], "dx");
        assertSameBits(expected[1], actual[1], "dGamma");
        assertSameBits(expected[2], actual[2], "dBeta");
        assertSameBits(c.matrix(1), normal, "normal");
    }

    /** Two positions of a channel, then two channels of a position: the same numbers, so the same gradients. */
    @Test
    void twoValuesLoseNothing() {
        for (int positions = 1; positions <= 2; positions++) {
            float[] x = positions == 2 ? new float[] {13, 4, -7, 4.5f} : new float[] {13, -7, 4, 4.5f};
            float[] dy = positions == 2 ? new float[] {0.75f, 2, -0.5f, 1} : new float[] {0.75f, -0.5f, 2, 1};
            int channels = 4 / positions;
            float[] ones = {1, 1, 1, 1};
            float[] normal = new float[4];
            float[] inverse = new float[2];
            Groups kernel = new Groups(positions, channels, 2, EPSILON);
            kernel.normalize(0, 1, ones, new float[4], x, normal, new float[4], inverse);
            kernel.normalizeGradient(0, 1, ones, normal, inverse, dy, new float[4], new float[4]);
            for (int group = 0; group < 2; group++) {
                double half = group == 0 ? 10 : 0.25;
                double s = 1 / Math.sqrt(half * half + EPSILON);
                double expected = EPSILON * s * s * s * (group == 0 ? 1.25 : 1) / 2;
                int i = positions == 2 ? group : 2 * group;
                assertEquals(expected, dy[i], 1e-5 * expected);
                assertEquals(-dy[i], dy[positions == 2 ? i + 2 : i + 1]);
            }
        }
    }

    static Stream<Arguments> misfits() {
        Groups kernel = new Groups(2, 3, 1, 1);
        float[] six = new float[6];
        float[] three = new float[3];
        float[] two = new float[2];
        return Stream.of(
                Arguments.of("rows", (Runnable) () -> kernel.normalize(0, 2, three, three, six, six, six, two)),
                Arguments.of("range", (Runnable) () -> kernel.normalize(1, 0, three, three, six, six, six, two)),
                Arguments.of("beta", (Runnable) () -> kernel.normalize(0, 1, three, two, six, six, six, two)),
                Arguments.of("output", (Runnable) () -> kernel.normalize(0, 1, three, three, six, six, three, two)),
                Arguments.of("deviation", (Runnable)
                        () -> kernel.normalize(0, 1, three, three, six, six, six, new float[0])),
                Arguments.of(
                        "gamma", (Runnable) () -> kernel.normalizeGradient(0, 1, two, six, two, six, three, three)),
                Arguments.of(
                        "share", (Runnable) () -> kernel.normalizeGradient(0, 1, three, six, two, six, two, three)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void whatDoesNotFitIsRefused(String what, Runnable call) {
        Exception e = assertThrows(IndexOutOfBoundsException.class, call::run);
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what);
    }

    @Test
    void groupsThatDoNotDivideTheChannelsAreRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Groups(4, 6, 4, 1));
        assertEquals(
                "Groups: 4 groups of 6 channels at 4 positions; give positive sizes and groups that divide the channels",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Groups(0, 6, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Groups(1, 6, 0, 1));
    }
}
