package dev.ridgeline.layer;

import static dev.ridgeline.Floats.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import org.junit.jupiter.api.Test;

class FlattenTest {

    @Test
    void keepsTheValuesAndForgetsTheShape() {
        Flatten layer = new Flatten();
        layer.build("flatten", Shape.of(2, 3, 4), 0);
        assertEquals(Shape.of(24), layer.outputShape());
        float[] x = random(1, 48, 1);
        try (Team team = new Team(1)) {
            Pass pass = new Pass(team, true);
            assertArrayEquals(x, layer.forward(pass, 2, x));
            float[] dy = random(2, 48, 1);
            assertSame(dy, layer.backward(pass, 2, x, dy, true));
            assertNull(layer.backward(pass, 2, x, dy, false));
            assertArrayEquals(x, layer.share().forward(pass, 2, x));
        }
    }

    /** What a dense layer asks for when an image comes. */
    @Test
    void isWhatADenseLayerAsksFor() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Dense(2).build("d", Shape.of(2, 3), 0));
        assertTrue(e.getMessage().contains("2 x 3") && e.getMessage().contains("Flatten()"), e.getMessage());
    }
}
