package dev.ridgeline.prune;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.train.Model;

/** A rule that says which weights of a model to remove. */
public interface Pruner {
    /**
     * Removes weights until a fraction of those in question is zero. Removed weights are set to zero and masked
     * ({@link dev.ridgeline.layer.Parameter#mask(float[])}), so that they stay zero when the model trains on. Those removed
     * before stay removed and count.
     *
     * @param model the model; its weights are modified
     * @param data the rows on which the loss is measured before and after, and whose derivatives the rule may need
     * @param fraction the fraction to be zero afterwards, 0..1, rounded to whole weights; if more is removed already,
     *     nothing changes
     * @return what was removed where, and what it did to the loss
     * @throws IllegalArgumentException if the fraction is out of range, the data do not fit, or nothing is selected
     */
    PruningReport prune(Model model, Dataset data, double fraction);
}
