package dev.ridgeline.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.CosineDecay;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdaterTest {
    private static final int STEPS = 6000;

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(0.1f),
                new Sgd(0.02f, 0.9f),
                new Sgd(0.02f, 0.9f, true),
                new Adam(0.01),
                new AdamW(0.01, 0),
                new RmsProp(0.01));
    }

    /** Ends where Σ ½(w - a)² + r(w) is least, for a in 1, -2, 0.2. */
    private static float[] minimum(Optimizer optimizer, Regularizer penalty) {
        float[] a = {1, -2, 0.2f};
        Parameter w = SgdTest.kernel(penalty, null, 1, 0.5f, 0.5f, 0.5f);
        Updater updater = optimizer.bind(List.of(w));
        CosineDecay decay = new CosineDecay(STEPS, 1e-3);
        try (Team team = new Team(1)) {
            for (int step = 0; step < STEPS; step++) {
                for (int i = 0; i < 3; i++) {
                    w.gradient()[i] = w.value()[i] - a[i];
                }
                updater.step(team, step, decay.at(step));
            }
        }
        return w.value();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyRuleBalancesLossAndProximalPenalty(Optimizer optimizer) {
        float[] w = minimum(optimizer, new ProximalL1(0.3f));
        assertEquals(0.7, w[0], 1e-3);
        assertEquals(-1.7, w[1], 1e-3);
        assertEquals(0, w[2], "exactly");
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyRuleBalancesLossAndDecay(Optimizer optimizer) {
        float[] w = minimum(optimizer, new L2(0.25f));
        assertEquals(0.8, w[0], 1e-3);
        assertEquals(-1.6, w[1], 1e-3);
        assertEquals(0.16, w[2], 1e-3);
    }
}
