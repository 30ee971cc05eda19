package dev.ridgeline.experiments.tikhonov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class FitsTest {
    /** Makes fits whose true error is a function of ln λ and of the number of the training set; without, it is 1. */
    private static Fits fits(int sets, DoubleBinaryOperator trueError) {
        long[] seeds = new long[sets];
        List<Fit> all = new ArrayList<>();
        for (Smoothing smoothing : Smoothing.values()) {
            for (double lambda : smoothing.lambdas()) {
                for (int s = 0; s < sets; s++) {
                    seeds[s] = s;
                    double error = smoothing == Smoothing.NONE ? 1 : trueError.applyAsDouble(Math.log10(lambda), s);
                    all.add(new Fit(smoothing, lambda, s, "digest", 0, error));
                }
            }
        }
        return new Fits(seeds, all);
    }

    @Test
    void theBestLambdaHasTheLowestMean() {
        Fits fits = fits(3, (power, s) -> Math.abs(power + 2) + s);
        assertEquals(0.01, fits.best(Smoothing.ORDER_1));
        assertFalse(fits.atEdge(Smoothing.ORDER_1));
        assertArrayEquals(new double[] {1, 0, -1}, fits.gains(Smoothing.ORDER_1, Smoothing.NONE), 1e-12);
    }

    @Test
    void aLambdaAtTheEdgeIsFlagged() {
        assertTrue(fits(2, (power, s) -> power).atEdge(Smoothing.ORDER_0));
        assertTrue(fits(2, (power, s) -> -power).atEdge(Smoothing.NOISE));
        assertFalse(fits(2, (power, s) -> power).atEdge(Smoothing.NONE), "it has no λ");
        assertTrue(TikhonovTable.rows(fits(2, (power, s) -> power)).get(1).contains("1.0E-5 at the edge"));
    }

    /** Set 0 alone would have the largest λ, the others outvote it: it has no part in the choice that it judges. */
    @Test
    void aTrainingSetHasNoPartInTheChoiceThatItJudges() {
        Fits fits = fits(3, (power, s) -> s == 0 ? 10 * Math.abs(power) : Math.abs(power + 2));
        assertEquals(1, fits.best(Smoothing.ORDER_2));
        assertEquals(20, fits.chosenErrors(Smoothing.ORDER_2)[0], 1e-12);
    }

    @Test
    void aSingleTrainingSetChoosesByItself() {
        Fits fits = fits(1, (power, s) -> Math.abs(power + 1));
        assertArrayEquals(new double[] {0}, fits.chosenErrors(Smoothing.ORDER_0), 1e-12);
        assertEquals("", TikhonovTable.interval(fits.chosenErrors(Smoothing.ORDER_0)));
    }
}
