package dev.ridgeline.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.ProximalL1;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RmsPropTest {
    @Test
    void followsTheFormulaOverManySteps() {
        Parameter w = SgdTest.kernel(new L2(0.2f), null, 1, 1);
        Updater updater = new RmsProp(0.01, 0.9, 1e-6).bind(List.of(w));
        double expected = 1;
        double v = 0;
        for (int t = 1; t <= 200; t++) {
            float gradient = (float) Math.sin(t);
            double d = gradient + 0.2f * expected;
            v = 0.9 * v + 0.1 * d * d;
            expected -= 0.01 * d / (Math.sqrt(v) + 1e-6);
            SgdTest.step(updater, w, t - 1, gradient);
            assertEquals(expected, w.value()[0], 1e-5, "step " + t);
        }
    }

    /** The threshold is the coordinate's own rate times λ. */
    @Test
    void aProximalPenaltyUsesTheCoordinatesOwnRate() {
        Parameter w = SgdTest.kernel(new ProximalL1(0.5f), null, 1, 1, 1);
        Updater updater = new RmsProp(0.01, 0.75, 1e-8).bind(List.of(w));
        SgdTest.step(updater, w, 0, 2, 0.25f);
        double[] gradients = {2, 0.25};
        for (int i = 0; i < 2; i++) {
            double rate = 0.01 / (0.5 * gradients[i] + 1e-8);
            assertEquals(1 - rate * gradients[i] - rate * 0.5, w.value()[i], 1e-6);
        }
    }

    @Test
    void resetForgetsTheMeanSquare() {
        Parameter w = SgdTest.kernel(null, null, 1, 0);
        Updater updater = new RmsProp().bind(List.of(w));
        SgdTest.step(updater, w, 0, 1);
        float first = w.value()[0];
        updater.reset();
        SgdTest.step(updater, w, 0, 1);
        assertEquals(2 * first, w.value()[0]);
    }

    @Test
    void theDefaultsArePyTorchs() {
        assertEquals(new RmsProp(0.01, 0.99, 1e-8), new RmsProp());
        assertEquals(new RmsProp(0.5, 0.99, 1e-8), new RmsProp(0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void badNumbersAreRefused(double bad) {
        refused("RmsProp: learningRate is " + bad, () -> new RmsProp(bad));
        refused("RmsProp: epsilon is " + bad, () -> new RmsProp(0.1, 0.9, bad));
        refused("RmsProp: rho is " + bad, () -> new RmsProp(0.1, bad, 1e-8));
    }

    private static void refused(String beginning, Runnable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().startsWith(beginning) && e.getMessage().contains("; it must be"), e.getMessage());
    }
}
