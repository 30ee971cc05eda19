package dev.ridgeline.train;

import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What regularizes each tensor of a model, and why nothing does where nothing does. Layers that regularize by themselves and
 * penalties on activations have lines of their own, after those of the layer's tensors.
 *
 * @param lines in layer order; copied
 */
public record Explanation(List<Line> lines) {
    private static final String NONE = "none";
    private static final Pattern SETTINGS = Pattern.compile("\\w+\\[(.*)]");

    /** Copies the list. */
    public Explanation {
        lines = List.copyOf(lines);
    }

    /**
     * What is known of one tensor, or of one layer's own effect.
     *
     * @param layer the layer, for example {@code Dense "hidden"}
     * @param role the tensor's role; {@code activity} for the layer's outputs, {@code layer} for the layer itself, {@code
     *     function} for what the model computes
     * @param shape the tensor's sizes, or those of a row of outputs
     * @param penalty the settings of the penalties, for example {@code lambda=1.0E-4}, or {@code none}
     * @param schedule what multiplies the penalties, or {@code none}
     * @param constraint the constraint, or {@code none}
     * @param decay the optimizer's own weight decay, or {@code none}
     * @param why what happens, in words
     */
    public record Line(
            String layer,
            String role,
            String shape,
            String penalty,
            String schedule,
            String constraint,
            String decay,
            String why) {
        private String[] cells() {
            return new String[] {layer, role, shape, penalty, schedule, constraint, decay, why};
        }
    }

    static Explanation of(Model model) {
        List<Line> lines = new ArrayList<>();
        for (Layer<?> layer : model.layers()) {
            layer.parameters().forEach(p -> lines.add(tensor(model, layer, p)));
            if (layer.activityRegularizer() != null) {
                lines.add(activity(layer));
            }
            if (!layer.effect().isEmpty()) {
                lines.add(new Line(
                        layer.toString(),
                        "layer",
                        layer.outputShape().toString(),
                        NONE,
                        NONE,
                        NONE,
                        NONE,
                        layer.effect() + (Verification.normalizes(layer) ? "" : ", in training only")));
            }
        }
        if (model.tikhonov() != null) {
            lines.add(new Line(
                    "model",
                    "function",
                    model.layers().getLast().outputShape().toString(),
                    settings(model.tikhonov()),
                    "constant",
                    NONE,
                    NONE,
                    model.tikhonov()
                            + " on the outputs as a function of the inputs, added to the gradients of all tensors"));
        }
        return new Explanation(lines);
    }

    private static Line tensor(Model model, Layer<?> layer, Parameter p) {
        List<String> penalties = new ArrayList<>();
        if (p.regularizer() != null) {
            penalties.add(settings(p.regularizer()));
        }
        if (p.tensorRegularizer() != null) {
            penalties.add(settings(p.tensorRegularizer()));
        }
        double decay = p.role().trained() ? model.optimizer().weightDecay(p) : 0;
        return new Line(
                layer.toString(),
                p.role().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                p.shape().toString(),
                penalties.isEmpty() ? NONE : String.join(" + ", penalties),
                penalties.isEmpty() ? NONE : schedule(p.strength()),
                p.constraint() == null ? NONE : p.constraint().toString(),
                decay == 0 ? NONE : String.valueOf(decay),
                why(model, p, decay));
    }

    private static Line activity(Layer<?> layer) {
        return new Line(
                layer.toString(),
                "activity",
                layer.outputShape().toString(),
                settings(layer.activityRegularizer()),
                schedule(layer.activityStrength()),
                NONE,
                NONE,
                layer.activityRegularizer()
                        + " on each output, divided by the rows of the batch; trains this layer and those"
                        + " before it");
    }

    private static String why(Model model, Parameter p, double decay) {
        String rule = model.optimizer().getClass().getSimpleName() + "'s rule";
        List<String> reasons = new ArrayList<>();
        if (p.regularizer() != null) {
            reasons.add(p.regularizer() + " on each element, " + manner(p.regularizer(), rule));
        }
        if (p.tensorRegularizer() != null) {
            reasons.add(p.tensorRegularizer() + " on the tensor as a whole, added to the gradient before " + rule);
        }
        if (reasons.isEmpty()) {
            reasons.add(
                    switch (p.role()) {
                        case KERNEL -> "no penalty is set";
                        case BIAS -> "a bias is not penalised unless asked";
                        case GAMMA, BETA -> "norm parameters are not penalised unless asked";
                        case MOVING_MEAN, MOVING_VARIANCE -> "a statistic, not trained";
                    });
        }
        Constraint constraint = p.constraint();
        if (constraint != null) {
            reasons.add(constraint + " after each update");
        }
        if (p.mask() != null) {
            int pruned = 0;
            for (float kept : p.mask()) {
                pruned += kept == 0 ? 1 : 0;
            }
            reasons.add(pruned + " of " + p.mask().length + " elements are pruned and stay 0");
        }
        if (decay != 0) {
            reasons.add("each update takes the learning rate times " + decay + " of each weight");
        }
        return String.join("; ", reasons);
    }

    private static String manner(Regularizer penalty, String rule) {
        return TensorVerification.proximal(penalty, -1, 1)
                ? "a proximal step after " + rule
                : "added to the gradient before " + rule;
    }

    private static String schedule(Schedule schedule) {
        return schedule instanceof Constant ? "constant" : schedule.toString();
    }

    /** The components of a record as it prints itself; the whole text of anything else. */
    private static String settings(Object penalty) {
        Matcher record = SETTINGS.matcher(penalty.toString());
        return record.matches() ? record.group(1) : penalty.toString();
    }

    /** Returns a table with one line for each tensor or effect. */
    @Override
    public String toString() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"layer", "tensor", "shape", "penalty", "schedule", "constraint", "decay", "why"});
        lines.forEach(line -> rows.add(line.cells()));
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
        }
        StringBuilder table = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            table.append(table.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return table.toString();
    }
}
