package dev.ridgeline.experiments.select;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a model is regularized: 0 stands for what is not used. The penalty is on every kernel, the bound on the norm on every
 * hidden kernel; noise is added to the inputs; dropout, and batch normalization before it, act on every hidden activation.
 *
 * @param l1 λ of L1
 * @param l2 λ of L2; with {@code l1} it is the elastic net
 * @param proximalL1 λ of L1 as a proximal step
 * @param elimination λ of weight elimination, with w0 = 1
 * @param maxNorm the largest norm of a unit's incoming weights
 * @param dropout the probability to drop a hidden activation
 * @param noise the standard deviation of the noise on the standardised inputs
 * @param batchNorm whether hidden activations are normalized
 * @param epochs after how many epochs training stops early; 0 for all
 */
record Recipe(
        float l1,
        float l2,
        float proximalL1,
        float elimination,
        float maxNorm,
        float dropout,
        float noise,
        boolean batchNorm,
        int epochs) {
    /** The weight at which the penalty of weight elimination is half of its largest value. */
    static final float W0 = 1;

    /** The weight of the old moving statistics: small tables have few steps to forget the first ones in. */
    static final double MOMENTUM = 0.9;

    static final double EPSILON = 1e-3;

    static final Adam OPTIMIZER = new Adam(1e-3);

    /** No regularizer. */
    static final Recipe NONE = new Recipe(0, 0, 0, 0, 0, 0, 0, false, 0);

    static Recipe l1(float lambda) {
        return new Recipe(lambda, 0, 0, 0, 0, 0, 0, false, 0);
    }

    static Recipe l2(float lambda) {
        return NONE.withL2(lambda);
    }

    static Recipe elasticNet(float lambda) {
        return l1(lambda).withL2(lambda);
    }

    static Recipe proximalL1(float lambda) {
        return new Recipe(0, 0, lambda, 0, 0, 0, 0, false, 0);
    }

    static Recipe elimination(float lambda) {
        return new Recipe(0, 0, 0, lambda, 0, 0, 0, false, 0);
    }

    static Recipe maxNorm(float max) {
        return new Recipe(0, 0, 0, 0, max, 0, 0, false, 0);
    }

    static Recipe dropout(float rate) {
        return NONE.withDropout(rate);
    }

    static Recipe noise(float deviation) {
        return new Recipe(0, 0, 0, 0, 0, 0, deviation, false, 0);
    }

    static Recipe normalized() {
        return new Recipe(0, 0, 0, 0, 0, 0, 0, true, 0);
    }

    Recipe withL2(float lambda) {
        return new Recipe(l1, lambda, proximalL1, elimination, maxNorm, dropout, noise, batchNorm, epochs);
    }

    Recipe withDropout(float rate) {
        return new Recipe(l1, l2, proximalL1, elimination, maxNorm, rate, noise, batchNorm, epochs);
    }

    Recipe stoppedAfter(int number) {
        return new Recipe(l1, l2, proximalL1, elimination, maxNorm, dropout, noise, batchNorm, number);
    }

    /** Returns the penalty on the kernels, or null. */
    Regularizer penalty() {
        if (l1 > 0) {
            return l2 > 0 ? new ElasticNet(l1, l2) : new L1(l1);
        }
        if (l2 > 0) {
            return new L2(l2);
        }
        if (proximalL1 > 0) {
            return new ProximalL1(proximalL1);
        }
        return elimination > 0 ? new WeightElimination(elimination, W0) : null;
    }

    /** Makes the model with its initial weights, which are the same for every recipe. */
    Model build(Network network, long seed) {
        ModelBuilder builder = Model.inputs(network.inputs())
                .loss(network.loss())
                .optimizer(OPTIMIZER)
                .seed(seed);
        if (noise > 0) {
            builder.add(new GaussianNoise(noise));
        }
        for (int units : network.hidden()) {
            Dense dense = dense(units);
            if (maxNorm > 0) {
                dense.kernelConstraint(new MaxNorm(maxNorm));
            }
            builder.add(dense).add(new Activation(Activation.Function.RELU));
            if (batchNorm) {
                builder.add(new BatchNorm(MOMENTUM, EPSILON));
            }
            if (dropout > 0) {
                builder.add(new Dropout(dropout));
            }
        }
        return builder.add(dense(network.outputs())).build();
    }

    private Dense dense(int units) {
        Dense dense = new Dense(units);
        Regularizer penalty = penalty();
        return penalty == null ? dense : dense.kernelRegularizer(penalty);
    }

    /** Returns what is used, with its numbers. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, "l1", l1);
        put(map, "l2", l2);
        put(map, "proximalL1", proximalL1);
        put(map, "weightElimination", elimination);
        put(map, "maxNorm", maxNorm);
        put(map, "dropout", dropout);
        put(map, "inputNoise", noise);
        if (batchNorm) {
            map.put("batchNormMomentum", MOMENTUM);
        }
        if (epochs > 0) {
            map.put("stopAfterEpochs", epochs);
        }
        return map;
    }

    private static void put(Map<String, Object> map, String name, float value) {
        if (value > 0) {
            map.put(name, Double.parseDouble(Float.toString(value))); // 0.1, not 0.10000000149
        }
    }

    /** Returns what is used, in words, for example {@code dropout 0.2, L2 0.01}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "L1 ", l1);
        add(parts, "proximal L1 ", proximalL1);
        add(parts, "weight elimination ", elimination);
        add(parts, "norm at most ", maxNorm);
        add(parts, "input noise ", noise);
        if (batchNorm) {
            parts.add("batch norm");
        }
        add(parts, "dropout ", dropout);
        add(parts, "L2 ", l2);
        if (epochs > 0) {
            parts.add("stop after " + epochs + (epochs == 1 ? " epoch" : " epochs"));
        }
        return parts.isEmpty() ? "no regularizer" : String.join(", ", parts);
    }

    /** Returns the numbers alone, for example {@code 0.2, 0.01}. */
    String strength() {
        if (epochs > 0) {
            return epochs + (epochs == 1 ? " epoch" : " epochs");
        }
        List<String> parts = new ArrayList<>();
        for (float value : new float[] {l1, proximalL1, elimination, maxNorm, noise, dropout, l2}) {
            add(parts, "", value);
        }
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String name, float value) {
        if (value > 0) {
            parts.add(name + decimal(value));
        }
    }

    /** Returns a number as it was meant, without an exponent. */
    static String decimal(float value) {
        return new BigDecimal(Float.toString(value)).stripTrailingZeros().toPlainString();
    }
}
