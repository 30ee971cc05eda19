package dev.ridgeline.train;

import dev.ridgeline.layer.Parameter;
import java.util.List;

/** A copy of all tensors of a model, moving statistics included. Its memory is taken once, at the first save. */
final class BestWeights {
    private final List<Parameter> parameters;
    private float[][] copies;

    BestWeights(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    void save() {
        if (copies == null) {
            copies = new float[parameters.size()][];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = parameters.get(i).value().clone();
            }
            return;
        }
        for (int i = 0; i < copies.length; i++) {
            System.arraycopy(parameters.get(i).value(), 0, copies[i], 0, copies[i].length);
        }
    }

    /** Puts the saved values back; does nothing if none were saved. */
    void restore() {
        for (int i = 0; copies != null && i < copies.length; i++) {
            System.arraycopy(copies[i], 0, parameters.get(i).value(), 0, copies[i].length);
        }
    }
}
