package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Pass;
import java.util.ArrayList;
import java.util.List;

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
