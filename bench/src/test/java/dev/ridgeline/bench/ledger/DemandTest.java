package dev.ridgeline.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DemandTest {
    @Test
    void aProductIsTwiceItsSizesInFlopsAndThreeMatricesInBytes() {
        // C[2 x 5] = A[2 x 3]·B[3 x 5]: 10 chains of 3; 6 + 15 + 10 floats
        assertEquals(new Demand(60, 124, 0), Demand.product(2, 3, 5));
        assertEquals(60.0 / 124, Demand.product(2, 3, 5).intensity());
    }

    @Test
    void demandsAddUp() {
        Demand mask = Demand.each(10, 1, 8).drawing(160);
        assertEquals(new Demand(10, 80, 160), mask);
        assertEquals(new Demand(13, 92, 160), mask.plus(new Demand(3, 12, 0)));
        assertEquals(mask, mask.plus(Demand.NONE));
        assertTrue(Double.isNaN(Demand.NONE.intensity()));
    }

    @Test
    void noneIsNegative() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Demand(1, -2, 0));
        assertEquals("Demand: 1 flops, -2 bytes, 0 random bits; none may be negative", e.getMessage());
    }
}
