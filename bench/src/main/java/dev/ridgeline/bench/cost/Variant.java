package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;

/**
 * What one fork measures.
 *
 * @param model the model's name
 * @param regularizer the regularizer's name
 */
public record Variant(String model, String regularizer) {
    /**
     * Returns what this variant is compared with.
     *
     * @return the same model without a regularizer
     */
    public Variant control() {
        return new Variant(model, Catalogue.NONE);
    }

    /**
     * Returns whether this variant is a control.
     *
     * @return true if it has no regularizer
     */
    public boolean isControl() {
        return regularizer.equals(Catalogue.NONE);
    }

    /**
     * Returns whether there is such a step.
     *
     * @return true if the regularizer is for the model
     */
    public boolean measurable() {
        return Models.named(model).takes(Catalogue.named(regularizer));
    }

    @Override
    public String toString() {
        return model + " " + regularizer;
    }
}
