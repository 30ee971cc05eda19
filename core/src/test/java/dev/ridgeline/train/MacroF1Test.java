package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import org.junit.jupiter.api.Test;

class MacroF1Test {
    private static double macroF1(int classes, int[] labels, int[] predicted) {
        Dataset data = Dataset.classification(1, new float[labels.length], classes, labels);
        return new MacroF1().value(data, new float[labels.length * classes], predicted);
    }

    @Test
    void itIsTheMeanOfTheClassesScores() {
        // labels: three 0, one 1, two 2; predictions: four 0, two 1
        double expected = (2 * 2 / 7.0 + 2 * 1 / 3.0 + 0) / 3;
        assertEquals(expected, macroF1(3, new int[] {0, 0, 0, 1, 2, 2}, new int[] {0, 0, 1, 1, 0, 0}), 1e-15);
    }

    @Test
    void allRightIsOneAndAllWrongIsZero() {
        assertEquals(1, macroF1(3, new int[] {2, 0, 1, 1}, new int[] {2, 0, 1, 1}));
        assertEquals(0, macroF1(3, new int[] {2, 0, 1, 1}, new int[] {0, 1, 2, 2}));
    }

    @Test
    void aClassThatIsNowhereIsLeftOut() {
        assertEquals(1, macroF1(5, new int[] {1, 3}, new int[] {1, 3}));
    }

    @Test
    void aClassAmongLabelsOrPredictionsCounts() {
        // class 0: 2·1/(2+1); class 1 among the labels alone
        assertEquals((2 / 3.0 + 0) / 2, macroF1(4, new int[] {0, 1}, new int[] {0, 0}), 1e-15);
        // class 1 among the predictions alone
        assertEquals((2 / 3.0 + 0) / 2, macroF1(4, new int[] {0, 0}, new int[] {0, 1}), 1e-15);
    }

    @Test
    void itIsHigherTheBetter() {
        assertTrue(new MacroF1().higherIsBetter());
        assertEquals("macroF1", new MacroF1().name());
    }

    @Test
    void aRegressionHasNone() {
        Dataset values = Samples.values(1, 3, 2, 2);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> new MacroF1().value(values, new float[6], null));
        assertTrue(
                e.getMessage().startsWith("macroF1: the data set has 2 target values a row")
                        && e.getMessage().contains("use the metric for classification"),
                e.getMessage());
    }
}
