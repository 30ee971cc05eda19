package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.list;
import static dev.ridgeline.golden.GoldenCase.number;
import static dev.ridgeline.golden.GoldenCase.object;
import static dev.ridgeline.golden.GoldenCase.string;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.LossProbe;
import java.util.List;
import java.util.Map;

/** Runs a golden case through the library: an AssertionError if the numbers differ, a skip if a later release has it. */
final class GoldenChecks {
    /** Relative to the largest magnitude: one layer, one loss, each step of an optimizer. */
    private static final double ONE = 1e-5;

    /** Element by element: penalties and constraints. */
    private static final double ELEMENT = 1e-6;

    private static final double FLOOR = 1e-30;

    private GoldenChecks() {}

    static void check(GoldenCase golden) {
        switch (golden.kind()) {
            case "penalty" -> penalty(golden);
            case "constraint" -> constraint(golden);
            case "optimizer" -> optimizer(golden);
            case "loss" -> loss(golden);
            case "layer" -> layer(golden);
            case "training" -> GoldenTraining.check(golden);
            case "earlystopping" -> GoldenStopping.check(golden);
            case "logistic" -> GoldenLogistic.check(golden);
            case "tikhonov" -> GoldenTikhonov.check(golden);
            default -> throw GoldenTypes.unknown("kind", golden.kind());
        }
    }

    private static void penalty(GoldenCase golden) {
        Regularizer penalty = GoldenTypes.penalty(golden.part("penalty"));
        float[] w = golden.values("w").floats();
        double value = penalty == null ? 0 : penalty.sum(w, w.length);
        double expected = number(golden.fields(), "value");
        Values.check(Math.max(ELEMENT * Math.abs(expected), FLOOR), expected, value, "value");
        float[] gradient = new float[w.length];
        for (int i = 0; i < w.length; i++) {
            gradient[i] = penalty == null ? 0 : penalty.gradient(w[i]);
        }
        golden.values("gradient").assertElementwise(ELEMENT, FLOOR, gradient, "gradient");
    }

    private static void constraint(GoldenCase golden) {
        Constraint constraint = GoldenTypes.constraint(golden.part("constraint"));
        Values before = golden.values("w");
        float[] w = before.floats();
        for (int i = 0; i < w.length; i++) {
            w[i] = constraint.project(w[i]);
        }
        if (constraint.actsOnColumns()) {
            int columns = before.columns();
            constraint.projectColumns(before.rows(), columns, 0, columns, new float[columns], w);
        }
        golden.values("result").assertElementwise(ELEMENT, FLOOR, w, "result");
    }

    private static void optimizer(GoldenCase golden) {
        Regularizer penalty = GoldenTypes.penalty(golden.part("penalty"));
        Optimizer optimizer = GoldenTypes.optimizer(golden.part("optimizer"));
        Values w0 = golden.values("w0");
        Parameter parameter = tensor(w0.data().length, penalty);
        parameter.set(w0.floats());
        Updater updater = optimizer.bind(List.of(parameter));
        List<Object> gradients = list(golden.fields().get("gradients"));
        List<Object> weights = list(golden.fields().get("w"));
        if (gradients.size() != weights.size()) {
            throw new AssertionError(gradients.size() + " gradients but " + weights.size() + " steps");
        }
        try (Team team = new Team(1)) {
            for (int step = 0; step < gradients.size(); step++) {
                float[] gradient = Values.of(gradients.get(step), "gradients").floats();
                System.arraycopy(gradient, 0, parameter.gradient(), 0, gradient.length);
                updater.step(team, step, 1);
                Values expected = Values.of(weights.get(step), "w");
                double scale = Math.max(expected.largest(), w0.largest());
                expected.assertWithin(ONE * scale, parameter.value(), "w after step " + (step + 1));
            }
        }
    }

    /** Any tensor that can be trained: the kernel of a layer with one input. */
    private static Parameter tensor(int n, Regularizer penalty) {
        Dense dense = new Dense(n).kernelRegularizer(penalty);
        dense.build("tensor", Shape.of(1), 0);
        return find(dense, Parameter.Role.KERNEL);
    }

