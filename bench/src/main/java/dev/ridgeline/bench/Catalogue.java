package dev.ridgeline.bench;

import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.AlphaDropout;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.GaussianDropout;
import dev.ridgeline.layer.GaussianNoise;
import dev.ridgeline.layer.GroupNorm;
import dev.ridgeline.layer.InstanceNorm;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerNorm;
import dev.ridgeline.layer.SpatialDropout;
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
 * first hidden activation, Tikhonov's penalty (first order, which rectifiers have too) on the model's function. The settings
 * are such that each acts on each of the {@link Models} that it is for, from the first step on.
 */
public final class Catalogue {
    /** The name of the control: no regularizer at all. */
    public static final String NONE = "none";

    private static final float LAMBDA = 1e-4f;
    private static final float RATE = 0.5f;

    private static final SequencedMap<String, Entry> ENTRIES = Names.byName(
            Entry::name,
            onModel(NONE, "no regularizer", model -> {}),
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
            after("spatial-dropout", "rate " + RATE, () -> new SpatialDropout(RATE))
                    .on(Inputs.IMAGES),
            after("noise", "standard deviation 0.1", () -> new GaussianNoise(0.1f)),
            after("batchnorm", "momentum 0.99", BatchNorm::new),
            after("layernorm", "epsilon 0.001", LayerNorm::new),
            after("groupnorm", "8 groups, epsilon 0.001", () -> new GroupNorm(8))
                    .on(Inputs.IMAGES),
            after("instancenorm", "epsilon 0.001", InstanceNorm::new).on(Inputs.IMAGES),
            activity("activity-l1", new L1(LAMBDA)),
            onModel("label-smoothing", "0.1 of each label", model -> model.labelSmoothing(0.1f)),
            onFunction("tikhonov", new Tikhonov(0, LAMBDA, 0)).on(Inputs.FEATURES));

    private Catalogue() {}

    /** The inputs of the models that a regularizer is for. */
    public enum Inputs {
        /** It is for every model. */
        ANY,
        /** Plain features, so that all layers are dense. */
        FEATURES,
        /** Images, so that the hidden layers have channels with many positions. */
        IMAGES
    }

    /**
     * How a regularizer is put into a model.
     *
     * @param name its name on the command line
     * @param setting its numbers and its place, for reports
     * @param inputs the inputs of the models that it is for
     * @param onKernel what it does to each dense or convolution layer but the last
     * @param onFirstActivation what it does to the first hidden activation
     * @param afterActivation makes the layer that it puts after each hidden activation, if any
     * @param onModel what it does to the model as a whole
     */
    public record Entry(
            String name,
            String setting,
            Inputs inputs,
            Consumer<WeightedLayer<?>> onKernel,
            Consumer<Activation> onFirstActivation,
            Supplier<Optional<Layer<?>>> afterActivation,
            Consumer<ModelBuilder> onModel) {
        /** Returns the same for other models. */
        private Entry on(Inputs others) {
            return new Entry(name, setting, others, onKernel, onFirstActivation, afterActivation, onModel);
        }
    }

    /**
     * Returns the names of all regularizers.
     *
     * @return the names, in the order of reports; {@link #NONE} first
     */
    public static List<String> names() {
        return List.copyOf(ENTRIES.keySet());
    }

    /**
     * Returns a regularizer of this catalogue, or one of the user's own: a public class on the class path with a public
     * constructor without arguments that is a {@link Regularizer}, {@link TensorRegularizer} or {@link Constraint}. It goes
     * on the kernel of every layer but the last.
     *
     * @param name its name, or the full name of the class
     * @return how it is put into a model
     * @throws UnknownNameException if there is none of this name
     * @throws IllegalArgumentException if the class is something else or cannot be made
     */
    public static Entry named(String name) {
        if (ENTRIES.containsKey(name)) {
            return ENTRIES.get(name);
        }
        return switch (OwnClass.make(name).orElse(null)) {
            case null -> Names.find("regularizer", name, ENTRIES);
            case Regularizer penalty -> penalty(name, penalty);
            case TensorRegularizer penalty -> tensorPenalty(name, penalty);
            case Constraint constraint -> constraint(name, constraint);
            case Object other ->
                throw new IllegalArgumentException("Regularizer \"" + name + "\": "
                        + other.getClass().getSimpleName()
                        + " is none; let it implement Regularizer, TensorRegularizer or Constraint");
        };
    }

    private static Entry penalty(String name, Regularizer penalty) {
        return onKernels(name, penalty, weighted -> weighted.kernelRegularizer(penalty));
    }

    private static Entry tensorPenalty(String name, TensorRegularizer penalty) {
        return onKernels(name, penalty, weighted -> weighted.kernelTensorRegularizer(penalty));
    }

    private static Entry constraint(String name, Constraint constraint) {
        return onKernels(name, constraint, weighted -> weighted.kernelConstraint(constraint));
    }

    private static Entry onKernels(String name, Object what, Consumer<WeightedLayer<?>> put) {
        String setting = what + " on the kernels";
        return new Entry(name, setting, Inputs.ANY, put, activation -> {}, Optional::empty, model -> {});
    }

    private static Entry activity(String name, Regularizer penalty) {
        return new Entry(
                name,
                penalty + " on the first activation",
                Inputs.ANY,
                weighted -> {},
                activation -> activation.activityRegularizer(penalty),
                Optional::empty,
                model -> {});
    }

    private static Entry after(String name, String setting, Supplier<Layer<?>> layer) {
        return new Entry(
                name,
                setting + ", after each hidden activation",
                Inputs.ANY,
                weighted -> {},
                activation -> {},
                () -> Optional.of(layer.get()),
                model -> {});
    }

    private static Entry onFunction(String name, Tikhonov penalty) {
        return onModel(name, penalty + " on the model's function", model -> model.tikhonov(penalty));
    }

    private static Entry onModel(String name, String setting, Consumer<ModelBuilder> put) {
        return new Entry(name, setting, Inputs.ANY, weighted -> {}, activation -> {}, Optional::empty, put);
    }
}
