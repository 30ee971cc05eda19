package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Optimizer;
import java.util.List;

/** Finds the first number of a model that is NaN or infinite, and says what to do about it. */
final class NonFinite {
    private NonFinite() {}

    /** Throws if an update has made a tensor not finite. */
    static void requireNoneAfter(int step, List<Parameter> parameters, Optimizer optimizer) {
        String place = among(parameters);
        if (!place.isEmpty()) {
            throw new NonFiniteLossException("after step " + step + " not finite: " + place + remedy(optimizer));
        }
    }

    /** Says what made a loss not finite. */
    static NonFiniteLossException loss(double loss, int step, List<Layer<?>> layers, int rows, Optimizer optimizer) {
        String place = along(layers, rows);
        return new NonFiniteLossException("the loss is " + loss + " at step " + step + "; first not finite: "
                + (place.isEmpty() ? "the loss itself: the outputs are finite but too large" : place)
                + remedy(optimizer));
    }

    private static String remedy(Optimizer optimizer) {
        return ". Lower the learning rate (" + optimizer + "), or scale the features";
    }

    /** Searches tensors; "" if all are finite. */
    private static String among(List<Parameter> parameters) {
        String place = "";
        for (Parameter p : parameters) {
            place = place.isEmpty() ? first(p.name(), p.value(), p.value().length) : place;
        }
        return place;
    }

    /** Searches the way forward, of each layer its tensors, then its outputs; "" if all are finite. */
    private static String along(List<Layer<?>> layers, int rows) {
        String place = "";
        for (Layer<?> layer : layers) {
            place = place.isEmpty() ? among(layer.parameters()) : place;
            int n = Math.min(rows * layer.outputs(), layer.activation().length); // 0: the next layer does its work
            place = place.isEmpty() ? first(layer + " output", layer.activation(), n) : place;
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
