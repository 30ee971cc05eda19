package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparsityTest {
    /** Moving means and variances are no weights: a report that counted them would understate the sparsity. */
    @Test
    void trainedTensorsAloneAreMeasured() {
        try (Model model = Model.inputs(4)
                .add(new Dense(2).name("a"))
                .add(new BatchNorm().name("norm"))
                .add(new Dense(3).name("b"))
                .build()) {
            List<String> trained = List.of(
                    "Dense \"a\" kernel",
                    "Dense \"a\" bias",
                    "BatchNorm \"norm\" gamma",
                    "BatchNorm \"norm\" beta",
                    "Dense \"b\" kernel",
                    "Dense \"b\" bias");
            assertEquals(
                    trained, Sparsity.of(model).stream().map(Sparsity::tensor).toList());
            PruningReport report = new MagnitudePruning(Scope.NETWORK).prune(model, Samples.classes(1, 20, 4, 3), 0.5);
            assertEquals(
                    trained,
                    report.tensors().stream().map(t -> t.sparsity().tensor()).toList());
        }
    }
}
