package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.train.Model;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Removes the weights of smallest saliency s_k = ½·h_kk·w_k²: the rise of the loss when w_k is set to zero, to second order,
 * at a minimum, if the other weights stay and mixed second derivatives are ignored. The predicted rise of the loss is the sum
 * of the saliencies of the removed weights.
 *
 * <p>Source: Y. LeCun, J. Denker and S. Solla, "Optimal brain damage", NeurIPS 2 (1990) 598-605. h_kk is the exact diagonal
 * of the Gauss-Newton matrix of the mean data loss, 1/P·Σ_p J_pᵀ·(∂²ℓ/∂z²)·J_p with J = ∂z/∂w of each row in inference mode
 * (the paper's Levenberg-Marquardt approximation, which likewise drops the term with ∂²z/∂w², propagates the diagonal back
 * layer by layer and so ignores further mixed terms). For squared error and a model linear in its weights it is the Hessian's
 * diagonal: the prediction for a single weight is then exact.
 *
 * <p>When to use: on a trained model (the gradient must be near zero), where inputs or units differ in scale, so that
 * magnitudes mislead. Costs 6 flops a weight of the model, and 8 bytes of traffic a selected weight, for each row and output;
 * 8·(outputs + 1) bytes a selected weight are kept meanwhile. Penalties are no part of the loss.
 *
 * @param selection the tensors that may lose weights
 * @param scope among which weights the least salient are looked for
 */
public record OptimalBrainDamage(Selection selection, Scope scope) implements Pruner {
    /** Refuses null. */
    public OptimalBrainDamage {
        Objects.requireNonNull(selection, "OptimalBrainDamage: the selection is null");
        Objects.requireNonNull(scope, "OptimalBrainDamage: the scope is null");
    }

    /** Prunes the kernels of all layers, the least salient weights of the whole network first. */
    public OptimalBrainDamage() {
        this(Selection.kernels(), Scope.NETWORK);
    }

    @Override
    public PruningReport prune(Model model, Dataset data, double fraction) {
        Survey survey = new Survey(this, model, data, fraction);
        Weights all = new Weights(selection.tensors(model));
        double[] saliencies = saliencies(model, data, all);
        double predicted = 0;
        int from = 0;
        for (var group : scope.groups(model, selection)) {
            Weights weights = new Weights(group);
            double[] saliency = Arrays.copyOfRange(saliencies, from, from + weights.size());
            BitSet chosen = Weights.smallest(weights.toRemove(fraction), saliency);
            predicted += chosen.stream().mapToDouble(i -> saliency[i]).sum();
            from += weights.size();
            weights.prune(chosen);
        }
        long bytes = 8L * (model.outputs() + 1) * all.size();
        return survey.report(this, predicted, List.of(), bytes);
    }

    private double[] saliencies(Model model, Dataset data, Weights weights) {
        double[] diagonal = new double[weights.size()];
        new GaussNewton(this, model, data, weights).forEachFactor(x -> {
            for (int k = 0; k < x.length; k++) {
                diagonal[k] += x[k] * x[k];
            }
        });
        double[] saliency = weights.values();
        for (int k = 0; k < saliency.length; k++) {
            saliency[k] = diagonal[k] / data.rows() * saliency[k] * saliency[k] / 2;
        }
        return saliency;
    }
}
