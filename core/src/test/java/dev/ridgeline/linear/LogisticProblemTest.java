package dev.ridgeline.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticProblemTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void theGradientIsThatOfTheLoss(int classes) {
        LogisticProblem problem = new LogisticProblem(LogisticSamples.overlapping(1, 37, 3, classes));
        int n = problem.outputs * 4;
        double[] theta = Floats.doubles(Floats.random(2, n, 1), n);
        double[] gradient = new Iterate(problem, 0, 0, theta).gradient;
        double h = 1e-5;
        for (int q = 0; q < n; q++) {
            double kept = theta[q];
            theta[q] = kept + h;
            double above = new Iterate(problem, 0, 0, theta).loss();
            theta[q] = kept - h;
            double below = new Iterate(problem, 0, 0, theta).loss();
            theta[q] = kept;
            assertEquals((above - below) / (2 * h), gradient[q], 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void standardizedParametersHaveTheObjectiveOfTheFeaturesAsGiven(int classes) {
        Dataset data = LogisticSamples.scaled(LogisticSamples.overlapping(3, 37, 3, classes), 1, 100, 0.01f);
        LogisticProblem problem = new LogisticProblem(data);
        int n = problem.outputs * 4;
        double[] theta = Floats.doubles(Floats.random(4, n, 1), n);
        Iterate at = new Iterate(problem, 0.2, 0.3, theta);
        double expected =
                LogisticSamples.objective(data, problem.coefficients(theta), problem.intercepts(theta), 0.2, 0.3);
        assertEquals(expected, at.loss() + at.penalty(0, theta), 1e-9 * expected);
    }

    @Test
    void aTinyLossKeepsItsDigits() {
        Dataset data = Dataset.classification(1, new float[] {-1, 1}, 2, new int[] {0, 1});
        LogisticProblem problem = new LogisticProblem(data);
        assertEquals(Math.exp(-50), new Iterate(problem, 0, 0, new double[] {50, 0}).loss(), 1e-30);
        assertEquals(1000, new Iterate(problem, 0, 0, new double[] {-1000, 0}).loss());
    }

    @Test
    void aDirectionSeparatesIfItWorsensNoRow() {
        LogisticProblem two =
                new LogisticProblem(Dataset.classification(1, new float[] {1, 2, 3}, 2, new int[] {0, 0, 1}));
        assertTrue(two.separates(new double[][] {{-1, -1, 1}}));
        assertTrue(two.separates(new double[][] {{0, -1, 0}}));
        assertFalse(two.separates(new double[][] {{0, 0, 0}}));
        assertFalse(two.separates(new double[][] {{-1, 0.01, 1}}));
        LogisticProblem three =
                new LogisticProblem(Dataset.classification(1, new float[] {1, 2, 3}, 3, new int[] {0, 1, 2}));
        assertTrue(three.separates(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}));
        assertFalse(three.separates(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}));
        assertFalse(three.separates(new double[][] {{1, 0, 0}, {2, 1, 0}, {0, 0, 1}}));
    }
}
