package dev.ridgeline.experiments.select;

import static dev.ridgeline.regularizer.LambdaConvention.KERAS;

import java.util.ArrayList;
import java.util.List;

/** A model as Python, for Keras 3; λ as Keras's regularizers count it. */
final class KerasCode {
    private static final String ELIMINATION = """
            class WeightElimination(keras.regularizers.Regularizer):
                def __init__(self, strength, w0):
                    self.strength, self.w0 = strength, w0

                def __call__(self, w):
                    return self.strength * keras.ops.sum(w**2 / (self.w0**2 + w**2))

                def get_config(self):
                    return {"strength": self.strength, "w0": self.w0}


            """;

    private KerasCode() {}

    static String of(Code code) {
        Recipe recipe = code.recipe();
        Network network = code.network();
        StringBuilder python = new StringBuilder("import keras\nfrom keras import layers\n\n");
        python.append("# ").append(code.heading()).append('\n');
        if (recipe.proximalL1() > 0) {
            python.append(
                    "# Keras has no proximal step: this is plain L1, which shrinks alike but gives no exact zeros\n");
        }
        python.append("keras.utils.set_random_seed(").append(seed(code)).append(")\n\n");
        if (recipe.elimination() > 0) {
            python.append('\n').append(ELIMINATION);
        }
        List<String> stack = new ArrayList<>();
        stack.add("keras.Input((%d,))".formatted(network.inputs()));
        if (recipe.noise() > 0) {
            stack.add("layers.GaussianNoise(" + Recipe.decimal(recipe.noise()) + ")");
        }
        String bound = recipe.maxNorm() > 0
                ? ", kernel_constraint=keras.constraints.MaxNorm(" + Recipe.decimal(recipe.maxNorm()) + ", axis=0)"
                : "";
        for (int units : network.hidden()) {
            stack.add("layers.Dense(" + units + ", activation=\"relu\"" + penalty(code) + bound + ")");
            if (recipe.batchNorm()) {
                stack.add(
                        "layers.BatchNormalization(momentum=" + Recipe.MOMENTUM + ", epsilon=" + Recipe.EPSILON + ")");
            }
            if (recipe.dropout() > 0) {
                stack.add("layers.Dropout(" + Recipe.decimal(recipe.dropout()) + ")");
            }
        }
        stack.add("layers.Dense(" + network.outputs() + penalty(code) + ")");
        python.append("model = keras.Sequential([\n");
        stack.forEach(layer -> python.append("    ").append(layer).append(",\n"));
        python.append("])\n");
        String loss = code.classifies()
                ? "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
                : "\"mean_squared_error\"";
        python.append("model.compile(\n    optimizer=keras.optimizers.Adam(")
                .append(Recipe.OPTIMIZER.learningRate())
                .append(", epsilon=")
                .append(Recipe.OPTIMIZER.epsilon())
                .append("),\n    loss=")
                .append(loss)
                .append(code.classifies() ? ",\n    metrics=[\"accuracy\"],\n)\n" : ",\n)\n");
        python.append('\n');
        code.expects().forEach(comment -> python.append("# ").append(comment).append('\n'));
        python.append("model.fit(x, y, batch_size=%d, epochs=%d)\n".formatted(code.batchSize(), code.epochs()));
        return python.toString();
    }

    /** Returns the argument of a layer that names its penalty, after a comma; nothing without one. */
    private static String penalty(Code code) {
        Recipe recipe = code.recipe();
        String l1 = number(KERAS.fromL1((double) recipe.l1() + recipe.proximalL1(), code.rows(), code.batchSize()));
        String l2 = number(KERAS.fromL2(recipe.l2(), code.rows(), code.batchSize()));
        boolean hasL1 = recipe.l1() > 0 || recipe.proximalL1() > 0;
        String penalty = "";
        if (hasL1 && recipe.l2() > 0) {
            penalty = "keras.regularizers.L1L2(l1=" + l1 + ", l2=" + l2 + ")";
        } else if (hasL1) {
            penalty = "keras.regularizers.L1(" + l1 + ")";
        } else if (recipe.l2() > 0) {
            penalty = "keras.regularizers.L2(" + l2 + ")";
        } else if (recipe.elimination() > 0) {
            penalty = "WeightElimination(" + Recipe.decimal(recipe.elimination()) + ", " + Recipe.decimal(Recipe.W0)
                    + ")";
        }
        return penalty.isEmpty() ? "" : ", kernel_regularizer=" + penalty;
    }

    /** Returns a λ that came from a float, as it was meant. */
    static String number(double lambda) {
        return Recipe.decimal((float) lambda);
    }

    /** Returns the seed as Python's libraries take it. */
    static long seed(Code code) {
        return Math.floorMod(code.seed(), 1L << 32);
    }
}
