package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.Floats;
import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.AveragePool1D;
import dev.ridgeline.layer.AveragePool2D;
import dev.ridgeline.layer.AveragePool3D;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Conv1D;
import dev.ridgeline.layer.Conv2D;
import dev.ridgeline.layer.Conv3D;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.MaxPool1D;
import dev.ridgeline.layer.MaxPool2D;
import dev.ridgeline.layer.MaxPool3D;
import dev.ridgeline.layer.Normalization;
import dev.ridgeline.layer.Padding;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.SpatialDropout;
import dev.ridgeline.layer.WeightedLayer;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.schedule.Schedule;
import dev.ridgeline.schedule.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All regularizers work on all layers: each is proved to act, changes training, and is there again after loading. */
class RegularizedLayersTest {
    private static final List<Regularizer> PENALTIES =
            List.of(new L1(0.1f), new L2(0.1f), new ElasticNet(0.1f, 0.1f), new WeightElimination(0.1f, 0.5f));
    private static final List<TensorRegularizer> WHOLE =
            List.of(new GroupLasso(0.1f), new Orthogonal(0.1f), new Orthogonal(0.1f, Orthogonal.Mode.COLUMNS));
    private static final List<Constraint> CONSTRAINTS =
            List.of(new MaxNorm(0.2f), new MaxWeight(0.2f), new NonNegative(), new UnitNorm());
    private static final Schedule SCHEDULE = new WarmUp(2);
    private static final int ROWS = 12;

    @TempDir
    static Path folder;

    /** A kind of layer, and the shape of the rows of the model that has it. */
    private record Kind(Supplier<Layer<?>> layer, int... inputs) {}

    private static List<Kind> weighted() {
        return List.of(
                new Kind(() -> new Dense(4), 6),
                new Kind(() -> new Conv1D(4, 3).strides(2), 7, 2),
                new Kind(() -> new Conv2D(4, 2, 3).strides(1, 2).padding(Padding.SAME), 4, 5, 2),
                new Kind(() -> new Conv3D(4, 2, 1, 2).strides(2, 1, 1), 4, 2, 3, 2));
    }

    private static List<Kind> normalizations() {
        return List.of(
                new Kind(BatchNorm::new, 6),
                new Kind(() -> new BatchNorm(0.9, 1e-4), 3, 4, 2),
                new Kind(LayerNorm::new, 6),
                new Kind(LayerNorm::new, 3, 4, 2),
                new Kind(() -> new GroupNorm(2), 3, 4, 2),
                new Kind(InstanceNorm::new, 5, 2));
    }

    private static List<Kind> others() {
        return List.of(
                new Kind(() -> new Activation(Activation.Function.RELU), 6),
                new Kind(() -> new Activation(Activation.Function.TANH), 3, 4, 2),
                new Kind(() -> new MaxPool1D(2), 6, 2),
                new Kind(() -> new MaxPool2D(2, 3).strides(1, 2).padding(Padding.SAME), 4, 5, 2),
                new Kind(() -> new MaxPool3D(2, 1, 2), 4, 2, 4, 1),
                new Kind(() -> new AveragePool1D(3).strides(1), 6, 2),
                new Kind(() -> new AveragePool2D(2, 3).padding(Padding.SAME), 4, 5, 2),
                new Kind(() -> new AveragePool3D(2, 2, 2), 4, 3, 4, 1),
                new Kind(Flatten::new, 3, 4, 2),
                new Kind(() -> new Dropout(0.3f), 6),
                new Kind(() -> new SpatialDropout(0.3f), 3, 4, 2),
                new Kind(() -> new AlphaDropout(0.1f), 6),
                new Kind(() -> new GaussianDropout(0.3f), 6),
                new Kind(() -> new GaussianNoise(0.2f), 3, 4, 2));
    }

    /** A layer with one regularizer, and what the proof must say of it. */
    private record Case(Kind kind, String tensor, Object regularizer, Consumer<Layer<?>> setter) {
        @Override
        public String toString() {
            return kind.layer.get().kind() + " " + tensor + ": " + regularizer;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        weighted().forEach(kind -> weighted(kind, cases));
        normalizations().forEach(kind -> normalization(kind, cases));
        Stream.of(weighted(), normalizations(), others())
                .flatMap(List::stream)
                .forEach(kind -> PENALTIES.forEach(r -> cases.add(new Case(
                        kind,
                        "activity",
                        r,
                        layer -> layer.activityRegularizer(r).activitySchedule(SCHEDULE)))));
        return cases.stream();
    }

