package dev.ridgeline.layer;

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
import dev.ridgeline.regularizer.UnitNorm;
import dev.ridgeline.regularizer.WeightElimination;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.ExponentialDecay;
import dev.ridgeline.schedule.Schedule;
import dev.ridgeline.schedule.StepDecay;
import dev.ridgeline.schedule.WarmUp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** Layers as named texts: what a file says of a layer, and how the layer is made from it again. */
public final class LayerFormat {
    /** What regularizes a layer. */
    private static final Notation NOTATION = new Notation(List.of(
            L1.class,
            L2.class,
            ElasticNet.class,
            WeightElimination.class,
            MaxNorm.class,
            MaxWeight.class,
            ProximalL1.class,
            GroupLasso.class,
            Orthogonal.class,
            UnitNorm.class,
            NonNegative.class,
            Constant.class,
            StepDecay.class,
            ExponentialDecay.class,
            CosineDecay.class,
            WarmUp.class));

    private static final Schedule ALWAYS = new Constant();

    private LayerFormat() {}

    /**
     * Describes a layer.
     *
     * @param layer a layer that is built
     * @return its kind, its name, its sizes, and what regularizes it
     */
    public static SequencedMap<String, String> write(Layer<?> layer) {
        SequencedMap<String, String> text = new LinkedHashMap<>();
        text.put("kind", layer.kind());
        text.put("name", layer.name());
        switch (layer) {
            case Dense dense -> text.put("units", String.valueOf(dense.outputs()));
            case Convolution<?> convolution -> {
                text.put("filters", String.valueOf(convolution.outputShape().channels()));
                put(text, convolution.sliding());
            }
            case Pool<?> pool -> put(text, pool.sliding());
            case Flatten flatten -> {}
            case Activation activation ->
                text.put("function", activation.function().name());
            case Dropout dropout -> text.put("rate", String.valueOf(dropout.rate()));
            case SpatialDropout dropout -> text.put("rate", String.valueOf(dropout.rate()));
            case AlphaDropout dropout -> text.put("rate", String.valueOf(dropout.rate()));
            case GaussianDropout dropout -> text.put("rate", String.valueOf(dropout.rate()));
            case GaussianNoise noise -> text.put("deviation", String.valueOf(noise.deviation()));
            case BatchNorm norm -> text.put("momentum", String.valueOf(norm.momentum()));
            case GroupNorm norm -> text.put("groups", String.valueOf(norm.groups()));
            case LayerNorm norm -> {}
            case InstanceNorm norm -> {}
            default -> throw new IllegalStateException(layer + " has no text; add its kind here");
        }
        if (layer instanceof WeightedLayer<?> weighted) {
            text.put("initializer", weighted.initializer().name());
            if (weighted.dropConnect() > 0) {
                text.put("dropconnect", String.valueOf(weighted.dropConnect()));
            }
        }
        if (layer instanceof Normalization<?> norm) {
            text.put("epsilon", String.valueOf(norm.epsilon()));
        }
        for (Parameter parameter : layer.parameters()) {
            String role = parameter.role().name().toLowerCase(Locale.ROOT);
            put(text, role + " regularizer", parameter.regularizer());
            put(text, role + " tensor regularizer", parameter.tensorRegularizer());
            put(text, role + " schedule", parameter.strength());
            put(text, role + " constraint", parameter.constraint());
        }
        put(text, "activity regularizer", layer.activityRegularizer());
        put(text, "activity schedule", layer.activityStrength());
        return text;
    }

    private static void put(Map<String, String> text, Sliding sliding) {
        text.put("window", sliding.sizeText());
        text.put("strides", sliding.stridesText());
        text.put("padding", sliding.padding().name());
    }

    private static void put(Map<String, String> text, String key, Object setting) {
        if (setting != null && !setting.equals(ALWAYS)) {
            text.put(key, NOTATION.write(setting));
        }
    }

