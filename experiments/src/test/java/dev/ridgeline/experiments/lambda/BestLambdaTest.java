package dev.ridgeline.experiments.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BestLambdaTest {
    private static final double[] GRID = {0.1, 0.2, 0.4, 0.8};

    @Test
    void theLowestLossWins() {
        assertEquals(
                new BestLambda(8, 1, 0.4, 0.5, false), BestLambda.of(8, 1, GRID, new double[] {0.9, 0.6, 0.5, 0.7}));
        assertEquals(
                new BestLambda(8, 1, 0.2, 0.5, false), BestLambda.of(8, 1, GRID, new double[] {0.9, 0.5, 0.5, 0.7}));
    }

    @Test
    void whatHasDivergedNeverWins() {
        double[] losses = {Double.NaN, 0.6, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        assertEquals(new BestLambda(8, 1, 0.2, 0.6, false), BestLambda.of(8, 1, GRID, losses));
        losses[1] = Double.NaN;
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> BestLambda.of(8, 43, GRID, losses));
        assertEquals(
                "lambda: with 8 rows and seed 43 the validation loss of every model is NaN or infinite; leave out --raw,"
                        + " whose inputs are too large for the learning rate",
                e.getMessage());
    }

    @Test
    void bothEdgesAreFlagged() {
        assertEquals(
                new BestLambda(8, 1, 0.1, 0.1, true), BestLambda.of(8, 1, GRID, new double[] {0.1, 0.6, 0.5, 0.7}));
        assertEquals(
                new BestLambda(8, 1, 0.8, 0.1, true), BestLambda.of(8, 1, GRID, new double[] {0.9, 0.6, 0.5, 0.1}));
    }

    @Test
    void aShorterGridTakesTheFirstLosses() {
        assertEquals(
                new BestLambda(8, 1, 0.2, 0.6, true),
                BestLambda.of(8, 1, new double[] {0.1, 0.2}, new double[] {0.9, 0.6, 0.5, 0.7}));
    }
}
