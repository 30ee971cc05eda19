package dev.ridgeline.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.WarmUp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SgdTest {
    static Parameter kernel(Regularizer penalty, Constraint constraint, int inputs, float... values) {
        Dense dense =
                new Dense(values.length / inputs).kernelRegularizer(penalty).kernelConstraint(constraint);
        dense.build("dense1", Shape.of(inputs), 0);
        dense.parameters().getFirst().set(values);
        return dense.parameters().getFirst();
    }

    static void step(Updater updater, Parameter parameter, int step, float... gradient) {
        System.arraycopy(gradient, 0, parameter.gradient(), 0, gradient.length);
        try (Team team = new Team(1)) {
            updater.step(team, step, 1);
        }
    }

    @Test
    void plainDescent() {
        Parameter w = kernel(new L2(0.5f), null, 1, 2, -4);
        Updater updater = new Sgd(0.25f).bind(List.of(w));
        step(updater, w, 0, 1, 1);
        assertEquals(2 - 0.25f * (1 + 0.5f * 2), w.value()[0]);
        assertEquals(-4 - 0.25f * (1 - 0.5f * 4), w.value()[1]);
    }

    @Test
    void momentumAndNesterovFollowPyTorch() {
        for (boolean nesterov : new boolean[] {false, true}) {
            Parameter w = kernel(null, null, 1, 1);
            Updater updater = new Sgd(0.5f, 0.5f, nesterov).bind(List.of(w));
            double expected = 1;
            double velocity = 0;
            for (int step = 0; step < 5; step++) {
                float gradient = step - 1.5f;
                velocity = 0.5 * velocity + gradient;
                expected -= 0.5 * (nesterov ? gradient + 0.5 * velocity : velocity);
                step(updater, w, step, gradient);
                assertEquals(expected, w.value()[0], 1e-6);
            }
        }
    }

    @Test
    void resetForgetsTheVelocity() {
        Parameter w = kernel(null, null, 1, 0);
        Updater updater = new Sgd(1, 0.5f).bind(List.of(w));
        step(updater, w, 0, 1);
        step(updater, w, 1, 0);
        assertEquals(-1.5f, w.value()[0]);
        updater.reset();
        step(updater, w, 0, 0);
        assertEquals(-1.5f, w.value()[0]);
    }

    @Test
    void constraintsHoldAfterTheUpdate() {
        Parameter clipped = kernel(null, new MaxWeight(1), 1, 0.9f, -0.9f);
        Parameter projected = kernel(null, new MaxNorm(1), 2, 3, 0.1f, 4, 0.1f);
        Updater updater = new Sgd(1).bind(List.of(clipped, projected));
        System.arraycopy(new float[] {-5, 5}, 0, clipped.gradient(), 0, 2);
        Arrays.fill(projected.gradient(), 0);
        step(updater, clipped, 0, -5, 5);
        assertEquals(1, clipped.value()[0]);
        assertEquals(-1, clipped.value()[1]);
        assertEquals(0.6f, projected.value()[0], 1e-6f);
        assertEquals(0.8f, projected.value()[2], 1e-6f);
        assertEquals(0.1f, projected.value()[1]);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void aRateThatIsNotPositiveIsRefused(float rate) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Sgd(rate));
        assertTrue(
                e.getMessage().contains("Sgd: learningRate is " + rate)
                        && e.getMessage().contains("above 0"),
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, Float.NaN})
    void aMomentumOutOfRangeIsRefused(float momentum) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1f, momentum));
        assertTrue(
                e.getMessage().contains("Sgd: momentum is " + momentum)
                        && e.getMessage().contains("below 1"),
                e.getMessage());
    }

    @Test
    void nesterovNeedsMomentum() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1f, 0, true));
        assertTrue(e.getMessage().contains("nesterov") && e.getMessage().contains("momentum"), e.getMessage());
    }

    /** Half a unit in the last place of a float is 6e-8 of it: a decay below that is there in name only. */
    @Test
    void aDecayThatMovesNoWeightIsRefused() {
        Parameter w = kernel(new L2(1e-8f), null, 1, 1, -0.5f, 0);
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Sgd(0.01f).bind(List.of(w)));
        for (String part : new String[] {"Dense \"dense1\" kernel", "L2[lambda=1.0E-8]", "0.01", "times stronger"}) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
        Parameter sign = kernel(new L1(1e-9f), null, 1, 1, -0.5f);
        assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1f).bind(List.of(sign)));
    }

    @Test
    void aThresholdThatMovesNoWeightIsRefused() {
        for (Sgd optimizer : List.of(new Sgd(0.1f), new Sgd(0.01f, 0.9f))) {
            Parameter weak = kernel(new ProximalL1(2e-8f), null, 1, 1, -0.5f, 0.3f);
            String message = assertThrows(IllegalArgumentException.class, () -> optimizer.bind(List.of(weak)))
                    .getMessage();
            assertTrue(message.contains("ProximalL1[lambda=2.0E-8] is too weak"), message);
            float times = Float.parseFloat(message.replaceAll(".*at least ([0-9]+) times.*", "$1"));
            Parameter strong = kernel(new ProximalL1(2e-8f * times), null, 1, 1, -0.5f, 0.3f);
            Updater updater = optimizer.bind(List.of(strong));
            step(updater, strong, 0, 0, 0, 0);
            assertTrue(strong.value()[2] < 0.3f, "the named strength moves a weight");
        }
        new Sgd(0.1f).bind(List.of(kernel(new ProximalL1(0), null, 1, 1))); // λ = 0 is none, and says so
        new Sgd(0.1f).bind(List.of(kernel(new ProximalL1(1e-9f), null, 1, 0))); // nothing to move yet
    }

    /** A schedule that starts near 0 is judged by what it reaches. */
    @Test
    void aWarmUpOfAPenaltyPasses() {
        Dense dense = new Dense(1).kernelRegularizer(new L2(1e-3f)).kernelSchedule(new WarmUp(1_000_000));
        dense.build("dense1", Shape.of(1), 0);
        new Sgd(0.01f).bind(dense.parameters());
    }

    @Test
    void theNamedStrengthIsEnough() {
        Parameter weak = kernel(new L2(1e-8f), null, 1, 1, -0.5f, 0.3f);
        String message = assertThrows(IllegalArgumentException.class, () -> new Sgd(0.01f).bind(List.of(weak)))
                .getMessage();
        float times = Float.parseFloat(message.replaceAll(".*at least ([0-9]+) times.*", "$1"));
        Parameter strong = kernel(new L2(1e-8f * times), null, 1, 1, -0.5f, 0.3f);
        new Sgd(0.01f).bind(List.of(strong));
        double needed = Math.ulp(0.3f) / 2 / (0.01 * 1e-8 * 0.3); // of the weight that is easiest to move
        assertEquals(1.01 * needed, times, 1, "and not much more than enough");
    }

    @Test
    void aDecayThatActsPasses() {
        new Sgd(0.1f).bind(List.of(kernel(new L2(1e-5f), null, 1, 1, -0.5f)));
        new Sgd(0.01f, 0.9f).bind(List.of(kernel(new L2(1e-5f), null, 1, 1)));
        new Sgd(0.1f).bind(List.of(kernel(new L2(4e-7f), null, 1, 1))); // floats below 1 are nearer than those above
        new Sgd(0.01f, 0.9f).bind(List.of(kernel(new L2(1e-6f), null, 1, 1))); // momentum sums ten steps
        new Sgd(0.1f).bind(List.of(kernel(new ProximalL1(1e-7f), null, 1, 0.001f)));
        new Sgd(0.1f).bind(List.of(kernel(new L1(1e-7f), null, 1, 10, 0.001f))); // it moves the small weight
        new Sgd(0.1f).bind(List.of(kernel(new L2(0), null, 1, 1))); // λ = 0 is no decay, and says so
        new Sgd(0.1f).bind(List.of(kernel(new L2(1e-9f), null, 1, 0, 0))); // nothing to move yet
    }
}
