package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SampleMeanTest {
    /** With one degree of freedom Student's is Cauchy's distribution: P(T > t) = 1/2 - atan(t)/pi. Here the error is 1. */
    private final SampleMean cauchy = SampleMean.of(2, 4);

    @Test
    void testsTheMeanAgainstZero() {
        assertEquals(1, cauchy.error(), 1e-15);
        assertEquals(1 - 2 * Math.atan(3) / Math.PI, cauchy.differsFromZero(), 1e-12);
        assertEquals(cauchy.differsFromZero(), SampleMean.of(-2, -4).differsFromZero(), 1e-15);
        assertEquals(1, SampleMean.of(-1, 1).differsFromZero());
    }

    @Test
    void testsBothBoundsAndTakesTheWorse() {
        assertEquals(0.5 - Math.atan(2) / Math.PI, cauchy.liesWithin(1, 6), 1e-12);
        assertEquals(0.5 - Math.atan(1) / Math.PI, cauchy.liesWithin(1, 4), 1e-12);
        assertEquals(0.5 + Math.atan(1) / Math.PI, cauchy.liesWithin(-9, 2), 1e-12);
    }

    @Test
    void equalValuesAreCertain() {
        SampleMean three = SampleMean.of(3, 3, 3);
        assertEquals(0, three.differsFromZero());
        assertEquals(0, three.liesWithin(2, 4));
        assertEquals(1, three.liesWithin(3, 4));
        assertEquals(1, SampleMean.of(0, 0).differsFromZero());
    }
}
