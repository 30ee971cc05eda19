package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.train.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FashionModelTest {
    @ParameterizedTest
    @EnumSource
    void allStartFromTheSameWeightsAndFollowTheSameRule(FashionModel kind) {
        try (Model model = kind.build(7, 784, List.of(128), 10);
                Model baseline = FashionModel.BASELINE.build(7, 784, List.of(128), 10)) {
            assertEquals(new Adam(1e-3, 0.9, 0.999, 1e-7), model.optimizer());
            assertArrayEquals(
                    baseline.parameters().getFirst().value(),
                    model.parameters().getFirst().value());
            assertEquals(kind == FashionModel.BATCH_NORM ? 102_282 : 101_770, model.parameterCount());
        }
    }

    /** Keras leaves out the factor 1/2 of L2; the last layer is not penalised. */
    @Test
    void thePenaltiesAreThoseOfKerasOnAllKernelsButTheLast() {
        try (Model l2 = FashionModel.L2.build(1, 784, List.of(128, 64), 10);
                Model l1 = FashionModel.L1.build(1, 784, List.of(128, 64), 10)) {
            List<Parameter> kernels = kernels(l2);
            assertEquals(3, kernels.size());
            assertEquals(new L2(0.02f), kernels.get(0).regularizer());
            assertEquals(new L2(0.02f), kernels.get(1).regularizer());
            assertNull(kernels.get(2).regularizer());
            assertEquals(new L1(1e-4f), kernels(l1).get(1).regularizer());
        }
    }

    private static List<Parameter> kernels(Model model) {
        return model.parameters().stream()
                .filter(p -> p.role() == Parameter.Role.KERNEL)
                .toList();
    }

    @Test
    void dropoutFollowsEachHiddenLayer() {
        try (Model model = FashionModel.DROPOUT.build(1, 784, List.of(128, 64), 10)) {
            assertEquals(
                    2, model.layers().stream().filter(Dropout.class::isInstance).count());
            assertTrue(model.toString().contains("128"));
        }
    }
}
