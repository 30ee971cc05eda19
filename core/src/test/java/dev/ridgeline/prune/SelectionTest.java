package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private final Model model = Model.inputs(2)
            .add(new Dense(3).name("a"))
            .add(new BatchNorm().name("norm"))
            .add(new Activation(Function.RELU).name("r"))
            .add(new Dense(2).name("b"))
            .build();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void kernelsUnlessBiasesAreAsked() {
        assertSelected(Selection.kernels(), "Dense \"a\" kernel", "Dense \"b\" kernel");
        assertSelected(
                Selection.kernels().withBiases(),
                "Dense \"a\" kernel",
                "Dense \"a\" bias",
                "Dense \"b\" kernel",
                "Dense \"b\" bias");
        assertSelected(Selection.of("b"), "Dense \"b\" kernel");
        assertSelected(Selection.of("b").withBiases(), "Dense \"b\" kernel", "Dense \"b\" bias");
    }

    @Test
    void tensorsByName() {
        assertSelected(
                Selection.of("Dense \"b\" bias", "a", "BatchNorm \"norm\" gamma"),
                "Dense \"a\" kernel",
                "BatchNorm \"norm\" gamma",
                "Dense \"b\" bias");
    }

    private void assertSelected(Selection selection, String... names) {
        assertEquals(
                List.of(names),
                selection.tensors(model).stream().map(Parameter::name).toList());
    }

    @Test
    void whatMatchesNothingIsRefused() {
        String choice = "; name a layer with a kernel, or one of these tensors: Dense \"a\" kernel, Dense \"a\" bias,"
                + " BatchNorm \"norm\" gamma, BatchNorm \"norm\" beta, Dense \"b\" kernel, Dense \"b\" bias";
        for (String name : List.of("c", "r", "norm", "BatchNorm \"norm\" moving mean")) {
            assertMessage("Selection: \"" + name + "\" matches no tensor" + choice, Selection.of("a", name), model);
        }
        assertEquals(
                "Selection: there is no name; name a layer or a tensor, or take Selection.kernels()",
                assertThrows(IllegalArgumentException.class, Selection::of).getMessage());
        try (Model bare = Model.inputs(2).add(new Activation(Function.RELU)).build()) {
            assertMessage(
                    "Selection: the model has no kernel; it has no trained tensor at all: there is nothing to prune",
                    Selection.kernels(),
                    bare);
        }
    }

    private static void assertMessage(String message, Selection selection, Model model) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> selection.tensors(model))
                        .getMessage());
    }
}
