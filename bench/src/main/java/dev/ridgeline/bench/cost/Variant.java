package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;

/**
 * What one fork measures.
 *
 * @param model the model's name
 * @param name the regularizer's name in the catalogue, or {@link #SECOND_CONTROL}
 */
public record Variant(String model, String name) {
    /** The name under which a step without a regularizer is measured a second time: the other half of the A/A pair. */
    public static final String SECOND_CONTROL = Catalogue.NONE + "-2";

    /**
     * Returns what this variant is compared with.
     *
     * @return the same model without a regularizer
     */
    public Variant control() {
        return new Variant(model, Catalogue.NONE);
    }

    /**
     * Returns what else this variant is compared with.
     *
     * @return the same model without a regularizer, under its second name
     */
    public Variant secondControl() {
        return new Variant(model, SECOND_CONTROL);
    }

    /**
     * Returns whether this variant is a control.
     *
     * @return true if it has no regularizer
     */
    public boolean isControl() {
        return regularizer().equals(Catalogue.NONE);
    }

    /**
     * Returns what is measured under this name.
     *
     * @return the regularizer's name in the catalogue
     */
    public String regularizer() {
        return name.equals(SECOND_CONTROL) ? Catalogue.NONE : name;
    }

    /**
     * Returns whether there is such a step.
     *
     * @return true if the regularizer is for the model
     */
    public boolean measurable() {
        return Models.named(model).takes(Catalogue.named(regularizer()));
    }

    @Override
    public String toString() {
        return model + " " + name;
    }
}
