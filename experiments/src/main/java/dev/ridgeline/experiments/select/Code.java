package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.data.Table;
import dev.ridgeline.experiments.data.Task;
import java.util.List;

/**
 * A model to be written as code.
 *
 * @param network the sizes
 * @param recipe how it is regularized
 * @param epochs how often it goes through the training rows
 * @param batchSize the rows of a mini-batch
 * @param seed the seed
 * @param rows the training rows
 * @param target the column to predict
 * @param task what to predict
 */
record Code(Network network, Recipe recipe, int epochs, int batchSize, long seed, int rows, String target, Task task) {
    /** Makes the description of a recipe trained on the whole table. */
    static Code of(Plan plan, Table table, Recipe recipe) {
        return new Code(
                plan.network(),
                recipe,
                recipe.epochs() > 0 ? recipe.epochs() : plan.epochs(),
                plan.batchSize(),
                plan.seed(),
                table.rows(),
                table.target(),
                table.task());
    }

    boolean classifies() {
        return task == Task.CLASSIFICATION;
    }

    /** Returns the heading of the program: what it is, as a comment would say it. */
    String heading() {
        return network + ", ReLU, " + recipe.toString().replace("no regularizer", "without a regularizer");
    }

    /** Returns what the program expects, in lines of a comment. */
    List<String> expects() {
        return List.of(
                "x: rows x " + network.inputs() + " features, each less its mean, divided by its standard deviation",
                classifies()
                        ? "y: a class 0.." + (network.outputs() - 1) + " a row"
                        : "y: the target, less its mean, divided by its standard deviation",
                "means and deviations are those of the training rows");
    }
}
