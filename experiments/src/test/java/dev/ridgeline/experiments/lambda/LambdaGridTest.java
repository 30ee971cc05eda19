package dev.ridgeline.experiments.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LambdaGridTest {
    @Test
    void theWideGridGoesOnToEight() {
        double[] wide = LambdaGrid.WIDE.lambdas();
        assertEquals(24, wide.length);
        assertArrayEquals(new double[] {1e-5, 2e-5, 4e-5, 8e-5, 1e-4}, Arrays.copyOf(wide, 5));
        assertArrayEquals(new double[] {1, 2, 4, 8}, Arrays.copyOfRange(wide, 20, 24));
    }

    @Test
    void thePublishedGridIsItsBeginning() {
        double[] published = LambdaGrid.PUBLISHED.lambdas();
        assertEquals(0.02, published[published.length - 1]);
        assertEquals(14, published.length);
        assertArrayEquals(Arrays.copyOf(LambdaGrid.WIDE.lambdas(), 14), published);
    }
}
