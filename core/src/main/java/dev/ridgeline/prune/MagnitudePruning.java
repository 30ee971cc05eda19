package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.train.Model;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Removes the weights of smallest magnitude |w|; of equal ones the first. The others stay as they are.
 *
 * <p>Source: S. Han, J. Pool, J. Tran and W. Dally, "Learning both weights and connections for efficient neural networks",
 * NeurIPS 2015, who alternate it with training.
 *
 * <p>When to use: the first thing to try, since it needs no derivative; with training in between it is hard to beat
 * (Gale, Elsen and Hooker, "The state of sparsity in deep neural networks", 2019). It takes a small weight on a large input
 * for unimportant: standardize the features. Costs a sort of the n weights and 16 bytes a weight meanwhile, and two
 * evaluations of the loss.
 *
 * @param selection the tensors that may lose weights
 * @param scope among which weights the smallest are looked for
 */
public record MagnitudePruning(Selection selection, Scope scope) implements Pruner {
    /** Refuses null. */
    public MagnitudePruning {
        Objects.requireNonNull(selection, "MagnitudePruning: the selection is null");
        Objects.requireNonNull(scope, "MagnitudePruning: the scope is null");
    }

    /**
     * Prunes the kernels of all layers.
     *
     * @param scope among which weights the smallest are looked for
     */
    public MagnitudePruning(Scope scope) {
        this(Selection.kernels(), scope);
    }

    @Override
    public PruningReport prune(Model model, Dataset data, double fraction) {
        Survey survey = new Survey(this, model, data, fraction);
        for (var group : scope.groups(model, selection)) {
            Weights weights = new Weights(group);
            weights.prune(Weights.smallest(weights.toRemove(fraction), magnitudes(weights)));
        }
        return survey.report(this, Double.NaN, List.of(), 0);
    }

    /**
     * Removes the selected weights with |w| &lt; w₀, whatever the scope.
     *
     * @param model the model; its weights are modified
     * @param data the rows on which the loss is measured before and after
     * @param threshold w₀, at least 0
     * @return what was removed where, and what it did to the loss
     * @throws IllegalArgumentException if the threshold is negative or NaN, the data do not fit, or nothing is selected
     */
    public PruningReport pruneBelow(Model model, Dataset data, double threshold) {
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException(
                    this + ": the threshold is " + threshold + "; it is a magnitude and must be at least 0");
        }
        Survey survey = new Survey(this, model, data, 0);
        Weights weights = new Weights(selection.tensors(model));
        double[] magnitudes = magnitudes(weights);
        BitSet chosen = new BitSet(magnitudes.length);
        for (int i = 0; i < magnitudes.length; i++) {
            chosen.set(i, magnitudes[i] < threshold);
        }
        weights.prune(chosen);
        return survey.report(this, Double.NaN, List.of(), 0);
    }

    private static double[] magnitudes(Weights weights) {
        double[] magnitudes = weights.values();
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]);
        }
        return magnitudes;
    }
}
