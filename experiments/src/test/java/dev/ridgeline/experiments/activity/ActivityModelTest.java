package dev.ridgeline.experiments.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.iris.IrisData;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Model;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivityModelTest {
    @ParameterizedTest
    @CsvSource({
        "DEEP, 152515, 512 tanh 256 tanh 64 tanh 32 relu 3",
        "DEEP_ACTIVITY, 152515, 512 tanh 256 tanh 64 tanh 32 relu 3",
        "WIDE, 4003, 500 tanh 3",
        "WIDE_PENALISED, 4003, 500 tanh 3"
    })
    void theLayersAreThoseOfTheStudy(ActivityModel kind, long parameters, String layers) {
        try (Model model = kind.build(42, 4, 3)) {
            assertEquals(parameters, model.parameterCount());
            String found = model.layers().stream()
                    .map(layer -> layer instanceof Activation
                            ? layer.name().replaceAll("\\d", "")
                            : Integer.toString(layer.outputs()))
                    .collect(Collectors.joining(" "));
            assertEquals(layers, found);
        }
    }

    /** A penalty that differs in its weights from the start would be judged by chance. */
    @ParameterizedTest
    @EnumSource(
            value = ActivityModel.class,
            names = {"DEEP_ACTIVITY", "WIDE_PENALISED"})
    void bothOfAPairStartFromTheSameWeights(ActivityModel kind) {
        try (Model model = kind.build(7, 4, 3);
                Model control = kind.control().build(7, 4, 3)) {
            for (int i = 0; i < model.parameters().size(); i++) {
                assertArrayEquals(
                        control.parameters().get(i).value(),
                        model.parameters().get(i).value());
            }
        }
    }

    @Test
    void thePenaltiesAreWhereTheStudyPutsThem() {
        try (Model model = ActivityModel.DEEP_ACTIVITY.build(42, 4, 3)) {
            List<Regularizer> onActivities = model.layers().stream()
                    .<Regularizer>map(Layer::activityRegularizer)
                    .toList();
            assertEquals(new L1(0.001f), onActivities.get(1), "after the first tanh");
            assertEquals(1, onActivities.stream().filter(r -> r != null).count());
            assertTrue(model.parameters().stream().allMatch(p -> p.regularizer() == null));
        }
        try (Model model = ActivityModel.WIDE_PENALISED.build(42, 4, 3)) {
            assertEquals(new L1(0.001f), model.parameters().get(0).regularizer());
            assertEquals(new L2(0.002f), model.parameters().get(1).regularizer(), "Keras's l2(0.001)");
            assertNull(model.parameters().get(2).regularizer());
            assertEquals(new L1(0.002f), model.layers().get(1).activityRegularizer());
        }
    }

    @ParameterizedTest
    @EnumSource(ActivityModel.class)
    void whatIsPenalisedChangesTheSteps(ActivityModel kind) {
        try (Model model = kind.build(42, 4, 3)) {
            model.verifyActive(IrisData.draw(0.25, 42, 0).train());
        }
    }
}
