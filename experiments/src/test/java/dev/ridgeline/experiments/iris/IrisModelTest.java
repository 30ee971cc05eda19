package dev.ridgeline.experiments.iris;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IrisModelTest {
    private final IrisData data = IrisData.load();

    @ParameterizedTest
    @CsvSource({"BASE, 2499", "L1, 2499", "DROPOUT, 2499", "BATCH_NORM, 2883"})
    void theParametersAreThoseThatKerasCounts(IrisModel kind, long parameters) {
        try (Model model = kind.build(42, data)) {
            assertEquals(parameters, model.parameterCount());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BASE, Dense Activation Dense Activation Dense",
        "L1, Dense Activation Dense Activation Dense",
        "DROPOUT, Dense Activation Dropout Dense Activation Dropout Dense",
        "BATCH_NORM, Dense Activation BatchNorm Dense Activation BatchNorm Dense"
    })
    void theRegularizersFollowTheHiddenActivations(IrisModel kind, String layers) {
        try (Model model = kind.build(42, data)) {
            List<String> kinds =
                    model.layers().stream().map(layer -> layer.kind()).toList();
            assertEquals(layers, String.join(" ", kinds));
        }
    }

    @Test
    void thePenaltyIsOnTheTwoHiddenKernelsAlone() {
        try (Model model = IrisModel.L1.build(42, data)) {
            List<String> penalised = model.parameters().stream()
                    .filter(p -> p.regularizer() != null)
                    .map(p -> p.name() + " " + p.regularizer())
                    .toList();
            assertEquals(
                    List.of("Dense \"dense1\" kernel L1[lambda=0.005]", "Dense \"dense2\" kernel L1[lambda=0.005]"),
                    penalised);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allStartFromTheSameWeights(IrisModel kind) {
        try (Model base = IrisModel.BASE.build(7, data);
                Model model = kind.build(7, data)) {
            List<Parameter> expected = kernels(base);
            List<Parameter> kernels = kernels(model);
            assertEquals(3, kernels.size());
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(expected.get(i).value(), kernels.get(i).value());
            }
        }
    }

    private static List<Parameter> kernels(Model model) {
        return model.parameters().stream()
                .filter(p -> p.role() == Parameter.Role.KERNEL)
                .toList();
    }
}
