package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Removes weights one by one, each time the one whose removal raises the loss least, and adjusts all others so that it does
 * not rise more. With H the Hessian of the mean data loss, at a minimum and to second order:
 *
 * <pre>
 * saliency       L_q = w_q²/(2·[H⁻¹]_qq)                the predicted rise
 * adjustment     δw  = -(w_q/[H⁻¹]_qq)·H⁻¹·e_q          makes w_q zero
 * then           H⁻¹ ← H⁻¹ - h_q·h_qᵀ/[H⁻¹]_qq          with h_q = H⁻¹·e_q: row and column q vanish, and w_q stays zero
 * </pre>
 *
 * <p>H⁻¹ is built without inverting a matrix. H is the Gauss-Newton matrix 1/P·Σ x·xᵀ over the P rows, where x are multiples
 * of output gradients: √(2/O)·∂y_o/∂w for squared error over O outputs; √p_o·(∂z_o/∂w - Σ_j p_j·∂z_j/∂w) for softmax
 * cross-entropy, the sum over o being Jᵀ·(diag(p) - p·pᵀ)·J; √(p·(1 - p))·∂z/∂w for binary cross-entropy. From H⁻¹ = α⁻¹·I
 * each x is taken in by H⁻¹ ← H⁻¹ - H⁻¹·x·xᵀ·H⁻¹/(P + xᵀ·H⁻¹·x), so that the result is the inverse of H + α·I. Gradients are
 * computed in float and in inference mode, all else in double. For squared error and a model linear in its weights, at its
 * minimum, the prediction is exact but for α.
 *
 * <p>Source: B. Hassibi and D. Stork, "Second order derivatives for network pruning: optimal brain surgeon", NeurIPS 5
 * (1993) 164-171. Its error is ½·Σ_o (y_o - t_o)², ours 1/O·Σ_o (y_o - t_o)²: hence the factor √(2/O).
 *
 * <p>When to use: on small networks, trained to a minimum, where every weight counts: it removes many more weights than
 * magnitude does before the loss rises. As the weights move H changes: call it again with a larger fraction rather than
 * once with the largest, and train in between. Each report sets the predicted rise against the actual one. Of a cross-entropy
 * the curvature p·(1 - p) fades where the model is certain of its rows, and the predictions with it: prune before that.
 *
 * <p>It costs for n adjusted weights, P rows and O outputs 4·P·O·n² flops, 6·P·O flops a weight of the model, and for each
 * removal 2·n² flops and an evaluation of the loss. It takes 8·n² bytes, which {@link #workspaceBytes(Model)} states
 * beforehand. Penalties are no part of the loss.
 *
 * @param selection the tensors that may lose weights
 * @param scope which weights make up one H: those of a selected tensor; all trained tensors of a layer with a selected
 *     one, where those not selected, as the biases, are adjusted but lose nothing; or all those of all such layers. Each group is
 *     treated after the one before it, with one H⁻¹ in memory at a time
 * @param alpha α, positive; the paper advises 10⁻⁸ to 10⁻⁴
 * @param memoryLimit the most bytes that H⁻¹ may take
 */
public record OptimalBrainSurgeon(Selection selection, Scope scope, double alpha, long memoryLimit) implements Pruner {
    /** Refuses null and numbers out of range. */
    public OptimalBrainSurgeon {
        Objects.requireNonNull(selection, "OptimalBrainSurgeon: the selection is null");
        Objects.requireNonNull(scope, "OptimalBrainSurgeon: the scope is null");
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "OptimalBrainSurgeon: alpha is " + alpha + "; it must be above 0 and finite, for example 1e-8");
        }
        if (memoryLimit < 8) {
            throw new IllegalArgumentException("OptimalBrainSurgeon: the memory limit is " + memoryLimit
                    + " bytes; it must be at least 8, for one weight");
        }
    }

    /** Prunes the kernels of all layers with one H, α = 10⁻⁸ and at most 1 GiB: up to 11,585 weights. */
    public OptimalBrainSurgeon() {
        this(Selection.kernels(), Scope.NETWORK);
    }

    /**
     * Prunes with α = 10⁻⁸ and at most 1 GiB.
     *
     * @param selection the tensors that may lose weights
     * @param scope which weights make up one H
     */
    public OptimalBrainSurgeon(Selection selection, Scope scope) {
        this(selection, scope, 1e-8, 1L << 30);
    }

    /**
     * Returns the memory that pruning a model will take for H⁻¹.
     *
     * @param model the model as it is: weights that are pruned already take none
     * @return 8·n² bytes, n being the number of weights of the largest group
     */
    public long workspaceBytes(Model model) {
        long n = largestGroup(model);
        return Math.multiplyExact(8, n * n);
    }

    private long largestGroup(Model model) {
        long largest = 0;
        for (List<Parameter> candidates : scope.groups(model, selection)) {
            largest = Math.max(largest, new Weights(adjusted(model, candidates)).size());
        }
        return largest;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if H⁻¹ would exceed the memory limit, or is not positive definite in double
     */
    @Override
    public PruningReport prune(Model model, Dataset data, double fraction) {
        Survey survey = new Survey(this, model, data, fraction);
        long bytes = workspaceBytes(model);
        if (bytes > memoryLimit) {
            throw new IllegalStateException(tooLarge(largestGroup(model), bytes));
        }
        List<Removal> removals = new ArrayList<>();
        for (List<Parameter> candidates : scope.groups(model, selection)) {
            int count = new Weights(candidates).toRemove(fraction);
            if (count > 0) {
                Weights weights = new Weights(adjusted(model, candidates));
                removals.addAll(remove(count, candidates, weights, inverse(model, data, weights), survey));
            }
        }
        double predicted = removals.stream().mapToDouble(Removal::predictedRise).sum();
        return survey.report(this, predicted, removals, bytes);
    }

    private String tooLarge(long n, long bytes) {
        String smaller = switch (scope) {
            case NETWORK -> "take Scope.LAYER, ";
            case LAYER -> "take Scope.TENSOR, ";
            case TENSOR -> "";
        };
        return String.format(
                Locale.ROOT,
                "OptimalBrainSurgeon: the inverse Hessian of %,d weights takes %,d bytes (8·n²), the limit is %,d;"
                        + " %sselect fewer layers, or raise the limit",
                n,
                bytes,
                memoryLimit,
                smaller);
    }

    /** Returns the tensors that H is over. */
    private List<Parameter> adjusted(Model model, List<Parameter> candidates) {
        if (scope == Scope.TENSOR) {
            return candidates;
        }
        List<Parameter> tensors = new ArrayList<>();
        for (Layer<?> layer : model.layers()) {
            if (layer.parameters().stream().anyMatch(candidates::contains)) {
                layer.parameters().stream().filter(p -> p.role().trained()).forEach(tensors::add);
            }
        }
        return tensors;
    }

    /** Builds (H + α·I)⁻¹, which is symmetric bit for bit. */
    private double[][] inverse(Model model, Dataset data, Weights weights) {
        int n = weights.size();
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            inverse[i][i] = 1 / alpha;
        }
        double[] u = new double[n];
        new GaussNewton(this, model, data, weights).forEachFactor(x -> {
            multiply(inverse, x, u);
            double curvature = 0;
            for (int i = 0; i < n; i++) {
                curvature += x[i] * u[i];
            }
            subtractOuter(u, 1 / Math.sqrt(data.rows() + curvature), inverse);
        });
        return inverse;
    }

    /** u = H⁻¹·x, row by row, which are the columns too. */
    private static void multiply(double[][] inverse, double[] x, double[] u) {
        Arrays.fill(u, 0);
        for (int i = 0; i < u.length; i++) {
            if (x[i] != 0) {
                addScaled(x[i], inverse[i], u);
            }
        }
    }

    /** H⁻¹ ← H⁻¹ - (s·u)·(s·u)ᵀ; overwrites u. */
    private static void subtractOuter(double[] u, double s, double[][] inverse) {
        for (int i = 0; i < u.length; i++) {
            u[i] *= s;
        }
        for (int i = 0; i < u.length; i++) {
            if (u[i] != 0) {
                addScaled(-u[i], u, inverse[i]);
            }
        }
    }

    private static void addScaled(double factor, double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    private List<Removal> remove(
            int count, List<Parameter> candidates, Weights weights, double[][] inverse, Survey survey) {
        BitSet left = new BitSet(weights.size());
        for (int i = 0; i < weights.size(); i++) {
            left.set(i, candidates.contains(weights.tensor(i)));
        }
        double[] w = weights.values();
        List<Removal> removals = new ArrayList<>();
        double loss = survey.loss();
        while (removals.size() < count) {
            int q = leastSalient(left, w, inverse);
            double before = w[q];
            double pivot = inverse[q][q];
            double[] h = inverse[q].clone();
            addScaled(-before / pivot, h, w);
            w[q] = 0;
            weights.set(w);
            subtractOuter(h, 1 / Math.sqrt(pivot), inverse);
            clear(q, inverse);
            left.clear(q);
            weights.prune(only(q));
            double rise = survey.loss() - loss;
            loss += rise;
            removals.add(new Removal(
                    weights.tensor(q).name(), weights.element(q), before, before * before / (2 * pivot), rise));
        }
        return removals;
    }

    private static BitSet only(int q) {
        BitSet set = new BitSet();
        set.set(q);
        return set;
    }

    private int leastSalient(BitSet left, double[] w, double[][] inverse) {
        int best = left.nextSetBit(0);
        double least = Double.POSITIVE_INFINITY;
        for (int i = best; i >= 0; i = left.nextSetBit(i + 1)) {
            if (!(inverse[i][i] > 0)) {
                throw new IllegalStateException(this + ": the inverse Hessian has " + inverse[i][i]
                        + " on its diagonal, rounding has used up its digits; raise alpha");
            }
            double saliency = w[i] * w[i] / (2 * inverse[i][i]);
            if (saliency < least) {
                least = saliency;
                best = i;
            }
        }
        return best;
    }

    /** What rounding left of row and column q. */
    private static void clear(int q, double[][] inverse) {
        Arrays.fill(inverse[q], 0);
        for (double[] row : inverse) {
            row[q] = 0;
        }
    }
}
