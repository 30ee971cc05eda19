package dev.ridgeline.regularizer;

import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProximalL1Test {
    @Test
    void thresholdsByTheFormula() {
        ProximalL1 penalty = new ProximalL1(0.3f);
        int zeros = 0;
        for (float z : random(1, 1000, 2)) {
            float t = 0.25f * 0.3f / 0.3f;
            float threshold = t * 0.3f;
            float expected = Math.signum(z) * Math.max(Math.abs(z) - threshold, 0);
            assertEquals(expected + 0f, penalty.proximal(z, t), () -> "at " + z);
            zeros += expected == 0 ? 1 : 0;
        }
        assertTrue(zeros > 0 && zeros < 1000, "both sides of the threshold: " + zeros);
    }

    /** argmin over a fine grid of ½(z - x)² + t·r(x). */
    @Test
    void isTheProximalStepOfItsValue() {
        ProximalL1 penalty = new ProximalL1(0.8f);
        for (float z : new float[] {-1.5f, -0.4f, -0.1f, 0, 0.39f, 0.41f, 1.2f}) {
            double best = Double.POSITIVE_INFINITY;
            double argmin = Double.NaN;
            for (int i = -20_000; i <= 20_000; i++) {
                float x = i * 1e-4f;
                double cost = 0.5 * ((double) z - x) * ((double) z - x) + 0.5 * penalty.value(x);
                argmin = cost < best ? x : argmin;
                best = Math.min(best, cost);
            }
            assertEquals(argmin, penalty.proximal(z, 0.5f), 1.01e-4, "at " + z);
        }
    }

    @Test
    void everyZeroIsPositive() {
        ProximalL1 penalty = new ProximalL1(1);
        for (float z : new float[] {0f, -0f, 0.5f, -0.5f, Float.MIN_VALUE, -Float.MIN_VALUE}) {
            assertEquals(0, Float.floatToRawIntBits(penalty.proximal(z, 0.5f)), () -> "at " + z);
        }
    }

    @Test
    void whatIsNotFiniteIsNotHidden() {
        ProximalL1 penalty = new ProximalL1(1);
        assertTrue(Float.isNaN(penalty.proximal(Float.NaN, 1)));
        assertEquals(Float.POSITIVE_INFINITY, penalty.proximal(Float.POSITIVE_INFINITY, 1));
        assertEquals(Float.NEGATIVE_INFINITY, penalty.proximal(Float.NEGATIVE_INFINITY, 1));
    }

    @Test
    void withoutLambdaOrStepNothingMoves() {
        for (float z : new float[] {1, -1, 1e-42f, -3e38f}) {
            assertEquals(z, new ProximalL1(0).proximal(z, 1));
            assertEquals(z, new ProximalL1(1).proximal(z, 0));
        }
    }

    @Test
    void hasAValueAndNoGradient() {
        ProximalL1 penalty = new ProximalL1(0.5f);
        assertFalse(penalty.hasGradient());
        assertEquals(1.5, penalty.value(-3));
        for (float w : new float[] {0f, -0f, 1, -1e-42f}) {
            float unmoved = w + penalty.gradient(w);
            assertEquals(Float.floatToRawIntBits(w), Float.floatToRawIntBits(unmoved), () -> "at " + w);
        }
    }
}
