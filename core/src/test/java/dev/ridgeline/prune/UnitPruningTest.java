package dev.ridgeline.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.prune.UnitPruning.Criterion;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Samples;
import dev.ridgeline.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitPruningTest {
    private static final Dataset ROW = Dataset.classification(2, new float[] {1, 1}, 2, new int[] {0});

    /** Incoming sums 3, 2, 4; outgoing sums 2, 5, 1. */
    private static Model known() {
        Model model = Model.inputs(2)
                .add(new Dense(3).name("a"))
                .add(new Activation(Function.TANH))
                .add(new Dense(2).name("b"))
                .build();
        model.parameters().get(0).set(new float[] {1, -1, 2, -2, 1, 2});
        model.parameters().get(1).set(new float[] {7, 8, 9});
        model.parameters().get(2).set(new float[] {1, -1, 2, 3, -1, 0});
        return model;
    }

    @Test
    void byIncomingWeights() {
        try (Model model = known()) {
            PruningReport report = new UnitPruning(Criterion.INCOMING).prune(model, ROW, 0.3);
            assertArrayEquals(
                    new float[] {1, -0f, 2, -2, 0, 2}, model.parameters().get(0).value());
            assertArrayEquals(new float[] {7, 0, 9}, model.parameters().get(1).value());
            assertArrayEquals(
                    new float[] {1, -1, 0, 0, -1, 0}, model.parameters().get(2).value());
            assertEquals(1, report.tensors().get(1).removed().nextSetBit(0), "the unit's number");
            assertEquals(5, report.removed());
        }
    }

    @Test
    void byOutgoingWeights() {
        try (Model model = known()) {
            Pruner pruner = new UnitPruning(List.of("a"), Criterion.OUTGOING);
            pruner.prune(model, ROW, 1 / 3.0);
            assertArrayEquals(new float[] {7, 8, 0}, model.parameters().get(1).value());
            assertEquals(0, pruner.prune(model, ROW, 1 / 3.0).removed(), "it counts");
            pruner.prune(model, ROW, 1);
            assertArrayEquals(new float[] {0, 8, 0}, model.parameters().get(1).value(), "one stays");
        }
    }

    @Test
    void unitsStayDeadAndGo() {
        Dataset data = Samples.classes(2, 80, 4, 3);
        try (Model model = Model.inputs(4)
                .add(new Dense(10).name("a"))
                .add(new BatchNorm())
                .add(new Activation(Function.RELU))
                .add(new Dropout(0.2f))
                .add(new Dense(8).name("b"))
                .add(new Activation(Function.TANH))
                .add(new Dense(3))
                .build()) {
            Trainer trainer = new Trainer(model).epochs(4);
            trainer.fit(data);
            new UnitPruning(Criterion.OUTGOING).prune(model, data, 0.5);
            trainer.fit(data);
            try (Model small = Compaction.compact(model)) {
                assertEquals(
                        List.of(5, 5, 5, 5, 4, 4, 3),
                        small.layers().stream().map(Layer::outputs).toList());
                assertArrayEquals(
                        model.predictor().predict(data.x()), small.predictor().predict(data.x()));
            }
        }
    }

    @Test
    void refusesWhatHasNoUnitsOfItsOwn() {
        Pruner pruner = new UnitPruning(List.of("b"), Criterion.INCOMING);
        try (Model model = known()) {
            assertEquals(
                    "UnitPruning: \"b\" matches no hidden dense layer; name one of these: \"a\"",
                    assertThrows(IllegalArgumentException.class, () -> pruner.prune(model, ROW, 0.5))
                            .getMessage());
        }
        try (Model model = Model.inputs(2).add(new Dense(2)).build()) {
            assertEquals(
                    "UnitPruning: the model has no hidden dense layer, so no unit to remove; remove single weights",
                    assertThrows(IllegalArgumentException.class, () -> pruner.prune(model, ROW, 0.5))
                            .getMessage());
        }
        try (Model model = Model.inputs(2)
                .add(new Dense(4).name("b"))
                .add(new Activation(Function.SOFTMAX))
                .add(new Dense(2))
                .build()) {
            assertEquals(
                    "UnitPruning: Activation \"softmax1\" may mix the units of Dense \"b\", so that none can be removed"
                            + " without changing the others; remove single weights there",
                    assertThrows(IllegalArgumentException.class, () -> pruner.prune(model, ROW, 0.5))
                            .getMessage());
        }
    }
}
