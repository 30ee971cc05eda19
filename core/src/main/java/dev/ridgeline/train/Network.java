package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A chain of layers with workspaces of its own: what a model trains and what a predictor predicts with. */
final class Network {
    private final Layer<?>[] layers;
    private final Pass pass;

    /** The first layer with something to train: no gradient is needed below its inputs. */
    private final int lowest;

    Network(List<Layer<?>> layers, Pass pass) {
        List<Layer<?>> chain = new ArrayList<>();
        for (Layer<?> layer : layers) {
            if (!chain.isEmpty() && layer.absorb(chain.getLast())) {
                chain.removeLast();
            }
            chain.add(layer);
        }
        this.layers = chain.toArray(new Layer<?>[0]);
        this.pass = pass;
        int first = 0;
        while (first < chain.size() && chain.get(first).parameters().isEmpty()) {
            first++;
        }
        lowest = first;
    }

    /** Builds layers, names them and gives each the outputs of the one before. */
    static void build(List<Layer<?>> layers, Shape inputs, long seed) {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> names = new HashSet<>();
        Shape shape = inputs;
        for (Layer<?> layer : layers) {
            String kind = layer.defaultName();
            layer.build(kind + counts.merge(kind, 1, Integer::sum), shape, seed);
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException(
                        layer + ": another layer has this name; names must be unique in a model");
            }
            shape = layer.outputShape();
        }
    }

    Pass pass() {
        return pass;
    }

    float[] forward(int rows, float[] x) {
        float[] y = x;
        for (Layer<?> layer : layers) {
            y = layer.forward(pass, rows, y);
        }
        return y;
    }

    void backward(int rows, float[] x, float[] dy) {
        float[] gradient = dy;
        for (int i = layers.length - 1; i >= lowest; i--) {
            float[] input = i == 0 ? x : layers[i - 1].activation();
            gradient = layers[i].backward(pass, rows, input, gradient, i > lowest);
        }
    }
}
