package dev.ridgeline.regularizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TikhonovTest {
    private static final Tikhonov.Weight SQUARE = (x, offset, n) -> x[offset] * x[offset];

    @Test
    void knowsItsOrders() {
        assertEquals(-1, new Tikhonov(0, 0, 0).order());
        assertEquals(0, new Tikhonov(1, 0, 0).order());
        assertEquals(1, new Tikhonov(1, 0.5f, 0).order());
        assertEquals(2, new Tikhonov(0, 0, 1e-30f).order());
        Tikhonov curved = new Tikhonov(new Tikhonov.Constant(0), new Tikhonov.Constant(0.5f), SQUARE);
        assertEquals(2, curved.order());
        assertFalse(curved.penalises(0));
        assertTrue(curved.penalises(1) && curved.penalises(2));
        assertEquals(9, curved.h(2).weight(new float[] {1, 3}, 1, 1));
        assertEquals(0.5f, curved.h(1).weight(new float[] {1, 3}, 1, 1));
    }

    @Test
    void saysWhatItIs() {
        assertEquals("Tikhonov[h0=0.0, h1=1.0E-4, h2=0.0]", new Tikhonov(0, 1e-4f, 0).toString());
        Tikhonov over = new Tikhonov(new Tikhonov.Constant(0), SQUARE, new Tikhonov.Constant(0))
                .over(Quadrature.gaussLegendre(20, -1, 1));
        assertEquals("Tikhonov[h0=0.0, h1=h(x), h2=0.0] over 20 nodes in 1 dimension", over.toString());
        assertEquals(20, over.nodes().size());
    }

    @Test
    void refusesWhatIsNoWeight() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Tikhonov(0, -1, 0))
                .getMessage();
        assertEquals("Tikhonov: h1 is -1.0; it must be a finite number of at least 0", message);
        assertThrows(IllegalArgumentException.class, () -> new Tikhonov(0, 0, Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Tikhonov.Constant(Float.POSITIVE_INFINITY));
        assertTrue(assertThrows(NullPointerException.class, () -> new Tikhonov(SQUARE, SQUARE, null))
                .getMessage()
                .contains("h2 is null; give new Tikhonov.Constant(0)"));
        assertThrows(NullPointerException.class, () -> new Tikhonov(1, 0, 0).over(null));
        assertThrows(IllegalArgumentException.class, () -> new Tikhonov(1, 0, 0).h(3));
    }
}
