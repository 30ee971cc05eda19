package dev.ridgeline.bench.ledger;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Flatten;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.MaxPool2D;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.SpatialDropout;
import dev.ridgeline.layer.WeightedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kernels of one layer in training mode, forward and backward, in their order: one for each task that the layer gives its
 * threads. Sizes and formulas are those that the layers state.
 */
final class LayerKernels {
    private static final int MASK_BITS = 16;
    private static final int NORMAL_BITS = 32;

    /** A normal number from its bits: two operations for the probability, its quantile, times the deviation. */
    private static final int NORMAL = Flops.INVERSE_NORMAL + 3;

    private final Layer<?> layer;
    private final Activation absorbed;
    private final boolean wantInputGradient;
    private final int rows;
    private final long in;
    private final long out;
    private final List<Kernel> forward = new ArrayList<>();
    private final List<Kernel> backward = new ArrayList<>();

    /**
     * Lists the kernels.
     *
     * @param layer a built layer
     * @param absorbed the activation whose work it has taken over, or null
     * @param wantInputGradient whether a layer below needs a gradient
     * @param rows the rows of the batch
     */
    LayerKernels(Layer<?> layer, Activation absorbed, boolean wantInputGradient, int rows) {
        this.layer = layer;
        this.absorbed = absorbed;
        this.wantInputGradient = wantInputGradient;
        this.rows = rows;
        in = (long) rows * layer.inputs();
        out = (long) rows * layer.outputs();
        if (layer.activityRegularizer() != null) {
            int flops = UpdateKernels.flops(layer.activityRegularizer());
            backward("activity penalty", Demand.each(out, flops, 12));
        }
        list();
    }

    List<Kernel> forward() {
        return forward;
    }

    List<Kernel> backward() {
        return backward;
    }

    /** Returns what the layer does between the tasks of others, without one of its own. */
    Demand copy() {
        return layer instanceof Flatten ? Demand.each(in, 0, 8) : Demand.NONE;
    }

    /** Returns the values of the arrays that the layer writes in a pass, gradients of parameters aside. */
    long workspace() {
        boolean inputGradient = wantInputGradient && (layer instanceof WeightedLayer || layer instanceof MaxPool2D);
        boolean normalized = layer instanceof LayerNorm || layer instanceof GroupNorm || layer instanceof InstanceNorm;
        return out + (inputGradient ? in : 0) + (normalized ? out : 0);
    }

    private void forward(String name, Demand demand) {
        forward.add(new Kernel(Phase.FORWARD, layer.name(), name, demand));
    }

    private void backward(String name, Demand demand) {
        backward.add(new Kernel(Phase.BACKWARD, layer.name(), name, demand));
    }

    private void list() {
        switch (layer) {
            case WeightedLayer<?> weighted -> products(weighted);
            case Activation activation -> elementwise(activation);
            case Dropout dropout -> dropout();
            case AlphaDropout dropout -> {
                forward("mask", Demand.each(out, 2, 8).drawing(MASK_BITS * out));
                toInputs("mask", Demand.each(out, 2, 8).drawing(MASK_BITS * out));
            }
            case GaussianDropout dropout -> {
                forward("noise", Demand.each(out, NORMAL + 2, 8).drawing(NORMAL_BITS * out));
                toInputs("noise", Demand.each(out, NORMAL + 2, 8).drawing(NORMAL_BITS * out));
            }
            case GaussianNoise noise ->
                forward("noise", Demand.each(out, NORMAL + 1, 8).drawing(NORMAL_BITS * out));
            case SpatialDropout dropout -> spatialDropout();
            case BatchNorm norm -> batchNorm();
            case LayerNorm norm -> {
                forward("normalize", Demand.each(out, 9, 12));
                backward("d\u03b3, d\u03b2", Demand.each(out, 3, 12));
                toInputs("normalize'", Demand.each(out, 8, 12));
            }
            case GroupNorm norm -> groups();
            case InstanceNorm norm -> groups();
            case MaxPool2D pool -> {
                // each value in one window; backward x, y and dy are read, dx is cleared, then written
                forward("max", new Demand(in, 4 * (in + out), 0));
                toInputs("max'", new Demand(in + out, 4 * (3 * in + 2 * out), 0));
            }
            case Flatten flatten -> {}
            default ->
                throw new IllegalArgumentException("Ledger: the demand of " + layer
                        + " is unknown; measure a model without it, or add it to LayerKernels");
        }
    }

