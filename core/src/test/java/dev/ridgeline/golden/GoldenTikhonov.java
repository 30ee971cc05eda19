package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.list;
import static dev.ridgeline.golden.GoldenCase.number;
import static dev.ridgeline.golden.GoldenCase.object;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.train.Loss;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import dev.ridgeline.train.TikhonovProbe;
import java.util.List;
import java.util.Map;

/** The golden kind "tikhonov": the penalty of a multilayer perceptron with a linear last layer, and its gradient. */
final class GoldenTikhonov {
    private static final double TOLERANCE = 1e-5;

    private GoldenTikhonov() {}

    static void check(GoldenCase golden) {
        float[] orders = new float[3];
        List<Object> given = list(golden.fields().get("orders"));
        if (given.size() != orders.length) {
            throw new AssertionError(given.size() + " orders, not 3");
        }
        for (int r = 0; r < orders.length; r++) {
            orders[r] = ((Number) given.get(r)).floatValue();
        }
        List<Integer> sizes = list(golden.fields().get("sizes")).stream()
                .map(size -> ((Number) size).intValue())
                .toList();
        Activation.Function function = GoldenTypes.function(GoldenCase.string(golden.fields(), "activation"));
        ModelBuilder builder = Model.inputs(sizes.getFirst())
                .loss(Loss.MEAN_SQUARED_ERROR)
                .tikhonov(new Tikhonov(orders[0], orders[1], orders[2]));
        for (int i = 1; i < sizes.size(); i++) {
            builder.add(new Dense(sizes.get(i)));
            if (i < sizes.size() - 1) {
                builder.add(new Activation(function));
            }
        }
        Values x = golden.values("x");
        try (Model model = builder.build()) {
            List<Layer<?>> dense = model.layers().stream()
                    .filter(layer -> layer instanceof Dense)
                    .toList();
            List<Map<String, Object>> params = golden.parts("params");
            List<Map<String, Object>> gradients = golden.parts("gradients");
            if (params.size() != dense.size() || gradients.size() != dense.size()) {
                throw new AssertionError(params.size() + " params and " + gradients.size() + " gradients for "
                        + dense.size() + " dense layers");
            }
            for (int i = 0; i < dense.size(); i++) {
                GoldenChecks.set(dense.get(i), params.get(i));
            }
            double value = TikhonovProbe.evaluate(model, x.rows(), x.floats());
            double expected = number(golden.fields(), "value");
            Values.check(TOLERANCE * Math.abs(expected), expected, value, "value");
            for (int i = 0; i < dense.size(); i++) {
                for (String name : List.of("kernel", "bias")) {
                    Values.of(object(gradients.get(i)).get(name), name)
                            .assertClose(
                                    TOLERANCE,
                                    GoldenChecks.find(dense.get(i), GoldenChecks.role(name))
                                            .gradient(),
                                    "gradient of " + dense.get(i) + " " + name);
                }
            }
        }
    }
}
