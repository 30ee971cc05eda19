package dev.ridgeline.experiments.select;

import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.WeightElimination;

/** A model as Java, for this library: two methods of a compact source file. */
final class RidgelineCode {
    private RidgelineCode() {}

    static String of(Code code) {
        Recipe recipe = code.recipe();
        StringBuilder java = new StringBuilder("""
                import dev.ridgeline.data.*;
                import dev.ridgeline.layer.*;
                import dev.ridgeline.optimizer.*;
                import dev.ridgeline.regularizer.*;
                import dev.ridgeline.train.*;

                """);
        line(java, 0, "// " + code.heading());
        line(java, 0, "Model model() {");
        line(
                java,
                1,
                "ModelBuilder builder = Model.inputs(%d).loss(Loss.%s);"
                        .formatted(
                                code.network().inputs(), code.network().loss().name()));
        line(
                java,
                1,
                "builder.optimizer(new Adam(%s)).seed(%dL);".formatted(Recipe.OPTIMIZER.learningRate(), code.seed()));
        if (recipe.noise() > 0) {
            line(java, 1, "builder.add(new GaussianNoise(" + recipe.noise() + "f));");
        }
        String penalty = recipe.penalty() == null ? "" : ".kernelRegularizer(" + penalty(recipe.penalty()) + ")";
        String bound = recipe.maxNorm() > 0 ? ".kernelConstraint(new MaxNorm(" + recipe.maxNorm() + "f))" : "";
        for (int units : code.network().hidden()) {
            line(java, 1, "builder.add(new Dense(" + units + ")" + penalty + bound + ");");
            line(java, 1, "builder.add(new Activation(Activation.Function.RELU));");
            if (recipe.batchNorm()) {
                line(java, 1, "builder.add(new BatchNorm(" + Recipe.MOMENTUM + ", " + Recipe.EPSILON + "));");
            }
            if (recipe.dropout() > 0) {
                line(java, 1, "builder.add(new Dropout(" + recipe.dropout() + "f));");
            }
        }
        line(java, 1, "return builder.add(new Dense(" + code.network().outputs() + ")" + penalty + ").build();");
        line(java, 0, "}");
        line(java, 0, "");
        code.expects().forEach(comment -> line(java, 0, "// " + comment));
        line(java, 0, "void train(Model model, float[] x, " + (code.classifies() ? "int" : "float") + "[] y) {");
        line(java, 1, "Dataset rows = " + dataset(code) + ";");
        line(
                java,
                1,
                "new Trainer(model).batchSize(" + code.batchSize() + ").epochs(" + code.epochs() + ").fit(rows);");
        line(java, 0, "}");
        return java.toString();
    }

    private static String dataset(Code code) {
        int features = code.network().inputs();
        return code.classifies()
                ? "Dataset.classification(" + features + ", x, "
                        + code.network().outputs() + ", y)"
                : "Dataset.regression(" + features + ", x, 1, y)";
    }

    private static String penalty(Regularizer penalty) {
        return switch (penalty) {
            case L1 p -> "new L1(" + p.lambda() + "f)";
            case L2 p -> "new L2(" + p.lambda() + "f)";
            case ElasticNet p -> "new ElasticNet(" + p.l1() + "f, " + p.l2() + "f)";
            case ProximalL1 p -> "new ProximalL1(" + p.lambda() + "f)";
            case WeightElimination p -> "new WeightElimination(" + p.lambda() + "f, " + p.w0() + "f)";
            default -> throw new IllegalStateException("RidgelineCode: no code for " + penalty + "; add it here");
        };
    }

    private static void line(StringBuilder java, int depth, String text) {
        java.append("    ".repeat(depth)).append(text).append('\n');
    }
}
