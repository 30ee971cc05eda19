package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * The outputs y of a model for one row, and their derivative Jᵀ·v with J = ∂y/∂w, in inference mode: nothing is dropped and
 * statistics are fixed. Penalties are no part of it. It has workspaces of its own and writes the gradients of the model's
 * tensors: do not train the model meanwhile.
 */
public final class OutputDerivative {
    private final int inputs;
    private final int outputs;
    private final Network network;
    private final float[] x;
    private final float[] dy;

    OutputDerivative(Model model) {
        inputs = model.inputs();
        outputs = model.outputs();
        List<Layer<?>> layers = new ArrayList<>();
        for (Layer<?> layer : model.layers()) {
            layers.add(layer.share());
        }
        network = new Network(layers, new Pass(new Team(1), false));
        x = new float[inputs];
        dy = new float[outputs];
    }

    /**
     * Computes the outputs of a row and fills {@code Parameter.gradient()} of every trained tensor with Jᵀ·v. Costs three
     * times the flops of a forward pass.
     *
     * @param rows whole rows of the model's inputs, row-major; not modified
     * @param row which of them to take, from 0
     * @param v what is multiplied, one number an output; not modified
     * @return the outputs, in a buffer that is valid until the next call
     * @throws IllegalArgumentException if v does not have one number an output
     */
    public float[] at(float[] rows, int row, float[] v) {
        if (v.length != outputs) {
            throw new IllegalArgumentException(
                    "OutputDerivative: v has " + v.length + " numbers; give one for each of " + outputs + " outputs");
        }
        System.arraycopy(rows, row * inputs, x, 0, inputs);
        System.arraycopy(v, 0, dy, 0, outputs);
        float[] y = network.forward(1, x);
        network.backward(1, x, dy);
        return y;
    }
}
