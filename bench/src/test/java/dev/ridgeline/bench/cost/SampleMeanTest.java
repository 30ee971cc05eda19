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

    /** 1..5 have mean 3 and variance 2.5; 2, 4 .. 12 have mean 7 and variance 14. */
    @Test
    void theDifferenceIsWelchs() {
        SampleMean difference = SampleMean.of(2, 4, 6, 8, 10, 12).minus(SampleMean.of(1, 2, 3, 4, 5));
        assertEquals(4, difference.mean(), 1e-12);
        assertEquals(Math.sqrt(14.0 / 6 + 2.5 / 5), difference.error(), 1e-12);
        assertEquals(Math.pow(14.0 / 6 + 0.5, 2) / (Math.pow(14.0 / 6, 2) / 5 + 0.25 / 4), difference.degrees(), 1e-12);
        SampleMean certain = SampleMean.of(3, 3, 3).minus(SampleMean.of(1, 1));
        assertEquals(2, certain.mean());
        assertEquals(3, certain.degrees());
        assertEquals(0, certain.differsFromZero());
    }

    @Test
    void aLogarithmBecomesAFraction() {
        SampleMean log = SampleMean.of(Math.log(1.2), Math.log(1.3));
        assertEquals(Math.sqrt(1.2 * 1.3) - 1, log.expm1().mean(), 1e-12);
        assertEquals(Math.sqrt(1.2 * 1.3) * log.error(), log.expm1().error(), 1e-12);
    }
}
