package dev.ridgeline.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.schedule.WarmUp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {
    @Test
    void followsTheFormulaOverManySteps() {
        double rate = 0.01;
        double beta1 = 0.8;
        double beta2 = 0.95;
        double epsilon = 1e-7;
        Parameter w = SgdTest.kernel(new ElasticNet(0.1f, 0.2f), null, 1, 1);
        Updater updater = new Adam(rate, beta1, beta2, epsilon).bind(List.of(w));
        double expected = 1;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 200; t++) {
            float gradient = (float) Math.sin(t);
            double d = gradient + 0.1f * Math.signum(expected) + 0.2f * expected;
            m = beta1 * m + (1 - beta1) * d;
            v = beta2 * v + (1 - beta2) * d * d;
            expected -= rate * m / (1 - Math.pow(beta1, t)) / (Math.sqrt(v / (1 - Math.pow(beta2, t))) + epsilon);
            SgdTest.step(updater, w, t - 1, gradient);
            assertEquals(expected, w.value()[0], 1e-5, "step " + t);
        }
    }

    /** Whatever the gradient's size, the first step is the learning rate. */
    @Test
    void aScheduleScalesTheProximalStep() {
        Dense dense = new Dense(1).kernelRegularizer(new ProximalL1(1)).kernelSchedule(new WarmUp(2));
        dense.build("dense1", Shape.of(1), 0);
        Parameter w = dense.parameters().getFirst();
        w.value()[0] = 1;
        SgdTest.step(new Adam(0.25).bind(List.of(w)), w, 0, 2);
        // m = 2 and √v = 2 with their corrections: a step of the learning rate, then the threshold divided by √v
        assertEquals(1 - 0.25 - 0.25 * 0.5 / 2, w.value()[0], 1e-6);
    }

    @Test
    void theFirstStepIsTheRate() {
        for (float gradient : new float[] {1e-3f, 1, -1e6f}) {
            Parameter w = SgdTest.kernel(null, null, 1, 0);
            SgdTest.step(new Adam().bind(List.of(w)), w, 0, gradient);
            assertEquals(-1e-3f * Math.signum(gradient), w.value()[0], 2e-8f);
        }
    }

    @Test
    void resetForgetsTheMoments() {
        Parameter w = SgdTest.kernel(null, null, 1, 0);
        Updater updater = new Adam().bind(List.of(w));
        SgdTest.step(updater, w, 0, 1);
        updater.reset();
        float before = w.value()[0];
        SgdTest.step(updater, w, 0, 0);
        assertEquals(before, w.value()[0]);
    }

    @Test
    void theDefaultsArePyTorchs() {
        assertEquals(new Adam(1e-3, 0.9, 0.999, 1e-8), new Adam());
        assertEquals(new Adam(0.5, 0.9, 0.999, 1e-8), new Adam(0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatMustBePositiveIsChecked(double bad) {
        refused("Adam: learningRate is " + bad, () -> new Adam(bad));
        refused("Adam: epsilon is " + bad, () -> new Adam(0.1, 0.9, 0.999, bad));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void whatMustBeAFractionIsChecked(double bad) {
        refused("Adam: beta1 is " + bad, () -> new Adam(0.1, bad, 0.999, 1e-8));
        refused("Adam: beta2 is " + bad, () -> new Adam(0.1, 0.9, bad, 1e-8));
    }

    private static void refused(String beginning, Runnable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().startsWith(beginning) && e.getMessage().contains("; it must be"), e.getMessage());
    }
}
