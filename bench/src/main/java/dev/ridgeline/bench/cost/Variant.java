package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;

/**
 * What one fork measures: in a cost run a model with a regularizer, in a {@link Protocol} a benchmark.
 *
 * @param model the model's name; in a protocol that of the control
 * @param name the regularizer's name in the catalogue; that of the control with {@code -2} behind it where it is measured a
 *     second time, the other half of the A/A pair
 * @param controlName the name of what this variant is compared with
 */
public record Variant(String model, String name, String controlName) {
    private static final String SECOND = "-2";

    /**
     * Makes a model with a regularizer, which is compared with the model without one.
     *
     * @param model the model's name
     * @param name the regularizer's name in the catalogue, or {@code none-2}
     */
    public Variant(String model, String name) {
        this(model, name, Catalogue.NONE);
    }

    /**
     * Returns what this variant is compared with.
     *
     * @return the control of its model
     */
    public Variant control() {
        return new Variant(model, controlName, controlName);
    }

    /**
     * Returns what else this variant is compared with.
     *
     * @return the control of its model under its second name
     */
    public Variant secondControl() {
        return new Variant(model, controlName + SECOND, controlName);
    }

    /**
     * Returns whether this variant is a control.
     *
     * @return true if it is what others are compared with, under its first name or its second
     */
    public boolean isControl() {
        return regularizer().equals(controlName);
    }

    /**
     * Returns what is measured under this name.
     *
     * @return the regularizer's name in the catalogue
     */
    public String regularizer() {
        return name.equals(controlName + SECOND) ? controlName : name;
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
        return model.equals(controlName) ? name : model + " " + name;
    }
}
