package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import java.util.List;

/** Finds the first number that is NaN or infinite: what a diagnosis names. Each search returns "" if there is none. */
final class NonFinite {
    private NonFinite() {}

    /** Searches tensors. */
    static String among(List<Parameter> parameters) {
        String place = "";
        for (Parameter p : parameters) {
            place = place.isEmpty() ? first(p.name(), p.value(), p.value().length) : place;
        }
        return place;
    }

    /** Searches the way forward: of each layer its tensors, then its outputs. */
    static String along(List<Layer<?>> layers, int rows) {
        String place = "";
        for (Layer<?> layer : layers) {
            place = place.isEmpty() ? among(layer.parameters()) : place;
            place = place.isEmpty() ? first(layer + " output", layer.activation(), rows * layer.outputs()) : place;
        }
        return place;
    }

    private static String first(String name, float[] values, int n) {
        for (int i = 0; i < n; i++) {
            if (!Float.isFinite(values[i])) {
                return name + ", element " + i + " is " + values[i];
            }
        }
        return "";
    }
}
