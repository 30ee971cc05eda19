package dev.ridgeline.kernel.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The emulation equals {@link Math#fma} bit for bit (NaNs are all alike). */
class FmaTest {
    private static final float[] SPECIALS = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Math.nextDown(Float.MAX_VALUE),
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        0x1p-75f,
        -0x1p-74f,
        0x1.000002p0f,
        -0x1.fffffep0f,
        0x1p64f,
        -0x1.fffffep63f,
        0x1p-126f,
        0x1p104f,
        -0x1p103f
    };

    private final SplittableRandom random = new SplittableRandom(1);

    /** Without the instruction {@link Math#fma} is slow: fewer will do there. */
    private final int count = Fma.hardware() ? 4_000_000 : 20_000;

    @Tag("bits")
    @Test
    void specialValuesInEveryCombination() {
        for (float a : SPECIALS) {
            for (float b : SPECIALS) {
                for (float c : SPECIALS) {
                    check(a, b, c);
                }
            }
        }
    }

    @Test
    void anyBits() {
        for (int i = 0; i < count; i++) {
            check(anyFloat(), anyFloat(), anyFloat());
        }
    }

    /** The addend is near the product, so that both matter. */
    @Test
    void sumsOfLikeSize() {
        for (int i = 0; i < count; i++) {
            float a = scaled(-60, 60);
            float b = scaled(-60, 60);
            float c = (float) (a * b * Math.scalb(1.0 + random.nextDouble(), random.nextInt(-50, 50)));
            check(a, b, random.nextBoolean() ? c : -c);
        }
    }

    /** The sum is a few units in the last place of the product. */
    @Test
    void cancellation() {
        for (int i = 0; i < count; i++) {
            float a = scaled(-70, 62);
            float b = scaled(-70, 62);
            float c = -a * b;
            for (int j = random.nextInt(3); j > 0; j--) {
                c = Math.nextUp(c);
            }
            check(a, b, c);
        }
    }

    /** Few bits in every operand put the exact sum on the middle between two floats, or a tiny bit beside it. */
    @Test
    void tiesAndNearTies() {
        for (int i = 0; i < count; i++) {
            float a = fewBits();
            float b = fewBits();
            float c = fewBits() * Math.scalb(1f, random.nextInt(-30, 30));
            check(a, b, c);
            float product = a * b;
            float half = Math.ulp(product) / 2;
            check(product, 1, random.nextBoolean() ? half : -half);
            check(product, 1, Math.nextUp(half));
            check(product, 1, -Math.nextDown(half));
        }
    }

    /** Results below the normal range, where a float has fewer bits. */
    @Test
    void subnormalResults() {
        for (int i = 0; i < count; i++) {
            int exponent = random.nextInt(-100, 20);
            float a = Math.scalb(1 + (float) random.nextDouble(), exponent);
            float b = Math.scalb(1 + (float) random.nextDouble(), random.nextInt(-152, -120) - exponent);
            float c = Float.intBitsToFloat(random.nextInt() & 0x80ffffff); // subnormal, or just above
            check(a, b, c);
            check(-a, b, c);
        }
    }

    @Test
    void overflow() {
        for (int i = 0; i < count; i++) {
            int exponent = random.nextInt(0, 120);
            float a = Math.scalb(1 + (float) random.nextDouble(), exponent);
            float b = Math.scalb(1 + (float) random.nextDouble(), random.nextInt(125, 129) - exponent);
            float c = Math.scalb(1 + (float) random.nextDouble(), random.nextInt(95, 128));
            check(a, b, c);
            check(a, b, -c);
            check(-a, b, c);
        }
    }

    private float anyFloat() {
        return Float.intBitsToFloat(random.nextInt());
    }

    private float scaled(int least, int most) {
        float x = Math.scalb(1 + (float) random.nextDouble(), random.nextInt(least, most));
        return random.nextBoolean() ? x : -x;
    }

    private float fewBits() {
        int mantissa = (1 << random.nextInt(23)) | (1 << random.nextInt(23)) | (random.nextBoolean() ? 1 : 0);
        int sign = random.nextInt() & 0x80000000;
        return Float.intBitsToFloat(sign | random.nextInt(127 - 12, 127 + 12) << 23 | mantissa);
    }

    private static void check(float a, float b, float c) {
        float expected = Math.fma(a, b, c);
        float emulated = Fma.emulated(a, b, c);
        if (Float.floatToIntBits(expected) != Float.floatToIntBits(emulated)) {
            assertEquals(
                    Float.toHexString(expected),
                    Float.toHexString(emulated),
                    "fma(" + Float.toHexString(a) + ", " + Float.toHexString(b) + ", " + Float.toHexString(c) + ")");
        }
        assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(Fma.fma(a, b, c)));
    }
}
