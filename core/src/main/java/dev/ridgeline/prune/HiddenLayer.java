package dev.ridgeline.prune;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.List;

/** A dense layer whose units go through the layers between to the next dense layer. */
record HiddenLayer(Dense dense, List<Layer<?>> between, Dense next) {
    /** Returns the hidden layers of a model, first to last. */
    static List<HiddenLayer> of(Model model) {
        List<HiddenLayer> hidden = new ArrayList<>();
        List<Layer<?>> between = new ArrayList<>();
        Dense last = null;
        for (Layer<?> layer : model.layers()) {
            if (layer instanceof Dense dense) {
                if (last != null) {
                    hidden.add(new HiddenLayer(last, List.copyOf(between), dense));
                }
                last = dense;
                between.clear();
            } else {
                between.add(layer);
            }
        }
        return hidden;
    }

    /** Throws if a layer between does not treat each unit by itself. */
    void requireUnitWise(String method) {
        for (Layer<?> layer : between) {
            boolean unitWise = layer instanceof Dropout
                    || layer instanceof BatchNorm
                    || layer instanceof Activation activation && activation.function() != Activation.Function.SOFTMAX;
            if (!unitWise) {
                throw new IllegalArgumentException(method + ": " + layer + " may mix the units of " + dense
                        + ", so that none can be removed without changing the others; remove single weights there");
            }
        }
    }

    static Parameter kernel(Dense dense) {
        return tensor(dense, Role.KERNEL);
    }

    static Parameter bias(Dense dense) {
        return tensor(dense, Role.BIAS);
    }

    private static Parameter tensor(Dense dense, Role role) {
        return dense.parameters().stream()
                .filter(p -> p.role() == role)
                .findFirst()
                .orElseThrow();
    }
}
