package dev.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Float arrays for tests: seeded values, the ones that break loops, and comparison bit for bit. */
public final class Floats {
    /** Values that a loop may get wrong. */
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-40f,
        -3e-39f,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1f,
        -1f,
        1e-20f,
        -1e10f
    };

    /** What a loop must not touch. */
    private static final float CANARY = -12345.678f;

    private Floats() {}

    /** Returns n values uniform in -scale..scale. */
    public static float[] random(long seed, int n, float scale) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (scale * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    /** Returns n values, one in four of them special. */
    public static float[] special(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = random(seed + 1, n, 2);
        for (int i = 0; i < n; i++) {
            if (random.nextInt(4) == 0) {
                values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return values;
    }

    /** Returns an array full of canaries. */
    public static float[] canaries(int n) {
        float[] values = new float[n];
        Arrays.fill(values, CANARY);
        return values;
    }

    /** Fails unless the arrays are equal bit for bit; all NaNs are one. */
    public static void assertSameBits(float[] expected, float[] actual, String what) {
        assertEquals(expected.length, actual.length, () -> what + ": length");
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                fail(what + ": element " + i + " is " + actual[i] + ", expected " + expected[i]);
            }
        }
    }

    /** Fails unless every element is within a tolerance relative to the largest magnitude expected. */
    public static void assertClose(double[] expected, float[] actual, double tolerance, String what) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance * largest)) {
                fail(what + ": element " + i + " is " + actual[i] + ", expected " + expected[i] + " within "
                        + tolerance * largest);
            }
        }
    }

    /** Returns the values in double. */
    public static double[] doubles(float[] values, int n) {
        double[] wide = new double[n];
        for (int i = 0; i < n; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
