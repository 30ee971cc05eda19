package dev.ridgeline.train;

import static dev.ridgeline.layer.Activation.Function.TANH;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import java.util.stream.Stream;

/** What the tests of proofs share: models of two layers, and the call that proves or refuses them. */
final class Proofs {
    static final Dataset DATA = Samples.classes(1, 50, 4, 3);

    private Proofs() {}

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(0.01f),
                new Sgd(0.01f, 0.9f),
                new Sgd(0.01f, 0.9f, true),
                new Adam(),
                new Adam(0.01, 0, 0.9, 1e-3),
                new AdamW(0.01, 0.5),
                new RmsProp());
    }

    static ModelBuilder model(Dense first) {
        return Model.inputs(4).add(first).add(new Activation(TANH)).add(new Dense(3));
    }

    static ActiveRegularizers verify(ModelBuilder builder) {
        try (Model model = builder.build()) {
            return model.verifyActive(DATA);
        }
    }

    static void inactive(ModelBuilder builder, String... parts) {
        Exception e = assertThrows(InactiveRegularizerException.class, () -> verify(builder));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), () -> part + " in " + e.getMessage());
        }
    }
}
