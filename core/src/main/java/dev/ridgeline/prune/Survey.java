package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Predictor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A model's loss and masks before it is pruned, to be compared with those after. */
final class Survey {
    private final Model model;
    private final Dataset data;
    private final Predictor predictor;
    private final List<BitSet> before = new ArrayList<>();
    private final double lossBefore;

    Survey(Object method, Model model, Dataset data, double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(method + ": the fraction is " + fraction
                    + "; it is the part to be zero and must be within 0 and 1");
        }
        this.model = model;
        this.data = data;
        predictor = model.predictor();
        lossBefore = loss();
        if (!Double.isFinite(lossBefore)) {
            throw new IllegalArgumentException(method + ": the loss before pruning is " + lossBefore
                    + "; train the model until it is finite, or scale the features");
        }
        trained().forEach(p -> before.add(Weights.pruned(p)));
    }

    /** Returns the mean data loss of the model as it is. */
    double loss() {
        return predictor.evaluate(data).loss();
    }

    PruningReport report(Object method, double predictedRise, List<Removal> removals, long workspaceBytes) {
        List<PruningReport.Tensor> tensors = new ArrayList<>();
        for (Parameter p : trained()) {
            BitSet removed = Weights.pruned(p);
            removed.andNot(before.get(tensors.size()));
            tensors.add(new PruningReport.Tensor(Sparsity.of(p), removed));
        }
        return new PruningReport(
                method.toString(), tensors, List.copyOf(removals), predictedRise, lossBefore, loss(), workspaceBytes);
    }

    private List<Parameter> trained() {
        return model.parameters().stream().filter(p -> p.role().trained()).toList();
    }
}
