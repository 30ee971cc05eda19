package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Removes whole units of hidden dense layers: those whose weights have the smallest sum of magnitudes, the same fraction in
 * each layer, first layer first. A removed unit loses its incoming weights, its bias and its outgoing weights, so that
 * {@link Compaction} makes the model smaller by it. At least one unit stays in each layer.
 *
 * <p>In the report the elements removed from a bias are the numbers of the removed units.
 *
 * <p>When to use: where the model shall get faster, since a dense product gains nothing from single zeros. Prune little at a
 * time and train in between: a unit takes all its weights with it. Costs 2 flops a weight, and two evaluations of the loss.
 *
 * @param layers the names of the hidden dense layers; empty for all. Copied
 * @param criterion which weights of a unit count
 */
public record UnitPruning(List<String> layers, Criterion criterion) implements Pruner {
    /** Which weights of a unit count. */
    public enum Criterion {
        /** Σ |w| over the incoming weights (Li et al., "Pruning filters for efficient ConvNets", 2017, for filters). */
        INCOMING,
        /**
         * Σ |w| over the outgoing weights (He et al., "Reshaping deep neural network for fast decoding by node-pruning",
         * 2014, who find it better than the incoming ones).
         */
        OUTGOING
    }

    /** Copies the names and refuses null. */
    public UnitPruning {
        layers = List.copyOf(layers);
        Objects.requireNonNull(criterion, "UnitPruning: the criterion is null");
    }

    /**
     * Prunes all hidden dense layers.
     *
     * @param criterion which weights of a unit count
     */
    public UnitPruning(Criterion criterion) {
        this(List.of(), criterion);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if a name is not that of a hidden dense layer, or a layer between it and the next
     *     dense one is not an element-wise activation, dropout or batch normalization
     */
    @Override
    public PruningReport prune(Model model, Dataset data, double fraction) {
        Survey survey = new Survey(this, model, data, fraction);
        List<HiddenLayer> selected = selected(model);
        for (HiddenLayer hidden : selected) {
            hidden.requireUnitWise("UnitPruning");
        }
        for (HiddenLayer hidden : selected) {
            remove(fraction, hidden);
        }
        return survey.report(this, Double.NaN, List.of(), 0);
    }

    private List<HiddenLayer> selected(Model model) {
        List<HiddenLayer> all = HiddenLayer.of(model);
        String names =
                all.stream().map(hidden -> hidden.dense().name()).collect(Collectors.joining("\", \"", "\"", "\""));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("UnitPruning: the model has no hidden dense layer, so no unit to remove;"
                    + " remove single weights");
        }
        for (String name : layers) {
            if (all.stream().noneMatch(hidden -> hidden.dense().name().equals(name))) {
                throw new IllegalArgumentException(
                        "UnitPruning: \"" + name + "\" matches no hidden dense layer; name one of these: " + names);
            }
        }
        return all.stream()
                .filter(hidden ->
                        layers.isEmpty() || layers.contains(hidden.dense().name()))
                .toList();
    }

    private void remove(double fraction, HiddenLayer hidden) {
        Parameter kernel = HiddenLayer.kernel(hidden.dense());
        Parameter next = HiddenLayer.kernel(hidden.next());
        int units = kernel.columns();
        double[] norms = new double[units];
        int removed = 0;
        BitSet gone = Weights.pruned(next);
        for (int u = 0; u < units; u++) {
            boolean isGone = gone.nextClearBit(u * next.columns()) >= (u + 1) * next.columns();
            removed += isGone ? 1 : 0;
            norms[u] = isGone
                    ? Double.POSITIVE_INFINITY
                    : criterion == Criterion.INCOMING ? columnNorm(kernel, u) : rowNorm(next, u);
        }
        int target = (int) Math.min(Math.round(fraction * units), units - 1);
        BitSet chosen = Weights.smallest(Math.max(0, target - removed), norms);
        BitSet incoming = new BitSet();
        BitSet outgoing = new BitSet();
        chosen.stream().forEach(u -> {
            for (int i = 0; i < kernel.rows(); i++) {
                incoming.set(i * units + u);
            }
            outgoing.set(u * next.columns(), (u + 1) * next.columns());
        });
        Weights.prune(kernel, incoming);
        Weights.prune(HiddenLayer.bias(hidden.dense()), chosen);
        Weights.prune(next, outgoing);
    }

    private static double columnNorm(Parameter kernel, int column) {
        double sum = 0;
        for (int i = 0; i < kernel.rows(); i++) {
            sum += Math.abs(kernel.value()[i * kernel.columns() + column]);
        }
        return sum;
    }

    private static double rowNorm(Parameter kernel, int row) {
        double sum = 0;
        for (int j = 0; j < kernel.columns(); j++) {
            sum += Math.abs(kernel.value()[row * kernel.columns() + j]);
        }
        return sum;
    }
}
