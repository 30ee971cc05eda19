package dev.ridgeline.bench.ledger;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.InputDerivatives;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * All kernels of a training step with their demands, predicted from the model alone.
 *
 * <p>For dense layers without a regularizer the products dominate: 2·rows·inputs·units flops for Y = XW and as many for dW =
 * XᵀdY and dX = dYWᵀ, of which the first layer needs no dX. What the other kernels do is small beside them in flops and not
 * in bytes, which is why it can take long.
 *
 * @param kernels one for each task of the step, and one for the loss, in the order in which they run; a penalty on the
 *     model's function is one kernel of as many tasks as it takes
 * @param workingSet the bytes of all arrays that the step goes through: batch, weights, gradients, states, activations
 */
public record StepKernels(List<Kernel> kernels, long workingSet) {
    /** Copies the kernels. */
    public StepKernels {
        kernels = List.copyOf(kernels);
    }

    /**
     * Predicts a step.
     *
     * @param model the model
     * @param rows the rows of its batches
     * @return its kernels
     * @throws IllegalArgumentException if the model has a layer, a rule or a penalty whose demand is not known
     */
    public static StepKernels of(Model model, int rows) {
        List<Kernel> forward = new ArrayList<>();
        List<Kernel> backward = new ArrayList<>();
        List<Kernel> update = new ArrayList<>();
        List<Layer<?>> layers = model.layers();
        long workspace = (long) rows * (model.inputs() + model.outputs());
        boolean below = false;
        Demand copy = Demand.NONE;
        for (int i = 0; i < layers.size(); i++) {
            Layer<?> layer = layers.get(i);
            if (i + 1 == layers.size() || !layers.get(i + 1).absorb(layer)) {
                Activation absorbed = i > 0 && layer.absorb(layers.get(i - 1)) ? (Activation) layers.get(i - 1) : null;
                LayerKernels of = new LayerKernels(layer, absorbed, below, rows);
                List<Kernel> onTheWay = of.forward();
                workspace += of.workspace();
                copy = copy.plus(of.copy());
                if (!onTheWay.isEmpty()) {
                    Kernel first = onTheWay.getFirst();
                    forward.add(new Kernel(
                            first.phase(),
                            first.layer(),
                            first.name(),
                            first.demand().plus(copy)));
                    forward.addAll(onTheWay.subList(1, onTheWay.size()));
                    copy = Demand.NONE;
                }
                if (below || !layer.parameters().isEmpty()) {
                    backward.addAll(0, of.backward());
                }
            }
            for (Parameter parameter : layer.parameters()) {
                below = true;
                if (parameter.role().trained()) {
                    update.addAll(UpdateKernels.of(layer.name(), parameter, model.optimizer()));
                }
            }
        }
        List<Kernel> kernels = new ArrayList<>(forward);
        boolean smoothed = model.labelSmoothing() > 0;
        kernels.add(new Kernel(Phase.LOSS, "", "loss", Flops.of(model.loss(), rows, model.outputs(), smoothed)));
        kernels.addAll(backward);
        if (model.tikhonov() != null && model.tikhonov().order() >= 0) {
            kernels.add(new Kernel(Phase.FUNCTION, "", "tikhonov", tikhonov(model, rows)));
        }
        kernels.addAll(update);
        return new StepKernels(kernels, 4 * (workspace + parameters(model)));
    }

    /**
     * Returns what some kernels do together.
     *
     * @param kernels the kernels
     * @return the sum of their demands
     */
    public static Demand sum(List<Kernel> kernels) {
        return kernels.stream().map(Kernel::demand).reduce(Demand.NONE, Demand::plus);
    }

    /**
     * Returns what the step must do.
     *
     * @return the sum over all kernels
     */
    public Demand demand() {
        return sum(kernels);
    }

    /** Returns whether the step has such a phase. */
    boolean has(Phase phase) {
        return kernels.stream().anyMatch(kernel -> kernel.phase() == phase);
    }

    /** Returns how many tasks the kernels are, but for those of a penalty on the model's function. */
    int tasks() {
        return (int) kernels.stream()
                .filter(kernel -> kernel.phase() != Phase.LOSS && kernel.phase() != Phase.FUNCTION)
                .count();
    }

    /** Returns how many kernels come before the loss. */
    int indexOfLoss() {
        return (int) kernels.stream()
                .filter(kernel -> kernel.phase() == Phase.FORWARD)
                .count();
    }

    /** The flops are core's own estimate. The bytes are those of three products a dense layer, over all derivatives. */
    private static Demand tikhonov(Model model, int rows) {
        List<Layer<?>> layers = model.layers();
        int order = model.tikhonov().order();
        long directions = order == 1 ? Math.min(model.inputs(), model.outputs()) : order * (long) model.inputs();
        long tall = (1 + directions) * rows;
        long bytes = 0;
        for (Layer<?> layer : layers) {
            if (layer instanceof Dense) {
                bytes += 3
                        * Demand.product(tall, layer.inputs(), layer.outputs()).bytes();
            } else {
                bytes += 20 * tall * layer.outputs();
            }
        }
        return new Demand(Math.round(rows * InputDerivatives.flops(layers, order)), bytes, 0);
    }

    /** Returns the values of all tensors, their gradients and the optimizer's states. */
    private static long parameters(Model model) {
        int arrays = 2 + UpdateKernels.states(model.optimizer());
        return model.parameters().stream()
                .mapToLong(p -> (p.role().trained() ? arrays : 1) * (long) p.value().length)
                .sum();
    }
}
