package dev.ridgeline.prune;

import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.List;

/**
 * How much of a tensor is left.
 *
 * @param tensor its name
 * @param size the number of its values
 * @param pruned how many of them are masked: removed for good
 * @param nonZeros how many of them are not zero
 */
public record Sparsity(String tensor, int size, int pruned, int nonZeros) {
    /**
     * Measures every trained tensor.
     *
     * @param model the model
     * @return one for each trained tensor, in the order of the model
     */
    public static List<Sparsity> of(Model model) {
        return model.parameters().stream()
                .filter(p -> p.role().trained())
                .map(Sparsity::of)
                .toList();
    }

    static Sparsity of(Parameter parameter) {
        int nonZeros = 0;
        for (float w : parameter.value()) {
            nonZeros += w != 0 ? 1 : 0;
        }
        return new Sparsity(
                parameter.name(),
                parameter.value().length,
                Weights.pruned(parameter).cardinality(),
                nonZeros);
    }

    /**
     * Returns the fraction of zeros.
     *
     * @return 0..1
     */
    public double zeros() {
        return 1 - (double) nonZeros / size;
    }
}
