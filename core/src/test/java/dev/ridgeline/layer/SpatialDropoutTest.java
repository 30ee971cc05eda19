package dev.ridgeline.layer;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpatialDropoutTest {
    private final Team team = new Team(1);
    private final Pass pass = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private float[] ones(float rate, int rows, Shape shape) {
        SpatialDropout layer = new SpatialDropout(rate);
        layer.build("a", shape, 5);
        float[] x = new float[rows * shape.size()];
        Arrays.fill(x, 1);
        return Arrays.copyOf(layer.forward(pass, rows, x), x.length);
    }

    /** The mask of (row, channel) is the one of dropout for that element of rows x channels. */
    @Test
    void allPositionsOfAChannelOfARowShareOneMask() {
        int rows = 70;
        int channels = 6;
        float[] expected = new float[rows * channels];
        Arrays.fill(expected, 1);
        dev.ridgeline.kernel.Dropout.apply(
                0,
                expected.length,
                0,
                0.3f,
                RandomBits.key(5, "a/mask"),
                0,
                new int[RandomBits.WORDS],
                expected,
                expected);
        for (Shape shape : new Shape[] {Shape.of(20, 6), Shape.of(4, 5, 6), Shape.of(2, 2, 5, 6)}) {
            float[] y = ones(0.3f, rows, shape);
            for (int i = 0; i < y.length; i++) {
                assertEquals(expected[i / 120 * channels + i % channels], y[i], shape + ", element " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.5f, 0.9f})
    void dropsTheRateOfTheChannels(float rate) {
        int rows = 400;
        float[] y = ones(rate, rows, Shape.of(2, 50));
        int dropped = 0;
        for (int i = 0; i < y.length; i += 100) {
            for (int c = 0; c < 50; c++) {
                dropped += y[i + c] == 0 ? 1 : 0;
            }
        }
        int n = rows * 50;
        assertEquals(rate * n, dropped, 5 * Math.sqrt(n * rate * (1 - rate)));
    }

    @Test
    void rateOneKeepsNothing() {
        assertSameBits(new float[300], ones(1, 10, Shape.of(3, 10)), "y");
    }

    @Test
    void theMaskOfTheForwardPassIsThatOfTheBackwardPass() {
        SpatialDropout layer = new SpatialDropout(0.5f);
        layer.build("a", Shape.of(4, 25), 1);
        float[] x = random(1, 1000, 1);
        float[] y = Arrays.copyOf(layer.forward(pass, 10, x), 1000);
        assertSameBits(y, layer.backward(pass, 10, x, x.clone(), true), "dx of dy = x");
    }

    @Test
    void plainFeaturesAreRefused() {
        SpatialDropout layer = new SpatialDropout(0.25f);
        Exception e = assertThrows(IllegalArgumentException.class, () -> layer.build("a", Shape.of(64), 5));
        assertTrue(
                e.getMessage().startsWith("SpatialDropout \"a\": the layer before it gives 64 plain features")
                        && e.getMessage().endsWith("use new Dropout(0.25f)"),
                e.getMessage());
    }
}
