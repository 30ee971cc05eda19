package dev.ridgeline.experiments.select;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is compared: a regularizer, or a combination, with the strengths that are tried. A λ is that of this library. The
 * grids reach from hardly any effect to too much on tables of some hundred rows.
 */
enum Candidate {
    /** No regularizer, which all others are compared with. */
    NONE("none", Recipe.NONE),
    /** λΣ|w|, with the sign as its gradient. */
    L1("L1", recipes(Recipe::l1, 0.0003f, 0.001f, 0.003f, 0.01f, 0.03f)),
    /** λΣ|w| as a proximal step: exact zeros. */
    PROXIMAL_L1("proximal L1", recipes(Recipe::proximalL1, 0.0003f, 0.001f, 0.003f, 0.01f, 0.03f)),
    /** ½λΣw². */
    L2("L2", recipes(Recipe::l2, 0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f)),
    /** L1 and L2 with the same λ. */
    ELASTIC_NET("elastic net", recipes(Recipe::elasticNet, 0.0003f, 0.001f, 0.003f, 0.01f, 0.03f)),
    /** λΣw²/(1 + w²). */
    WEIGHT_ELIMINATION("weight elimination", recipes(Recipe::elimination, 0.001f, 0.003f, 0.01f, 0.03f, 0.1f)),
    /** A bound on the norm of a unit's incoming weights. */
    MAX_NORM("max-norm", recipes(Recipe::maxNorm, 0.25f, 0.5f, 1, 2)),
    /** Hidden activations dropped at random. */
    DROPOUT("dropout", recipes(Recipe::dropout, 0.1f, 0.25f, 0.5f, 0.7f)),
    /** Gaussian noise on the inputs. */
    NOISE("input noise", recipes(Recipe::noise, 0.1f, 0.3f, 0.6f, 1)),
    /** Hidden activations normalized over the batch. */
    BATCH_NORM("batch norm", Recipe.normalized()),
    /** The training of {@link #NONE} stopped at one of its checkpoints, which is chosen as a λ is. */
    EARLY_STOPPING("early stopping"),
    /** Dropout and L2. */
    DROPOUT_L2("dropout + L2", pairs(new float[] {0.25f, 0.5f}, new float[] {0.003f, 0.01f, 0.03f})),
    /** Batch normalization and L2. */
    BATCH_NORM_L2(
            "batch norm + L2",
            Stream.of(0.003f, 0.01f, 0.03f, 0.1f)
                    .map(Recipe.normalized()::withL2)
                    .toArray(Recipe[]::new));

    private final String title;
    private final List<Recipe> trained;

    Candidate(String title, Recipe... trained) {
        this.title = title;
        this.trained = List.of(trained);
    }

    /** A function of a float. */
    private interface Strength {
        Recipe of(float value);
    }

    private static Recipe[] recipes(Strength strength, float... values) {
        Recipe[] recipes = new Recipe[values.length];
        for (int i = 0; i < values.length; i++) {
            recipes[i] = strength.of(values[i]);
        }
        return recipes;
    }

    private static Recipe[] pairs(float[] rates, float[] lambdas) {
        Recipe[] recipes = new Recipe[rates.length * lambdas.length];
        for (int i = 0; i < recipes.length; i++) {
            recipes[i] = Recipe.dropout(rates[i / lambdas.length]).withL2(lambdas[i % lambdas.length]);
        }
        return recipes;
    }

    /** Returns the name in tables, files and plots. */
    String title() {
        return title;
    }

    /** Returns the recipes to choose from, given the epochs after which a training is looked at. */
    List<Recipe> grid(int[] checkpoints) {
        return this == EARLY_STOPPING
                ? Arrays.stream(checkpoints, 0, checkpoints.length - 1)
                        .mapToObj(Recipe.NONE::stoppedAfter)
                        .toList()
                : trained;
    }

    /** Returns every recipe that has to be trained, once. */
    static List<Recipe> allTrained() {
        return Arrays.stream(values())
                .flatMap(c -> c.trained.stream())
                .distinct()
                .toList();
    }
}