    /**
     * Makes a layer.
     *
     * @param text what {@link #write} wrote
     * @return a layer that belongs to no model yet
     * @throws IllegalArgumentException if a setting is missing, unknown, out of range or a class of the user's own
     */
    public static Layer<?> read(Map<String, String> text) {
        Settings settings = new Settings(new LinkedHashMap<>(text));
        String kind = settings.take("kind");
        String name = settings.take("name");
        Layer<?> layer = switch (kind) {
            case "Dense" -> new Dense(settings.integer("units"));
            case "Conv1D", "Conv2D", "Conv3D" -> convolution(kind, settings);
            case "MaxPool1D", "MaxPool2D", "MaxPool3D", "AveragePool1D", "AveragePool2D", "AveragePool3D" ->
                pool(kind, settings);
            case "Flatten" -> new Flatten();
            case "Activation" -> new Activation(settings.constant(Activation.Function.class, "function"));
            case "Dropout" -> new Dropout((float) settings.number("rate"));
            case "SpatialDropout" -> new SpatialDropout((float) settings.number("rate"));
            case "AlphaDropout" -> new AlphaDropout((float) settings.number("rate"));
            case "GaussianDropout" -> new GaussianDropout((float) settings.number("rate"));
            case "GaussianNoise" -> new GaussianNoise((float) settings.number("deviation"));
            case "BatchNorm" -> new BatchNorm(settings.number("momentum"), settings.number("epsilon"));
            case "LayerNorm" -> new LayerNorm(settings.number("epsilon"));
            case "GroupNorm" -> new GroupNorm(settings.integer("groups"), settings.number("epsilon"));
            case "InstanceNorm" -> new InstanceNorm(settings.number("epsilon"));
            default -> throw new IllegalArgumentException("kind = " + kind + " is no layer of this release");
        };
        layer.name(name);
        if (layer instanceof WeightedLayer<?> weighted) {
            weighted.initializer(settings.constant(Initializer.class, "initializer"));
            settings.optional("dropconnect", Double.class, rate -> weighted.dropConnect(rate.floatValue()));
            settings.optional("kernel regularizer", Regularizer.class, weighted::kernelRegularizer);
            settings.optional("kernel tensor regularizer", TensorRegularizer.class, weighted::kernelTensorRegularizer);
            settings.optional("kernel schedule", Schedule.class, weighted::kernelSchedule);
            settings.optional("kernel constraint", Constraint.class, weighted::kernelConstraint);
            settings.optional("bias regularizer", Regularizer.class, weighted::biasRegularizer);
            settings.optional("bias schedule", Schedule.class, weighted::biasSchedule);
            settings.optional("bias constraint", Constraint.class, weighted::biasConstraint);
        }
        if (layer instanceof Normalization<?> norm) {
            settings.optional("gamma regularizer", Regularizer.class, norm::gammaRegularizer);
            settings.optional("gamma schedule", Schedule.class, norm::gammaSchedule);
            settings.optional("gamma constraint", Constraint.class, norm::gammaConstraint);
            settings.optional("beta regularizer", Regularizer.class, norm::betaRegularizer);
            settings.optional("beta schedule", Schedule.class, norm::betaSchedule);
            settings.optional("beta constraint", Constraint.class, norm::betaConstraint);
        }
        settings.optional("activity regularizer", Regularizer.class, layer::activityRegularizer);
        settings.optional("activity schedule", Schedule.class, layer::activitySchedule);
        settings.requireNoneLeft(kind);
        return layer;
    }

    private static Layer<?> convolution(String kind, Settings settings) {
        int filters = settings.integer("filters");
        int[] size = settings.integers("window", rank(kind));
        Convolution<?> layer = switch (size.length) {
            case 1 -> new Conv1D(filters, size[0]);
            case 2 -> new Conv2D(filters, size[0], size[1]);
            default -> new Conv3D(filters, size[0], size[1], size[2]);
        };
        layer.slide(settings.integers("strides", size.length));
        return layer.padding(settings.constant(Padding.class, "padding"));
    }

    private static Layer<?> pool(String kind, Settings settings) {
        int[] size = settings.integers("window", rank(kind));
        boolean max = kind.startsWith("Max");
        Pool<?> layer = switch (size.length) {
            case 1 -> max ? new MaxPool1D(size[0]) : new AveragePool1D(size[0]);
            case 2 -> max ? new MaxPool2D(size[0], size[1]) : new AveragePool2D(size[0], size[1]);
            default -> max ? new MaxPool3D(size[0], size[1], size[2]) : new AveragePool3D(size[0], size[1], size[2]);
        };
        layer.slide(settings.integers("strides", size.length));
        return layer.padding(settings.constant(Padding.class, "padding"));
    }

    /** Returns the number before the D of a kind. */
    private static int rank(String kind) {
        return kind.charAt(kind.length() - 2) - '0';
    }

    /** The settings that are not taken yet. */
    private record Settings(Map<String, String> left) {
        String take(String key) {
            String value = left.remove(key);
            if (value == null) {
                throw new IllegalArgumentException("the setting \"" + key + "\" is missing");
            }
            return value;
        }

        int integer(String key) {
            return NOTATION.read(Integer.class, take(key));
        }

        /** Takes so many integers, written as a shape is: 3 x 3. */
        int[] integers(String key, int count) {
            String text = take(key);
            String[] words = text.split(" x ", -1);
            if (words.length != count) {
                throw new IllegalArgumentException(
                        key + " is " + text + "; it must have as many numbers as the kind has dimensions: " + count);
            }
            return Arrays.stream(words)
                    .mapToInt(word -> NOTATION.read(Integer.class, word))
                    .toArray();
        }

        double number(String key) {
            return NOTATION.read(Double.class, take(key));
        }

        <E extends Enum<E>> E constant(Class<E> type, String key) {
            return NOTATION.read(type, take(key));
        }

        <T> void optional(String key, Class<T> type, Consumer<T> setter) {
            if (left.containsKey(key)) {
                setter.accept(NOTATION.read(type, take(key)));
            }
        }

        void requireNoneLeft(String kind) {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(kind + " has no setting " + left.keySet());
            }
        }
    }
}
