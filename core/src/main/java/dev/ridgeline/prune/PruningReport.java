package dev.ridgeline.prune;

import java.util.BitSet;
import java.util.List;

/**
 * What a pruner did to a model.
 *
 * @param method the pruner with its settings
 * @param tensors what was removed where: one for each trained tensor, in the order of the model
 * @param removals each removal by itself, in order, from a method that removes weights one by one; else empty
 * @param predictedRise by how much the mean data loss was to rise; NaN from a method that does not predict
 * @param lossBefore the mean data loss before, in inference mode
 * @param lossAfter the mean data loss after
 * @param workspaceBytes the largest memory that the method took for its derivatives
 */
public record PruningReport(
        String method,
        List<Tensor> tensors,
        List<Removal> removals,
        double predictedRise,
        double lossBefore,
        double lossAfter,
        long workspaceBytes) {
    /**
     * What a tensor lost.
     *
     * @param sparsity the tensor afterwards
     * @param removed the elements that were removed, row-major; those removed before are not among them
     */
    public record Tensor(Sparsity sparsity, BitSet removed) {}

    /**
     * Returns by how much the mean data loss rose.
     *
     * @return loss after - loss before; negative if it fell
     */
    public double actualRise() {
        return lossAfter - lossBefore;
    }

    /**
     * Returns how many weights were removed.
     *
     * @return the count over all tensors
     */
    public int removed() {
        return tensors.stream()
                .mapToInt(tensor -> tensor.removed().cardinality())
                .sum();
    }
}
