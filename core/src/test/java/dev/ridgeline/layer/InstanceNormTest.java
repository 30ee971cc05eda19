package dev.ridgeline.layer;

import static dev.ridgeline.Floats.assertSameBits;
import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.kernel.Team;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceNormTest {
    private final Team team = new Team(1);
    private final Pass training = new Pass(team, true);

    @AfterEach
    void close() {
        team.close();
    }

    private static <L extends Normalization<L>> L built(L layer, int... sizes) {
        Shape shape = Shape.of(sizes);
        layer.build("norm", shape, 0);
        layer.parameters().get(0).set(random(1, shape.channels(), 2));
        layer.parameters().get(1).set(random(2, shape.channels(), 1));
        return layer;
    }

    @Test
    void isGroupNormalizationWithOneChannelAGroup() {
        InstanceNorm instance = built(new InstanceNorm(1e-2), 4, 5, 6);
        GroupNorm group = built(new GroupNorm(6, 1e-2), 4, 5, 6);
        float[] x = random(3, 3 * 120, 2);
        assertSameBits(group.forward(training, 3, x), instance.forward(training, 3, x), "y");
        float[] dx = instance.backward(training, 3, x, random(4, x.length, 1), true);
        assertSameBits(group.backward(training, 3, x, random(4, x.length, 1), true), dx, "dx");
        for (int i = 0; i < 2; i++) {
            assertSameBits(
                    group.parameters().get(i).gradient(),
                    instance.parameters().get(i).gradient(),
                    "parameter " + i);
        }
    }

    @Test
    void onePositionBecomesBeta() {
        InstanceNorm layer = built(new InstanceNorm(), 37);
        float[] x = random(3, 2 * 37, 1e6f);
        float[] y = layer.forward(training, 2, x);
        float[] dx = layer.backward(training, 2, x, random(4, x.length, 1), true);
        for (int i = 0; i < x.length; i++) {
            assertEquals(layer.parameters().get(1).value()[i % 37], y[i]);
            assertEquals(0f, dx[i], 0);
        }
    }

    /** What is the same everywhere carries no contrast: its gradient is finite, and 0 in sum. */
    @Test
    void aConstantChannelBecomesBeta() {
        InstanceNorm layer = built(new InstanceNorm(), 3, 2);
        float[] x = {4.7f, 1, 4.7f, 2, 4.7f, 3};
        float[] y = layer.forward(training, 1, x);
        float[] dx = layer.backward(training, 1, x, new float[] {1, 0, 2, 0, 4, 0}, true);
        float steep = layer.parameters().get(0).value()[0] / (float) Math.sqrt(1e-3);
        float mean = 7f / 3;
        for (int p = 0; p < 3; p++) {
            assertEquals(layer.parameters().get(1).value()[0], y[2 * p]);
            assertEquals(steep * ((1 << p) - mean), dx[2 * p], 1e-4 * Math.abs(steep));
        }
    }

    @Test
    void saysWhatItDoes() {
        assertEquals("statistics of each channel of a sample", new InstanceNorm().effect());
    }
}
