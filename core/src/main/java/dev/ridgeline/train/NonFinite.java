package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import java.util.List;

/** Finds what is NaN or infinite in a model. */
final class NonFinite {
    private NonFinite() {}

    /** Returns the first tensor with such a value, or "" if there is none. */
    static String firstOf(List<Parameter> parameters) {
        for (Parameter p : parameters) {
            String place = firstOf(p.name(), p.value(), p.value().length);
            if (!place.isEmpty()) {
                return place;
            }
        }
        return "";
    }

    /** Returns the first tensor or output on the way forward with such a value, or else the loss. */
    static String firstOf(List<Layer<?>> layers, int rows) {
        for (Layer<?> layer : layers) {
            String place = firstOf(layer.parameters());
            place = place.isEmpty() ? firstOf(layer + " output", layer.activation(), rows * layer.outputs()) : place;
            if (!place.isEmpty()) {
                return place;
            }
        }
        return "the loss itself: the outputs are finite but too large";
    }

    private static String firstOf(String name, float[] values, int n) {
        for (int i = 0; i < n; i++) {
            if (!Float.isFinite(values[i])) {
                return name + ", element " + i + " is " + values[i];
            }
        }
        return "";
    }
}