    private static void loss(GoldenCase golden) {
        Map<String, Object> part = golden.part("loss");
        float smoothing = (float) number(part, "labelSmoothing", 0);
        String type = string(part, "type");
        Values z = golden.values(type.equals("MeanSquaredError") ? "outputs" : "logits");
        float[] gradient = new float[z.data().length];
        int outputs = z.columns();
        double value = switch (type) {
            case "SoftmaxCrossEntropy" ->
                LossProbe.evaluate(
                        Loss.SOFTMAX_CROSS_ENTROPY,
                        smoothing,
                        outputs,
                        z.floats(),
                        outputs,
                        golden.labels(),
                        null,
                        gradient);
            case "BinaryCrossEntropy" ->
                LossProbe.evaluate(
                        Loss.BINARY_CROSS_ENTROPY, smoothing, outputs, z.floats(), 2, golden.labels(), null, gradient);
            case "MeanSquaredError" ->
                LossProbe.evaluate(
                        Loss.MEAN_SQUARED_ERROR,
                        smoothing,
                        outputs,
                        z.floats(),
                        0,
                        null,
                        golden.values("targets").floats(),
                        gradient);
            default -> throw GoldenTypes.unknown("loss", type);
        };
        double expected = number(golden.fields(), "value");
        Values.check(ONE * Math.abs(expected), expected, value, "value");
        golden.values("gradient").assertClose(ONE, gradient, "gradient");
    }

    private static void layer(GoldenCase golden) {
        Map<String, Object> part = golden.part("layer");
        String type = string(part, "type");
        Layer<?> layer = switch (type) {
            case "Dense" -> Dense.of((int) number(part, "inputs"), (int) number(part, "units"));
            case "Activation" -> new Activation(GoldenTypes.function(string(part, "function")));
            case "BatchNorm" -> new BatchNorm(number(part, "momentum"), number(part, "epsilon"));
            case "LayerNorm" -> new LayerNorm(number(part, "epsilon"));
            case "InstanceNorm" -> new InstanceNorm(number(part, "epsilon"));
            case "GroupNorm" -> new GroupNorm((int) number(part, "groups"), number(part, "epsilon"));
            case "Conv1D", "Conv2D", "Conv3D" -> GoldenWindows.convolution(part);
            case "MaxPool1D", "MaxPool2D", "MaxPool3D", "AveragePool1D", "AveragePool2D", "AveragePool3D" ->
                GoldenWindows.pool(part);
            default -> throw GoldenTypes.unknown("layer", type);
        };
        Values x = golden.values("x");
        layer.build("layer", x.row(), 0);
        set(layer, golden.part("params"));
        boolean statistics = golden.part("before") != null;
        if (statistics) {
            set(layer, golden.part("before"));
        }
        boolean training = !Boolean.FALSE.equals(part.get("training"));
        try (Team team = new Team(1)) {
            Pass pass = new Pass(team, training);
            float[] in = x.floats();
            float[] y = layer.forward(pass, x.samples(), in);
            golden.values("y").assertClose(ONE, y, "y");
            float[] dx =
                    layer.backward(pass, x.samples(), in, golden.values("dy").floats(), true);
            golden.values("dx").assertClose(ONE, dx, "dx");
        }
        golden.part("gradients")
                .forEach((name, expected) -> Values.of(expected, name)
                        .assertClose(ONE, find(layer, role(name)).gradient(), "gradient of " + name));
        if (statistics) {
            // inference leaves the moving statistics alone
            Map<String, Object> after = golden.part(training ? "after" : "before");
            after.forEach((name, expected) -> Values.of(expected, name)
                    .assertClose(ONE, find(layer, role(name)).value(), name));
        }
    }

    /** Sets a layer's tensors by their names in the file. */
    static void set(Layer<?> layer, Map<String, Object> tensors) {
        tensors.forEach((name, values) ->
                find(layer, role(name)).set(Values.of(object(values), name).floats()));
    }

    static Parameter find(Layer<?> layer, Parameter.Role role) {
        return layer.parameters().stream()
                .filter(p -> p.role() == role)
                .findFirst()
                .orElseThrow(() -> new AssertionError(layer + " has no " + role));
    }

    static Parameter.Role role(String name) {
        return switch (name) {
            case "kernel" -> Parameter.Role.KERNEL;
            case "bias" -> Parameter.Role.BIAS;
            case "gamma" -> Parameter.Role.GAMMA;
            case "beta" -> Parameter.Role.BETA;
            case "movingMean" -> Parameter.Role.MOVING_MEAN;
            case "movingVariance" -> Parameter.Role.MOVING_VARIANCE;
            default -> throw new AssertionError("unknown tensor " + name);
        };
    }
}
