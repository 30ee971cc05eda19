package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.regularizer.WeightElimination;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a model as a table. */
final class ModelTable {
    private ModelTable() {}

    static String of(Model model, Optimizer optimizer) {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"layer", "output", "parameters", "regularizers"});
        for (Layer<?> layer : model.layers()) {
            long count =
                    layer.parameters().stream().mapToLong(p -> p.value().length).sum();
            lines.add(new String[] {
                layer.toString(),
                "(batch, " + layer.outputShape().toString().replace(" x ", ", ") + ")",
                number(count),
                String.join(", ", regularizers(layer))
            });
        }
        int[] widths = new int[3];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (String[] line : lines) {
            String row = String.format(
                    Locale.ROOT, "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %s", (Object[])
                            line);
            table.append(row.stripTrailing()).append('\n');
        }
        String smoothing = model.labelSmoothing() > 0 ? ", label smoothing " + model.labelSmoothing() : "";
        return table + "total " + number(model.parameterCount()) + " parameters, loss " + model.loss() + smoothing
                + ", " + optimizer;
    }

    private static List<String> regularizers(Layer<?> layer) {
        List<String> names = new ArrayList<>();
        if (!layer.effect().isEmpty()) {
            names.add(layer.effect());
        }
        for (Parameter p : layer.parameters()) {
            String role = p.role().name().toLowerCase(Locale.ROOT);
            if (p.regularizer() != null) {
                names.add(role + " " + p.regularizer() + effective(p));
            }
            if (p.tensorRegularizer() != null) {
                names.add(role + " " + p.tensorRegularizer());
            }
            if (p.constraint() != null) {
                names.add(role + " " + p.constraint());
            }
        }
        if (layer.activityRegularizer() != null) {
            names.add("activity " + layer.activityRegularizer());
        }
        return names;
    }

    /** What weight elimination counts: the weights in use. */
    private static String effective(Parameter p) {
        return p.regularizer() instanceof WeightElimination elimination
                ? String.format(Locale.ROOT, " (%,.1f effective weights)", elimination.effectiveWeights(p.value()))
                : "";
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
