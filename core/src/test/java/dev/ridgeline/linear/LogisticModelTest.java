package dev.ridgeline.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticModelTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void probabilitiesClassesAndLossAreOne(int classes) {
        Dataset data = LogisticSamples.overlapping(classes, 70, 3, classes);
        LogisticModel model = LogisticRegression.l2(0.01).fit(data);
        assertEquals(3, model.features());
        assertEquals(classes, model.classes());
        assertEquals(classes == 2 ? 3 : 3 * classes, model.coefficients().length);
        assertEquals(classes == 2 ? 1 : classes, model.intercepts().length);
        double[] p = model.probabilities(data);
        int[] chosen = model.classify(data);
        double loss = 0;
        for (int i = 0; i < 70; i++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += p[i * classes + c];
                assertTrue(p[i * classes + c] <= p[i * classes + chosen[i]]);
            }
            assertEquals(1, sum, 1e-15);
            loss -= Math.log(p[i * classes + data.labels()[i]]) / 70;
        }
        assertEquals(loss, model.loss(), 1e-14);
        assertEquals(model.loss(), model.loss(data));
        assertEquals(
                LogisticSamples.objective(data, model.coefficients(), model.intercepts(), 0, 0.01),
                model.loss() + model.penalty(),
                1e-14);
    }

    @Test
    void twoClassesHaveTheLogOddsOfClass1() {
        Dataset data = LogisticSamples.overlapping(1, 50, 2, 2);
        LogisticModel model = LogisticRegression.l1(0.01).fit(data);
        double[] w = model.coefficients();
        double z = model.intercepts()[0] + w[0] * 0.5 - w[1];
        Dataset row = Dataset.classification(2, new float[] {0.5f, -1}, 2, new int[] {0});
        assertEquals(1 / (1 + Math.exp(-z)), model.probabilities(row)[1], 1e-14);
        assertEquals(z > 0 ? 1 : 0, model.classify(row)[0]);
    }

    @Test
    void aRowFarOnTheWrongSideHasAFiniteLoss() {
        Dataset data = LogisticSamples.overlapping(2, 50, 1, 2);
        LogisticModel model = LogisticRegression.l2(0.01).fit(data);
        double side = Math.signum(model.coefficients()[0]);
        Dataset wrong = Dataset.classification(1, new float[] {(float) (-1e6 * side)}, 2, new int[] {1});
        assertEquals(1e6 * Math.abs(model.coefficients()[0]), model.loss(wrong), 10);
    }

    @Test
    void arraysAreCopies() {
        Dataset data = LogisticSamples.overlapping(3, 50, 2, 3);
        LogisticModel model = LogisticRegression.l2(0.01).fit(data);
        double[] w = model.coefficients();
        double[] b = model.intercepts();
        model.coefficients()[0] = 99;
        model.intercepts()[0] = 99;
        assertArrayEquals(w, model.coefficients());
        assertArrayEquals(b, model.intercepts());
    }

    @Test
    void refusesOtherFeaturesAndClasses() {
        LogisticModel model = LogisticRegression.l2(0.01).fit(LogisticSamples.overlapping(4, 50, 2, 3));
        refused(() -> model.classify(LogisticSamples.overlapping(4, 50, 3, 3)), "2 features", "has 3", "same columns");
        refused(() -> model.loss(LogisticSamples.overlapping(4, 50, 2, 2)), "3 classes", "has 2", "same classes");
    }

    private static void refused(Runnable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> part + " in " + message);
        }
    }
}
