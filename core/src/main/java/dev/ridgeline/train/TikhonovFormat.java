package dev.ridgeline.train;

import dev.ridgeline.layer.Notation;
import dev.ridgeline.regularizer.Quadrature;
import dev.ridgeline.regularizer.Tikhonov;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tikhonov's penalty as lines of a model's configuration. */
final class TikhonovFormat {
    private static final Notation NOTATION = new Notation(List.of(Tikhonov.Constant.class));
    private static final String WEIGHT = "tikhonov h";
    private static final String INPUTS = "tikhonov node inputs";
    private static final String NODES = "tikhonov nodes";
    private static final String NODE_WEIGHTS = "tikhonov node weights";

    private TikhonovFormat() {}

    /** Writes a line for each weight and, if there are nodes, three more; a function is not written, only that it is one. */
    static void write(Tikhonov tikhonov, Map<String, String> text) {
        for (int r = 0; r < 3; r++) {
            text.put(WEIGHT + r, NOTATION.write(tikhonov.h(r)));
        }
        Quadrature rule = tikhonov.nodes();
        if (rule != null) {
            text.put(INPUTS, String.valueOf(rule.inputs()));
            text.put(NODES, join(rule.nodes()));
            text.put(NODE_WEIGHTS, join(rule.weights()));
        }
    }

    /**
     * Reads the penalty, or null if there is none.
     *
     * @throws IllegalArgumentException if a weight is a function, or a line is damaged
     */
    static Tikhonov read(Map<String, String> text) {
        if (!text.containsKey(WEIGHT + 0)) {
            return null;
        }
        Tikhonov.Weight[] h = new Tikhonov.Weight[3];
        for (int r = 0; r < 3; r++) {
            h[r] = NOTATION.read(Tikhonov.Weight.class, line(text, WEIGHT + r));
        }
        Tikhonov tikhonov = new Tikhonov(h[0], h[1], h[2]);
        return text.containsKey(INPUTS)
                ? tikhonov.over(Quadrature.of(
                        Integer.parseInt(line(text, INPUTS)),
                        split(line(text, NODES)),
                        split(line(text, NODE_WEIGHTS))))
                : tikhonov;
    }

    private static String line(Map<String, String> text, String key) {
        if (!text.containsKey(key)) {
            throw new IllegalArgumentException("the line \"" + key + "\" is missing");
        }
        return text.get(key);
    }

    private static String join(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Float.toString(values[i]))
                .collect(Collectors.joining(" "));
    }

    private static float[] split(String line) {
        String[] words = line.split(" ");
        float[] values = new float[words.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(words[i]);
        }
        return values;
    }
}
