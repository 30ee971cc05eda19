package dev.ridgeline.bench;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.WeightedLayer;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.GroupLasso;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.L2;
import dev.ridgeline.regularizer.MaxNorm;
import dev.ridgeline.regularizer.MaxWeight;
import dev.ridgeline.regularizer.NonNegative;
import dev.ridgeline.regularizer.Orthogonal;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.train.ModelBuilder;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The regularizers that are measured, by name: one line each. Penalties, constraints and DropConnect go on the kernel of
 * every layer but the last, dropout, noise and normalization after every hidden activation, the activity penalty on the
 * first hidden activation, Tikhonov's penalty (first order, which rectifiers have too) on the model's function. The bounds
 * of the constraints are so tight that they act on each of the {@link Models}.
 */
public final class Catalogue {
    /** The name of the control: no regularizer at all. */
    public static final String NONE = "none";

    private static final float LAMBDA = 1e-4f;
    private static final float RATE = 0.5f;

    private static final SequencedMap<String, Entry> ENTRIES = Names.byName(
            Entry::name,
            entry(NONE, "no regularizer"),
            penalty("l1", new L1(LAMBDA)),
            penalty("l2", new L2(LAMBDA)),
            penalty("elasticnet", new ElasticNet(LAMBDA, LAMBDA)),
            penalty("weight-elimination", new WeightElimination(LAMBDA, 1)),
            penalty("l1-proximal", new ProximalL1(LAMBDA)),
            tensorPenalty("group-lasso", new GroupLasso(LAMBDA)),
            tensorPenalty("orthogonal", new Orthogonal(0.01f, Orthogonal.Mode.COLUMNS)),
            constraint("maxnorm", new MaxNorm(0.5f)),
            constraint("maxweight", new MaxWeight(0.05f)),
            constraint("unitnorm", new UnitNorm()),
            constraint("nonnegative", new NonNegative()),
            after("dropout", "rate " + RATE, () -> new Dropout(RATE)),
            after("alpha-dropout", "rate 0.1", () -> new AlphaDropout(0.1f)),
            after("gaussian-dropout", "rate " + RATE, () -> new GaussianDropout(RATE)),
            onKernels("dropconnect", "rate " + RATE, dense -> dense.dropConnect(RATE)),
            after("noise", "standard deviation 0.1", () -> new GaussianNoise(0.1f)),
            after("batchnorm", "momentum 0.99", BatchNorm::new),
            after("layernorm", "epsilon 0.001", LayerNorm::new),
            activity("activity-l1", new L1(LAMBDA)),
            onFunction("tikhonov", new Tikhonov(0, LAMBDA, 0)));

    private Catalogue() {}

    /**
     * How a regularizer is put into a model.
     *
     * @param name its name on the command line
     * @param setting its numbers and its place, for reports
     * @param onKernel what it does to each dense or convolution layer but the last
     * @param onFirstActivation what it does to the first hidden activation
     * @param afterActivation makes the layer that it puts after each hidden activation, if any
     * @param onModel what it does to the model as a whole
     */
    public record Entry(
            String name,
            String setting,
            Consumer<WeightedLayer<?>> onKernel,
            Consumer<Activation> onFirstActivation,
            Supplier<Optional<Layer<?>>> afterActivation,
            Consumer<ModelBuilder> onModel) {}

    /**
     * Returns the names of all regularizers.
     *
     * @return the names, in the order of reports; {@link #NONE} first
     */
    public static List<String> names() {
        return List.copyOf(ENTRIES.keySet());
    }

    /**
     * Returns a regularizer.
     *
     * @param name its name
     * @return how it is put into a model
     * @throws UnknownNameException if there is none of this name
     */
    public static Entry named(String name) {
        return Names.find("regularizer", name, ENTRIES);
    }

    private static Entry entry(String name, String setting) {
        return new Entry(name, setting, weighted -> {}, activation -> {}, Optional::empty, model -> {});
    }

    private static Entry penalty(String name, Regularizer penalty) {
        return onKernels(name, penalty, weighted -> weighted.kernelRegularizer(penalty));
    }

    private static Entry tensorPenalty(String name, TensorRegularizer penalty) {
        return onKernels(name, penalty, dense -> dense.kernelTensorRegularizer(penalty));
    }

    private static Entry constraint(String name, Constraint constraint) {
        return onKernels(name, constraint, weighted -> weighted.kernelConstraint(constraint));
    }

    private static Entry onKernels(String name, Object what, Consumer<WeightedLayer<?>> put) {
        return new Entry(name, what + " on the kernels", put, activation -> {}, Optional::empty, model -> {});
    }

    private static Entry activity(String name, Regularizer penalty) {
        String setting = penalty + " on the first activation";
        return new Entry(
                name,
                setting,
                weighted -> {},
                activation -> activation.activityRegularizer(penalty),
                Optional::empty,
                model -> {});
    }

    private static Entry after(String name, String setting, Supplier<Layer<?>> layer) {
        return new Entry(
                name,
                setting + ", after each hidden activation",
                weighted -> {},
                activation -> {},
                () -> Optional.of(layer.get()),
                model -> {});
    }

    private static Entry onFunction(String name, Tikhonov penalty) {
        String setting = penalty + " on the model's function";
        return new Entry(
                name, setting, dense -> {}, activation -> {}, Optional::empty, model -> model.tikhonov(penalty));
    }
}
