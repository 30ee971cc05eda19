package dev.ridgeline.bench.ledger;

/**
 * One loop of a training step: what the threads share as one task, or what one thread does between two tasks.
 *
 * @param phase the part of the step that it belongs to
 * @param layer the layer's name, or "" if it is no layer's
 * @param name what it does, as an equation where there is a short one
 * @param demand what it must do
 */
public record Kernel(Phase phase, String layer, String name, Demand demand) {
    @Override
    public String toString() {
        return (phase + " " + layer + " " + name).replace("  ", " ");
    }
}
