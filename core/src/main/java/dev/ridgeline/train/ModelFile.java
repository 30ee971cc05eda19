package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.LayerFormat;
import dev.ridgeline.layer.Notation;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Shape;
import dev.ridgeline.optimizer.Adam;
import dev.ridgeline.optimizer.AdamW;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.optimizer.RmsProp;
import dev.ridgeline.optimizer.Sgd;
import dev.ridgeline.optimizer.Updater;
import dev.ridgeline.regularizer.Tikhonov;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.CosineDecay;
import dev.ridgeline.schedule.ExponentialDecay;
import dev.ridgeline.schedule.Schedule;
import dev.ridgeline.schedule.StepDecay;
import dev.ridgeline.schedule.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A model in one {@code .npz} file. It holds each tensor as {@code LAYER/TENSOR}, its mask, if it is pruned, as {@code
 * LAYER/TENSOR/mask}, each state of the optimizer as {@code LAYER/TENSOR/STATE}, and the configuration as a text of lines {@code key = value} in {@code configuration}.
 */
final class ModelFile {
    private static final String CONFIGURATION = "configuration";
    private static final int LONGEST_CONFIGURATION = 1 << 20;
    private static final String FORMAT = "1";
    private static final String LABEL_SMOOTHING = "label smoothing";

    /** What says how far training has come, and not what the model is. */
    private static final List<String> PROGRESS = List.of("steps", "epochs");

    private static final Notation NOTATION = new Notation(List.of(
            Sgd.class,
            Adam.class,
            AdamW.class,
            RmsProp.class,
            Constant.class,
            StepDecay.class,
            ExponentialDecay.class,
            CosineDecay.class,
            WarmUp.class));

    /** Bounds of the gradients, which are there only if they are set. */
    private static final String LARGEST_GRADIENT = "largest gradient";

    private static final String LARGEST_NORM = "largest gradient norm";

    private ModelFile() {}

    static void write(Model model, Path file) throws IOException {
        try (Npz.Writer out = new Npz.Writer(file)) {
            StringBuilder text = new StringBuilder();
            configuration(model).forEach((key, value) -> text.append(key + " = " + value + "\n"));
            if (text.length() > LONGEST_CONFIGURATION) {
                throw new IOException(file + ": the configuration takes " + text.length() + " characters, the limit is "
                        + LONGEST_CONFIGURATION + "; use fewer nodes in Tikhonov's quadrature");
            }
            out.text(CONFIGURATION, text.toString());
            for (Array array : arrays(model)) {
                out.floats(array.name, array.shape.sizes(), array.values);
            }
            for (Map.Entry<Parameter, String> named : names(model).entrySet()) {
                Parameter parameter = named.getKey();
                if (parameter.mask() != null) {
                    out.floats(maskOf(named.getValue()), parameter.shape().sizes(), parameter.mask());
                }
            }
            out.finish();
        }
    }

    /** An array of the file and where it belongs. */
    private record Array(String name, Shape shape, float[] values) {}

    private static List<Array> arrays(Model model) {
        List<Array> arrays = new ArrayList<>();
        Map<Parameter, String> names = names(model);
        names.forEach((parameter, name) -> arrays.add(new Array(name, parameter.shape(), parameter.value())));
        for (Updater.State state : model.optimizerStates()) {
            Parameter parameter = state.parameter();
            arrays.add(new Array(names.get(parameter) + "/" + state.name(), parameter.shape(), state.values()));
        }
        return arrays;
    }

