package dev.ridgeline.bench.ledger;

import java.util.Locale;

/** The phases of a training step, in their order. */
public enum Phase {
    /** From the inputs to the outputs. */
    FORWARD,
    /** The loss, its gradient to the outputs, its mean. */
    LOSS,
    /** From the gradient to the outputs to those of all tensors. */
    BACKWARD,
    /** What a penalty on the model's function adds to the gradients: passes forward and backward of its own. */
    FUNCTION,
    /** From gradients to new weights, with penalties and constraints on tensors. */
    UPDATE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
