package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RulerTest {
    @Test
    void theChainIsDoneLinkByLink() {
        assertEquals(1, Ruler.chain(1, 0));
        assertEquals(0xbf58476d1ce4e5b9L, Ruler.chain(1, 1));
        assertEquals(Ruler.chain(Ruler.chain(7, 3), 4), Ruler.chain(7, 7));
        long x = 1L << 40;
        assertEquals((x ^ (x >>> 29)) * 0xbf58476d1ce4e5b9L, Ruler.chain(x, 1));
    }

    /** Nine million links that wait for one another cannot be done in less than a tenth of a nanosecond each. */
    @Test
    void nothingIsOptimizedAway() {
        Reading reading = new Ruler().get();
        assertTrue(reading.ruler() > 9e5, reading.toString());
        assertTrue(Double.isNaN(reading.load().average()) || reading.load().average() >= 0);
    }
}
