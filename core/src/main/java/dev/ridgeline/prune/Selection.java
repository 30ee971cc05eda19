package dev.ridgeline.prune;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which tensors of a model may lose weights: kernels, and biases only if asked.
 *
 * @param names each the name of a layer, for example {@code hidden1}, which stands for its kernel; or the name of a
 *     trained tensor, for example {@code Dense "hidden1" bias}; empty for the kernels of all layers. Copied
 * @param biases whether the layers' biases are selected too
 */
public record Selection(List<String> names, boolean biases) {
    /** Copies the names. */
    public Selection {
        names = List.copyOf(names);
    }

    /**
     * Selects the kernels of all layers.
     *
     * @return the selection
     */
    public static Selection kernels() {
        return new Selection(List.of(), false);
    }

    /**
     * Selects layers or tensors.
     *
     * @param names names of layers, which stand for their kernels, or of tensors
     * @return the selection
     * @throws IllegalArgumentException if there is none
     */
    public static Selection of(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "Selection: there is no name; name a layer or a tensor, or take Selection.kernels()");
        }
        return new Selection(List.of(names), false);
    }

    /**
     * Selects the biases of the selected layers too.
     *
     * @return the larger selection
     */
    public Selection withBiases() {
        return new Selection(names, true);
    }

    /**
     * Returns the tensors of a model that are selected.
     *
     * @param model the model
     * @return at least one, in the order of the model
     * @throws IllegalArgumentException if a name matches no tensor: names it and the tensors there are
     */
    public List<Parameter> tensors(Model model) {
        Objects.requireNonNull(model, "Selection: the model is null");
        for (String name : names) {
            if (matches(model, List.of(name)).isEmpty()) {
                throw new IllegalArgumentException("Selection: \"" + name + "\" matches no tensor; " + choice(model));
            }
        }
        List<Parameter> selected = matches(model, names);
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("Selection: the model has no kernel; " + choice(model));
        }
        return selected;
    }

    private List<Parameter> matches(Model model, List<String> wanted) {
        List<Parameter> matches = new ArrayList<>();
        for (Layer<?> layer : model.layers()) {
            boolean whole = wanted.isEmpty() || wanted.contains(layer.name());
            for (Parameter p : layer.parameters()) {
                boolean byLayer = whole && (p.role() == Role.KERNEL || biases && p.role() == Role.BIAS);
                if (byLayer || p.role().trained() && wanted.contains(p.name())) {
                    matches.add(p);
                }
            }
        }
        return matches;
    }

    private static String choice(Model model) {
        String tensors = model.parameters().stream()
                .filter(p -> p.role().trained())
                .map(Parameter::name)
                .collect(Collectors.joining(", "));
        return tensors.isEmpty()
                ? "it has no trained tensor at all: there is nothing to prune"
                : "name a layer with a kernel, or one of these tensors: " + tensors;
    }
}