    private void toInputs(String name, Demand demand) {
        if (wantInputGradient) {
            backward(name, demand);
        }
    }

    /** A convolution's X are the patches of its output positions, each value of x read once. */
    private void products(WeightedLayer<?> weighted) {
        Parameter kernel = weighted.parameters().getFirst();
        long positions = (long) rows * weighted.outputShape().positions();
        long weights = kernel.value().length;
        long units = kernel.columns();
        long flops = 2 * positions * weights;
        long bytes = 4 * (in + weights + out);
        Demand mask = Demand.each(weights, 1, 8).drawing(MASK_BITS * weights);
        boolean dropConnect = weighted.dropConnect() > 0;
        if (dropConnect) {
            forward("mask of W", mask);
        }
        forward("Y = XW + b", new Demand(flops + out, bytes + 4 * units, 0));
        backward("dW = X\u1d40dY", new Demand(flops, bytes, 0));
        if (dropConnect) {
            backward("mask of dW", mask);
        }
        backward("db = \u03a3dY", new Demand(out, 4 * (out + units), 0));
        toInputs("dX = dYW\u1d40", new Demand(flops, bytes, 0));
    }

    private void elementwise(Activation activation) {
        String name = activation.function().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        boolean linear = activation.function() == Activation.Function.LINEAR;
        forward(name, Demand.each(out, Flops.of(activation.function()), 8));
        toInputs(name + "'", Demand.each(out, Flops.ofGradient(activation.function()), linear ? 0 : 12));
    }

    /** Where it has taken over a rectifier, the sign of the output is the mask of the way back. */
    private void dropout() {
        if (absorbed == null) {
            forward("mask", Demand.each(out, 1, 8).drawing(MASK_BITS * out));
            toInputs("mask", Demand.each(out, 1, 8).drawing(MASK_BITS * out));
        } else {
            forward("relu, mask", Demand.each(out, 2, 8).drawing(MASK_BITS * out));
            toInputs("relu', mask", Demand.each(out, 2, 12));
        }
    }

    /** A rectifier that it has taken over is written to y, read from there, and worked out again on the way back. */
    private void batchNorm() {
        boolean rectifies = absorbed != null;
        int more = rectifies ? 1 : 0;
        forward(rectifies ? "relu, normalize" : "normalize", Demand.each(out, 8 + more, 16 + 4 * more));
        Demand reductions = Demand.each(out, 4 + more, 8);
        if (wantInputGradient) {
            backward(rectifies ? "relu', normalize'" : "normalize'", reductions.plus(Demand.each(out, 5 + more, 12)));
        } else {
            backward("normalize'", reductions);
        }
    }

    /** The mask's factors, one a channel of a row, are set to 1, masked, and read by both passes. */
    private void spatialDropout() {
        long factors = (long) rows * layer.outputShape().channels();
        forward("mask of channels", Demand.each(factors, 1, 12).drawing(MASK_BITS * factors));
        Demand multiply = new Demand(out, 8 * out + 4 * factors, 0);
        forward("times mask", multiply);
        toInputs("times mask", multiply);
    }

    private void groups() {
        forward("normalize", Demand.each(out, 9, 12));
        backward("normalize'", Demand.each(out, 8, 12));
        backward(
                "d\u03b3, d\u03b2",
                Demand.each((long) rows * layer.outputShape().channels(), 2, 8));
    }
}