    private static Map<Parameter, String> names(Model model) {
        Map<Parameter, String> names = new LinkedHashMap<>();
        for (Layer<?> layer : model.layers()) {
            for (Parameter parameter : layer.parameters()) {
                names.put(
                        parameter, layer.name() + "/" + parameter.role().name().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static String maskOf(String tensor) {
        return tensor + "/mask";
    }

    private static SequencedMap<String, String> configuration(Model model) {
        SequencedMap<String, String> text = new LinkedHashMap<>();
        text.put("format", FORMAT);
        text.put("inputs", model.inputShape().toString());
        text.put("loss", model.loss().name());
        if (model.labelSmoothing() > 0) {
            text.put(LABEL_SMOOTHING, String.valueOf(model.labelSmoothing()));
        }
        text.put("optimizer", NOTATION.write(model.optimizer()));
        text.put("learning rate schedule", NOTATION.write(model.learningRateSchedule()));
        putBound(text, LARGEST_GRADIENT, model.largestGradient());
        putBound(text, LARGEST_NORM, model.largestGradientNorm());
        text.put("seed", String.valueOf(model.seed()));
        text.put("steps", String.valueOf(model.steps()));
        text.put("epochs", String.valueOf(model.epochs()));
        if (model.tikhonov() != null) {
            TikhonovFormat.write(model.tikhonov(), text);
        }
        for (int i = 0; i < model.layers().size(); i++) {
            String prefix = "layer " + (i + 1) + " ";
            LayerFormat.write(model.layers().get(i)).forEach((key, value) -> text.put(prefix + key, value));
        }
        return text;
    }

    private static void putBound(Map<String, String> text, String key, float bound) {
        if (bound < Float.POSITIVE_INFINITY) {
            text.put(key, String.valueOf(bound));
        }
    }

    /** Reads everything before anything of the model is changed. */
    static void restore(Model model, Path file) throws IOException {
        try (Npz.Reader in = new Npz.Reader(file)) {
            SequencedMap<String, String> there = configuration(in, file);
            SequencedMap<String, String> here = configuration(model);
            SequencedMap<String, String> all = new LinkedHashMap<>(here);
            all.putAll(there);
            all.keySet().removeAll(PROGRESS);
            for (String key : all.keySet()) {
                if (!Objects.equals(here.get(key), there.get(key))) {
                    throw new ModelFileException(
                            file,
                            "it holds another model: " + key + " is " + there.get(key) + " there and " + here.get(key)
                                    + " here; build the model as it was when it was saved");
                }
            }
            fill(model, in, there, file);
        }
    }

    /** Makes the model that the configuration describes. Its tensors can have no more values than the file. */
    static Model read(Path file, int threads) throws IOException {
        try (Npz.Reader in = new Npz.Reader(file)) {
            SequencedMap<String, String> text = configuration(in, file);
            Model model = build(text, new AtomicLong(in.floats()), file, threads);
            try {
                fill(model, in, text, file);
                return model;
            } catch (IOException | RuntimeException e) {
                model.close();
                throw e;
            }
        }
    }

    private static Model build(Map<String, String> text, AtomicLong room, Path file, int threads)
            throws ModelFileException {
        try {
            int[] sizes = Arrays.stream(take(text, "inputs").split(" x "))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            ModelBuilder builder = Model.inputs(sizes)
                    .loss(NOTATION.read(Loss.class, take(text, "loss")))
                    .optimizer(NOTATION.read(Optimizer.class, take(text, "optimizer")))
                    .learningRateSchedule(NOTATION.read(Schedule.class, take(text, "learning rate schedule")))
                    .seed(NOTATION.read(Long.class, take(text, "seed")))
                    .threads(threads);
            if (text.containsKey(LARGEST_GRADIENT)) {
                builder.clipGradientValue((float) (double) NOTATION.read(Double.class, take(text, LARGEST_GRADIENT)));
            }
            if (text.containsKey(LARGEST_NORM)) {
                builder.clipGradientNorm((float) (double) NOTATION.read(Double.class, take(text, LARGEST_NORM)));
            }
            Tikhonov tikhonov = TikhonovFormat.read(text);
            if (tikhonov != null) {
                builder.tikhonov(tikhonov);
            }
            if (text.containsKey(LABEL_SMOOTHING)) {
                double smoothing = NOTATION.read(Double.class, take(text, LABEL_SMOOTHING));
                builder.labelSmoothing((float) smoothing);
            }
            for (Map<String, String> settings : layers(text).values()) {
                Layer<?> layer = LayerFormat.read(settings);
                layer.limit(room);
                builder.add(layer);
            }
            return builder.build();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(file, "no model can be made from its configuration: " + e.getMessage(), e);
        }
    }

    private static TreeMap<Integer, Map<String, String>> layers(Map<String, String> text) {
        TreeMap<Integer, Map<String, String>> layers = new TreeMap<>();
        text.forEach((key, value) -> {
            String[] words = key.split(" ", 3);
            if (words[0].equals("layer") && words.length == 3) {
                layers.computeIfAbsent(Integer.valueOf(words[1]), number -> new LinkedHashMap<>())
                        .put(words[2], value);
            }
        });
        return layers;
    }

    private static String take(Map<String, String> text, String key) {
        String value = text.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the line \"" + key + "\" is missing");
        }
        return value;
    }

    private static SequencedMap<String, String> configuration(Npz.Reader in, Path file) throws IOException {
        SequencedMap<String, String> text = new LinkedHashMap<>();
        for (String line : in.text(CONFIGURATION, LONGEST_CONFIGURATION).lines().toList()) {
            int equals = line.indexOf(" = ");
            if (equals < 0 || text.put(line.substring(0, equals), line.substring(equals + 3)) != null) {
                throw new ModelFileException(
                        file, "its configuration has the line \"" + line + "\", which is no new key = value");
            }
        }
        if (!FORMAT.equals(text.get("format"))) {
            throw new ModelFileException(
                    file,
                    "it is of format " + text.get("format") + "; this release reads format " + FORMAT
                            + " of its own files");
        }
        return text;
    }

    private static void fill(Model model, Npz.Reader in, Map<String, String> text, Path file) throws IOException {
        List<Array> arrays = arrays(model);
        List<String> foreign = new ArrayList<>(in.names());
        foreign.remove(CONFIGURATION);
        foreign.removeAll(arrays.stream().map(Array::name).toList());
        Map<Parameter, float[]> masks = masks(model, in, file);
        names(model).entrySet().stream()
                .filter(named -> masks.containsKey(named.getKey()))
                .forEach(named -> foreign.remove(maskOf(named.getValue())));
        if (!foreign.isEmpty()) {
            throw new ModelFileException(file, "it holds arrays that the model has no place for: " + foreign);
        }
        List<float[]> values = new ArrayList<>();
        for (Array array : arrays) {
            values.add(in.floats(array.name, array.shape.sizes()));
        }
        for (int i = 0; i < values.size(); i++) {
            requireFinite(file, arrays.get(i).name, values.get(i));
        }
        int steps = count(text, "steps", file);
        int epochs = count(text, "epochs", file);
        for (int i = 0; i < values.size(); i++) {
            System.arraycopy(values.get(i), 0, arrays.get(i).values, 0, values.get(i).length);
        }
        model.parameters().stream()
                .filter(parameter -> parameter.role().trained())
                .forEach(parameter -> parameter.mask(masks.get(parameter)));
        model.continueAfter(steps, epochs);
    }

    private static Map<Parameter, float[]> masks(Model model, Npz.Reader in, Path file) throws IOException {
        Map<Parameter, float[]> masks = new LinkedHashMap<>();
        for (Map.Entry<Parameter, String> named : names(model).entrySet()) {
            String name = maskOf(named.getValue());
            if (named.getKey().role().trained() && in.names().contains(name)) {
                float[] mask = in.floats(name, named.getKey().shape().sizes());
                for (int i = 0; i < mask.length; i++) {
                    if (mask[i] != 0 && mask[i] != 1) {
                        throw new ModelFileException(
                                file, "value " + i + " of \"" + name + "\" is " + mask[i] + "; a mask is 0 or 1");
                    }
                }
                masks.put(named.getKey(), mask);
            }
        }
        return masks;
    }

    private static void requireFinite(Path file, String name, float[] values) throws ModelFileException {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ModelFileException(
                        file, "value " + i + " of \"" + name + "\" is " + values[i] + "; all must be finite");
            }
        }
    }

    private static int count(Map<String, String> text, String key, Path file) throws ModelFileException {
        try {
            int count = NOTATION.read(Integer.class, take(text, key));
            if (count >= 0) {
                return count;
            }
            throw new IllegalArgumentException(key + " is " + count + "; it must be at least 0");
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(file, e.getMessage(), e);
        }
    }
}