    private static void weighted(Kind kind, List<Case> cases) {
        for (Regularizer r : onTensors()) {
            cases.add(new Case(
                    kind,
                    "kernel",
                    r,
                    layer -> weights(layer).kernelRegularizer(r).kernelSchedule(SCHEDULE)));
            cases.add(new Case(
                    kind, "bias", r, layer -> weights(layer).biasRegularizer(r).biasSchedule(SCHEDULE)));
        }
        for (TensorRegularizer r : WHOLE) {
            cases.add(new Case(
                    kind,
                    "kernel",
                    r,
                    layer -> weights(layer).kernelTensorRegularizer(r).kernelSchedule(SCHEDULE)));
        }
        for (Constraint c : CONSTRAINTS) {
            cases.add(new Case(kind, "kernel", c, layer -> weights(layer).kernelConstraint(c)));
            cases.add(new Case(kind, "bias", c, layer -> weights(layer).biasConstraint(c)));
        }
        cases.add(new Case(
                kind, "", "DropConnect rate 0.4", layer -> weights(layer).dropConnect(0.4f)));
    }

    private static void normalization(Kind kind, List<Case> cases) {
        for (Regularizer r : onTensors()) {
            cases.add(new Case(
                    kind, "gamma", r, layer -> scale(layer).gammaRegularizer(r).gammaSchedule(SCHEDULE)));
            cases.add(new Case(
                    kind, "beta", r, layer -> scale(layer).betaRegularizer(r).betaSchedule(SCHEDULE)));
        }
        for (Constraint c : CONSTRAINTS) {
            cases.add(new Case(kind, "gamma", c, layer -> scale(layer).gammaConstraint(c)));
            cases.add(new Case(kind, "beta", c, layer -> scale(layer).betaConstraint(c)));
        }
    }

    private static List<Regularizer> onTensors() {
        List<Regularizer> all = new ArrayList<>(PENALTIES);
        all.add(new ProximalL1(0.1f));
        return all;
    }

    private static WeightedLayer<?> weights(Layer<?> layer) {
        return (WeightedLayer<?>) layer;
    }

    private static Normalization<?> scale(Layer<?> layer) {
        return (Normalization<?>) layer;
    }

    /** A model with weights below the layer, which penalties on activations move, and weights of both signs in each tensor. */
    private static Model model(Kind kind, Consumer<Layer<?>> setter) {
        Layer<?> layer = kind.layer.get();
        setter.accept(layer);
        Model model = Model.inputs(kind.inputs)
                .optimizer(new Sgd(0.1f, 0.5f))
                .add(below(kind.inputs))
                .add(layer)
                .add(new Flatten())
                .add(new Dense(3))
                .build();
        for (int i = 0; i < model.parameters().size(); i++) {
            Parameter p = model.parameters().get(i);
            if (p.role().trained()) {
                float[] start = Floats.random(i, p.value().length, 0.8f);
                start[0] = -Math.abs(start[0]);
                p.set(start);
            }
        }
        return model;
    }

    private static Layer<?> below(int... inputs) {
        int channels = inputs[inputs.length - 1];
        return switch (inputs.length) {
            case 1 -> new Dense(channels);
            case 2 -> new Conv1D(channels, 1);
            case 3 -> new Conv2D(channels, 1, 1);
            default -> new Conv3D(channels, 1, 1, 1);
        };
    }

    private static String trained(Model model, Batch batch) {
        for (int step = 0; step < 3; step++) {
            model.step(batch);
        }
        return model.digest();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void actsAndIsKept(Case c) throws IOException {
        Path file = folder.resolve("model.npz");
        try (Model model = model(c.kind, c.setter);
                Model plain = model(c.kind, layer -> {})) {
            Dataset data = Samples.classes(1, ROWS, model.inputs(), 3);
            Batch batch = Samples.batch(data, ROWS);
            String where = model.layers().get(1) + (c.tensor.isEmpty() ? "" : " " + c.tensor);
            assertTrue(
                    model.verifyActive(data).entries().stream()
                            .anyMatch(e -> e.where().equals(where) && e.what().equals(c.regularizer.toString())),
                    () -> where + " in " + model.verifyActive(data));

            String digest = trained(model, batch);
            assertNotEquals(trained(plain, batch), digest);

            model.save(file);
            try (Model loaded = Model.load(file, 2)) {
                assertEquals(digest, loaded.digest());
                assertEquals(model.explain(), loaded.explain());
                assertEquals(trained(model, batch), trained(loaded, batch));
            }
        }
    }
}
