package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.list;
import static dev.ridgeline.golden.GoldenCase.number;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import dev.ridgeline.train.Penalty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The golden kind "training": a multilayer perceptron over some full-batch steps. */
final class GoldenTraining {
    private static final double RUN = 1e-3;

    private GoldenTraining() {}

    static void check(GoldenCase golden) {
        int steps = (int) number(golden.fields(), "steps");
        Batch batch = fullBatch(golden);
        double[][] trace = new double[2][steps];
        try (Model model = model(golden)) {
            load(model, golden.parts("initial"));
            for (int step = 0; step < steps; step++) {
                double total = tensorPenalties(model);
                trace[0][step] = model.step(batch);
                // the activations are still those of the forward pass
                trace[1][step] = trace[0][step] + total + activityPenalties(model, batch.rows());
            }
            checkTrace(golden, trace);
            checkFinal(golden, model);
        }
    }

    private static Batch fullBatch(GoldenCase golden) {
        Values x = golden.values("x");
        List<Object> sizes = list(golden.fields().get("sizes"));
        int outputs = ((Number) sizes.getLast()).intValue();
        Dataset data = Dataset.classification(x.columns(), x.floats(), Math.max(2, outputs), golden.labels());
        int[] order = new int[data.rows()];
        Arrays.setAll(order, i -> i);
        Batch batch = new Batch();
        batch.gather(data, order, 0, order.length);
        return batch;
    }

    private static Model model(GoldenCase golden) {
        List<Integer> sizes = list(golden.fields().get("sizes")).stream()
                .map(size -> ((Number) size).intValue())
                .toList();
        Regularizer penalty = GoldenTypes.penalty(golden.part("kernelPenalty"));
        double activity = number(golden.fields(), "activityL1FirstLayer", 0);
        Activation.Function function = GoldenTypes.function(GoldenCase.string(golden.fields(), "activation"));
        Object normalization = golden.fields().get("normalization");
        if (normalization != null && !normalization.equals("BatchNorm")) {
            throw GoldenTypes.unknown("normalization", normalization.toString());
        }
        ModelBuilder builder = Model.inputs(sizes.getFirst())
                .loss(sizes.getLast() == 1 ? Loss.BINARY_CROSS_ENTROPY : Loss.SOFTMAX_CROSS_ENTROPY)
                .optimizer(GoldenTypes.optimizer(golden.part("optimizer")));
        for (int i = 1; i < sizes.size(); i++) {
            builder.add(new Dense(sizes.get(i)).kernelRegularizer(penalty));
            if (i < sizes.size() - 1) {
                Activation hidden = new Activation(function);
                builder.add(i == 1 && activity > 0 ? hidden.activityRegularizer(new L1((float) activity)) : hidden);
                if (normalization != null) {
                    builder.add(new BatchNorm());
                }
            }
        }
        return builder.build();
    }

    /** Sets each dense layer, and the normalization after it, from one element of the list. */
    private static void load(Model model, List<Map<String, Object>> tensors) {
        int dense = -1;
        for (Layer<?> layer : model.layers()) {
            dense += layer instanceof Dense ? 1 : 0;
            for (Parameter parameter : layer.parameters()) {
                Object values = tensors.get(dense).get(name(parameter));
                if (values != null) {
                    parameter.set(Values.of(values, parameter.name()).floats());
                } else if (layer instanceof Dense) {
                    throw new AssertionError("the case has no initial " + parameter.name());
                }
            }
        }
    }

    private static String name(Parameter parameter) {
        return switch (parameter.role()) {
            case KERNEL -> "kernel";
            case BIAS -> "bias";
            case GAMMA -> "gamma";
            case BETA -> "beta";
            case MOVING_MEAN -> "movingMean";
            case MOVING_VARIANCE -> "movingVariance";
        };
    }

    private static double tensorPenalties(Model model) {
        double sum = 0;
        for (Parameter p : model.parameters()) {
            sum += p.regularizer() == null ? 0 : p.regularizer().sum(p.value(), p.value().length);
        }
        return sum;
    }

    private static double activityPenalties(Model model, int rows) {
        return model.penalties(rows).stream()
                .filter(penalty -> penalty.name().endsWith("activity"))
                .mapToDouble(Penalty::value)
                .sum();
    }

    private static void checkTrace(GoldenCase golden, double[][] trace) {
        List<Object> expected = list(golden.fields().get("dataAndTotalLoss"));
        if (expected.size() != trace[0].length) {
            throw new AssertionError(expected.size() + " losses for " + trace[0].length + " steps");
        }
        for (int which = 0; which < 2; which++) {
            double[] column = new double[trace[which].length];
            for (int step = 0; step < column.length; step++) {
                column[step] = ((Number) list(expected.get(step)).get(which)).doubleValue();
            }
            double tolerance = RUN * Arrays.stream(column).map(Math::abs).max().orElse(0);
            for (int step = 0; step < column.length; step++) {
                String what = (which == 0 ? "data" : "total") + " loss before step " + (step + 1);
                Values.check(tolerance, column[step], trace[which][step], what);
            }
        }
    }

    private static void checkFinal(GoldenCase golden, Model model) {
        List<Map<String, Object>> expected = golden.parts("final");
        int dense = -1;
        int compared = 0;
        for (Layer<?> layer : model.layers()) {
            dense += layer instanceof Dense ? 1 : 0;
            for (Parameter parameter : layer.parameters()) {
                Object values = expected.get(dense).get(name(parameter));
                if (values != null) {
                    Values.of(values, parameter.name())
                            .assertClose(RUN, parameter.value(), "final " + parameter.name());
                    compared++;
                }
            }
        }
        int all = expected.stream().mapToInt(Map::size).sum();
        if (compared != all) {
            throw new AssertionError("compared " + compared + " of " + all + " final tensors");
        }
    }
}
