package dev.ridgeline.layer;

import static dev.ridgeline.DoubleLayers.dot;
import static dev.ridgeline.DoubleLayers.gradient;
import static dev.ridgeline.DoubleLayers.masked;
import static dev.ridgeline.Floats.assertClose;
import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.doubles;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static Dropout built(float rate, int columns, String name) {
        Dropout layer = new Dropout(rate);
        layer.build(name, Shape.of(columns), 5);
        return layer;
    }

    /** Reads the factor of each element off the forward pass. */
    private float[] mask(Dropout layer, int rows, int step) {
        float[] ones = new float[rows * layer.inputs()];
        Arrays.fill(ones, 1);
        pass.step(step);
        return Arrays.copyOf(layer.forward(pass, rows, ones), ones.length);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f, 1})
    void backwardIsTheDerivativeOfForward(float rate) {
        int rows = 9;
        int columns = 61;
        Dropout layer = built(rate, columns, "dropout1");
        float[] mask = mask(layer, rows, 3);
        float[] x = random(1, rows * columns, 1);
        float[] dy = random(2, x.length, 1);
        double[] wideX = doubles(x, x.length);
        double[] wideDy = doubles(dy, dy.length);
        float[] y = layer.forward(pass, rows, x);
        assertClose(masked(wideX, mask), y, 1e-6, "y");
        double[] expected = gradient(wideX, () -> dot(masked(wideX, mask), wideDy));
        assertClose(expected, layer.backward(pass, rows, x, dy, true), 1e-5, "dx");
    }

    @Test
    void dropsTheRateAndScalesTheRest() {
        for (float rate : new float[] {0.05f, 0.2f, 0.5f, 0.8f}) {
            float[] mask = mask(built(rate, 100, "a"), 1000, 0);
            int dropped = 0;
            for (float m : mask) {
                if (m == 0) {
                    dropped++;
                } else {
                    assertEquals(1 / (1 - rate), m, 1e-6f * m);
                }
            }
            // five standard deviations of a binomial
            assertEquals(rate * mask.length, dropped, 5 * Math.sqrt(mask.length * rate * (1 - rate)), "rate " + rate);
        }
    }

    @Test
    void theMaskDependsOnStepNameAndSeedAlone() {
        float[] mask = mask(built(0.5f, 50, "a"), 20, 4);
        assertSameBits(mask, mask(built(0.5f, 50, "a"), 20, 4), "again");
        assertFalse(Arrays.equals(mask, mask(built(0.5f, 50, "a"), 20, 5)), "step");
        assertFalse(Arrays.equals(mask, mask(built(0.5f, 50, "b"), 20, 4)), "name");
        Dropout other = new Dropout(0.5f);
        other.build("a", Shape.of(50), 6);
        assertFalse(Arrays.equals(mask, mask(other, 20, 4)), "seed");
    }

    @Test
    void inferenceKeepsEverything() {
        float[] x = random(1, 300, 1);
        Dropout layer = built(0.7f, 30, "a");
        float[] y = layer.forward(new Pass(team, false), 10, x);
        assertSameBits(x, Arrays.copyOf(y, 300), "y");
    }

    @Test
    void rateZeroKeepsEverythingAndRateOneNothing() {
        float[] x = random(1, 300, 1);
        assertSameBits(x, Arrays.copyOf(built(0, 30, "a").forward(pass, 10, x), 300), "rate 0");
        assertSameBits(new float[300], Arrays.copyOf(built(1, 30, "a").forward(pass, 10, x), 300), "rate 1");
        assertNotEquals(0f, x[0]);
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.001f, 1.001f, Float.NaN, Float.POSITIVE_INFINITY})
    void aRateThatIsNoProbabilityIsRefused(float rate) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Dropout(rate));
        assertEquals(
                "Dropout: rate is " + rate + "; it is the probability of dropping and must be within 0 and 1",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(floats = {5e-6f, 1e-30f, 1 - 5e-6f})
    void aRateThatSixteenBitsCannotHoldIsRefused(float rate) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Dropout(rate));
        assertTrue(e.getMessage().startsWith("Dropout: rate is " + rate + "; masks have 16 bits"), e.getMessage());
    }
}
