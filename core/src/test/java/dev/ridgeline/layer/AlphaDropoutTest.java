package dev.ridgeline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlphaDropoutTest {
    private static final double SCALE = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    private static float[] forward(float rate, int rows, int columns, float[] x) {
        try (Team team = new Team(1)) {
            AlphaDropout layer = new AlphaDropout(rate);
            layer.build("a", Shape.of(columns), 5);
            return Arrays.copyOf(layer.forward(new Pass(team, true), rows, x), rows * columns);
        }
    }

    /** Kept elements become a·x + b, dropped ones a·α' + b. */
    @Test
    void followsTheFormula() {
        double lowest = -SCALE * ALPHA;
        double a = 1 / Math.sqrt(0.8 * (1 + 0.2 * lowest * lowest));
        double b = -a * 0.2 * lowest;
        float[] mask = new float[600];
        Arrays.fill(mask, 1);
        dev.ridgeline.kernel.Dropout.apply(
                0, 600, 0, 0.2f, RandomBits.key(5, "a/mask"), 0, new int[RandomBits.WORDS], mask, mask);
        float[] x = dev.ridgeline.Floats.random(1, 600, 2);
        float[] y = forward(0.2f, 20, 30, x);
        for (int i = 0; i < 600; i++) {
            assertEquals(a * (mask[i] == 0 ? lowest : x[i]) + b, y[i], 1e-6, "element " + i);
        }
    }

    /** SELU of normal numbers has mean 0 and variance 1, before and after. */
    @ParameterizedTest
    @ValueSource(floats = {0.05f, 0.2f, 0.5f})
    void keepsMeanZeroAndVarianceOneOfSelu(float rate) {
        int n = 100_000;
        float[] x = new float[n];
        dev.ridgeline.kernel.GaussianNoise.add(
                0,
                n,
                0,
                1,
                77,
                0,
                new int[RandomBits.WORDS],
                new float[dev.ridgeline.kernel.GaussianNoise.CHUNK],
                x,
                x);
        for (int i = 0; i < n; i++) {
            x[i] = (float) (SCALE * (x[i] > 0 ? x[i] : ALPHA * Math.expm1(x[i])));
        }
        // five standard errors; the fourth central moment is below 10
        assertMoments(x, "before");
        assertMoments(forward(rate, 1000, 100, x), "after");
    }

    private static void assertMoments(float[] values, String when) {
        double mean = 0;
        double square = 0;
        for (float v : values) {
            mean += (double) v / values.length;
            square += (double) v * v / values.length;
        }
        assertEquals(0, mean, 5 / Math.sqrt(values.length), "mean " + when);
        assertEquals(1, square - mean * mean, 5 * 3 / Math.sqrt(values.length), "variance " + when);
    }
}
