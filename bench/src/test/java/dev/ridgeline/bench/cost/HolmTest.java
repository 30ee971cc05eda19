package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HolmTest {
    /** R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02. */
    @Test
    void isThatOfR() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjust(0.01, 0.04, 0.03, 0.005), 1e-15);
    }

    @Test
    void staysAtMostOneAndLeavesASingleValue() {
        assertArrayEquals(new double[] {1, 1}, Holm.adjust(0.7, 0.6));
        assertArrayEquals(new double[] {0.04}, Holm.adjust(0.04));
        assertArrayEquals(new double[0], Holm.adjust());
    }
}
