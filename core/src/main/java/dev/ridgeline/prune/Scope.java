package dev.ridgeline.prune;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.List;

/** Among which weights the least important ones are looked for. The fraction is reached in each such group. */
public enum Scope {
    /** Within each tensor: all get equally sparse. */
    TENSOR,
    /** Within each layer. */
    LAYER,
    /** Among all selected tensors at once: some may get much sparser than others. */
    NETWORK;

    /** Returns the selected tensors, divided into groups; one after the other they are in the order of the model. */
    List<List<Parameter>> groups(Model model, Selection selection) {
        List<Parameter> selected = selection.tensors(model);
        if (this == TENSOR) {
            return selected.stream().map(List::of).toList();
        }
        if (this == NETWORK) {
            return List.of(selected);
        }
        List<List<Parameter>> groups = new ArrayList<>();
        for (Layer<?> layer : model.layers()) {
            List<Parameter> ofLayer =
                    layer.parameters().stream().filter(selected::contains).toList();
            if (!ofLayer.isEmpty()) {
                groups.add(ofLayer);
            }
        }
        return groups;
    }
}
