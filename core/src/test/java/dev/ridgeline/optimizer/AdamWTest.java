package dev.ridgeline.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.regularizer.L1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWTest {
    @Test
    void followsTheFormulaOverManySteps() {
        Parameter w = SgdTest.kernel(new L1(0.1f), null, 1, 1);
        Updater updater = new AdamW(0.01, 0.8, 0.95, 1e-7, 0.3).bind(List.of(w));
        double expected = 1;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 200; t++) {
            float gradient = (float) Math.sin(t);
            double d = gradient + 0.1f * Math.signum(expected);
            m = 0.8 * m + 0.2 * d;
            v = 0.95 * v + 0.05 * d * d;
            expected -= 0.01 * 0.3 * expected;
            expected -= 0.01 * m / (1 - Math.pow(0.8, t)) / (Math.sqrt(v / (1 - Math.pow(0.95, t))) + 1e-7);
            SgdTest.step(updater, w, t - 1, gradient);
            assertEquals(expected, w.value()[0], 1e-5, "step " + t);
        }
    }

    @Test
    void kernelsAloneDecay() {
        List<Parameter> parameters = new ArrayList<>();
        for (Layer<?> layer : List.of(new Dense(3), new BatchNorm())) {
            layer.build("layer", Shape.of(3), 0);
            layer.parameters().stream().filter(p -> p.role().trained()).forEach(parameters::add);
        }
        for (Parameter p : parameters) {
            Arrays.fill(p.value(), 2);
        }
        try (Team team = new Team(1)) {
            new AdamW(0.5, 0.25).bind(parameters).step(team, 0, 1);
        }
        assertEquals(4, parameters.size());
        for (Parameter p : parameters) {
            assertEquals(p.role() == Parameter.Role.KERNEL ? 1.75f : 2, p.value()[0], p.name());
        }
    }

    @Test
    void theLearningRatesFactorScalesTheDecay() {
        Parameter w = SgdTest.kernel(null, null, 1, 8);
        try (Team team = new Team(1)) {
            new AdamW(0.5, 0.5).bind(List.of(w)).step(team, 0, 0.5);
        }
        assertEquals(7, w.value()[0]);
    }

    @Test
    void withoutDecayItIsAdam() {
        Parameter decoupled = SgdTest.kernel(null, null, 1, 1, -2, 0.3f);
        Parameter plain = SgdTest.kernel(null, null, 1, 1, -2, 0.3f);
        Updater adamW = new AdamW(1e-3, 0).bind(List.of(decoupled));
        Updater adam = new Adam().bind(List.of(plain));
        for (int step = 0; step < 10; step++) {
            SgdTest.step(adamW, decoupled, step, 1, step - 5, 0.1f);
            SgdTest.step(adam, plain, step, 1, step - 5, 0.1f);
        }
        assertEquals(Arrays.toString(plain.value()), Arrays.toString(decoupled.value()));
    }

    @Test
    void theDefaultsArePyTorchs() {
        assertEquals(new AdamW(1e-3, 0.9, 0.999, 1e-8, 1e-2), new AdamW());
        assertEquals(new AdamW(0.5, 0.9, 0.999, 1e-8, 0.1), new AdamW(0.5, 0.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void badNumbersAreRefused(double bad) {
        refused("AdamW: learningRate is " + bad, "; it must be", () -> new AdamW(bad, 0.1));
        refused("AdamW: beta1 is " + bad, "; it must be", () -> new AdamW(0.1, bad, 0.9, 1e-8, 0.1));
        refused("AdamW: beta2 is " + bad, "; it must be", () -> new AdamW(0.1, 0.9, bad, 1e-8, 0.1));
        refused("AdamW: epsilon is " + bad, "; it must be", () -> new AdamW(0.1, 0.9, 0.9, bad, 0.1));
        refused("AdamW: weightDecay is " + bad, "; it must be", () -> new AdamW(0.1, bad));
    }

    @Test
    void aDecayThatTurnsSignsIsRefused() {
        refused(
                "AdamW: weightDecay is 8.0, which at learning rate 0.5",
                "make it less than 2.0",
                () -> new AdamW(0.5, 8));
        refused("AdamW: weightDecay is 2.0, which at learning rate 0.5", "less than 2.0", () -> new AdamW(0.5, 2));
    }

    @Test
    void aDecayThatMovesNoWeightIsRefused() {
        String start = "AdamW: weightDecay is 1.0E-6, which at learning rate 0.001 is too weak";
        refused(start, "Make it more than " + 0x1p-25 / 1e-3 + ", or 0", () -> new AdamW(1e-3, 1e-6));
        refused("AdamW: weightDecay is " + 0x1p-24, "more than", () -> new AdamW(0.5, 0x1p-24));
        Parameter w = SgdTest.kernel(null, null, 1, 3);
        SgdTest.step(new AdamW(1e-3, 2.99e-5).bind(List.of(w)), w, 0, 0);
        assertEquals(Math.nextDown(3f), w.value()[0], "the weakest that passes acts");
    }

    private static void refused(String beginning, String remedy, Runnable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().startsWith(beginning) && e.getMessage().contains(remedy), e.getMessage());
    }
}
