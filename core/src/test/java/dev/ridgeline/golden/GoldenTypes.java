package dev.ridgeline.golden;

import static dev.ridgeline.golden.GoldenCase.number;
import static dev.ridgeline.golden.GoldenCase.string;

import dev.ridgeline.layer.Activation.Function;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.Map;

/** What the names of a golden case stand for. An unknown one fails. */
final class GoldenTypes {
    private GoldenTypes() {}

    /** Fails a case that names what there is not. */
    static AssertionError unknown(String what, String type) {
        return new AssertionError("unknown " + what + " " + type + "; is it a typo?");
    }

    /** Returns the penalty, or null for none. */
    static Regularizer penalty(Map<String, Object> part) {
        String type = string(part, "type");
        return switch (type) {
            case "none" -> null;
            case "L1" -> new L1((float) number(part, "lambda"));
            case "L2" -> new L2((float) number(part, "lambda"));
            case "ElasticNet" -> new ElasticNet((float) number(part, "l1"), (float) number(part, "l2"));
            case "WeightElimination" ->
                new WeightElimination((float) number(part, "lambda"), (float) number(part, "w0"));
            case "ProximalL1" -> new ProximalL1((float) number(part, "lambda"));
            default -> throw unknown("penalty", type);
        };
    }

    static Constraint constraint(Map<String, Object> part) {
        String type = string(part, "type");
        return switch (type) {
            case "MaxWeight" -> new MaxWeight((float) number(part, "max"));
            case "MaxNorm" -> new MaxNorm((float) number(part, "max"));
            case "NonNegative" -> new NonNegative();
            case "UnitNorm" -> new UnitNorm();
            default -> throw unknown("constraint", type);
        };
    }

    static Optimizer optimizer(Map<String, Object> part) {
        String type = string(part, "type");
        return switch (type) {
            case "Sgd" ->
                new Sgd(
                        (float) number(part, "learningRate"),
                        (float) number(part, "momentum", 0),
                        Boolean.TRUE.equals(part.get("nesterov")));
            case "Adam" ->
                new Adam(
                        number(part, "learningRate"),
                        number(part, "beta1", 0.9),
                        number(part, "beta2", 0.999),
                        number(part, "epsilon", 1e-8));
            case "AdamW" ->
                new AdamW(
                        number(part, "learningRate"),
                        number(part, "beta1", 0.9),
                        number(part, "beta2", 0.999),
                        number(part, "epsilon", 1e-8),
                        number(part, "weightDecay", 0.01));
            case "RmsProp" ->
                new RmsProp(number(part, "learningRate"), number(part, "rho", 0.99), number(part, "epsilon", 1e-8));
            default -> throw unknown("optimizer", type);
        };
    }

    static Function function(String name) {
        return switch (name) {
            case "linear" -> Function.LINEAR;
            case "relu" -> Function.RELU;
            case "leakyRelu" -> Function.LEAKY_RELU;
            case "elu" -> Function.ELU;
            case "gelu" -> Function.GELU;
            case "silu" -> Function.SILU;
            case "softplus" -> Function.SOFTPLUS;
            case "tanh" -> Function.TANH;
            case "sigmoid" -> Function.SIGMOID;
            case "softmax" -> Function.SOFTMAX;
            default -> throw unknown("activation", name);
        };
    }
}
