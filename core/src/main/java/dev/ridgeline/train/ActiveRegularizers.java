package dev.ridgeline.train;

import java.util.List;
import java.util.Locale;

/**
 * What {@link Model#verifyActive} has proved: each regularizer of a model and how much it changes in one training step. Ask
 * for it once, before a long run.
 *
 * <p>The proof takes the first rows of the data (at most 256) forward and backward in training mode, at weights moved away
 * from zero. Then each tensor is updated by an optimizer of the model's kind with state of its own:
 *
 * <ul>
 *   <li>Penalty r on the elements: the step with r at gradient g is the step without it at gradient g + s·(r(w + δ) - r(w -
 *       δ))/2δ. This holds for any rule, and it finds a {@code gradient} that is not the slope of {@code value}. Points
 *       without a slope, such as 0 for L1, are left out.
 *   <li>Penalty R on a tensor: the same with ∇R, which is compared with the slope of R along random directions.
 *   <li>Proximal penalty: the step ends at the minimum of (x - z)²/2 + t·r(x), where z is the end of the step without it.
 *   <li>Constraint P: the step ends at P(z), which differs from z where weights are large enough and of the right
 *       sign, and P(P(z)) = P(z).
 *   <li>Penalty on activations: it adds s·r'(y)/rows to the gradient, and moves a weight below it.
 *   <li>Tikhonov's penalty on the function: its gradient is the slope of its value along random directions of all weights,
 *       and moves a weight.
 *   <li>A layer that regularizes by itself: in training its outputs differ from those in inference. A normalization's
 *       differ from its inputs.
 *   <li>Every penalty moves at least one float weight by itself at the gradient of the data. This is tried for 32 steps from
 *       the same weights, so that momentum adds up, while the gradient of the loss changes its sign as the noise of
 *       batches does. If none moves, the error names the smallest λ that would do.
 * </ul>
 *
 * <p>A schedule is judged at the step where penalty and learning rate together are strongest, among those 0, 1, 2, 4, 8 ...
 * steps ahead: a penalty that is warming up passes, one that has ended does not.
 *
 * <p>Costs about as much as two training steps of 256 rows, 100 updates of each regularized tensor, 8 to 40 values of each
 * penalty on a tensor, and for each penalty on activations two backward passes and 64 updates of the tensors below it;
 * for Tikhonov's 8 to 32 of its values, its gradient, and 64 updates of all tensors.
 *
 * @param entries one for each regularizer, in layer order; copied
 */
public record ActiveRegularizers(List<Entry> entries) {
    /** Copies the list. */
    public ActiveRegularizers {
        entries = List.copyOf(entries);
    }

    /** What an effect is the size of. */
    public enum Measure {
        /** The largest change of a weight in one update, by a penalty on this tensor or by its constraint. */
        WEIGHT("weight"),
        /** The largest change of a weight in one update of the tensors below, by a penalty on activations. */
        WEIGHT_BELOW("weight below"),
        /** The largest change of one of the layer's outputs, by the layer itself. */
        OUTPUT("output");

        private final String text;

        Measure(String text) {
            this.text = text;
        }
    }

    /**
     * One regularizer that acts.
     *
     * @param where the tensor or layer, for example {@code Dense "dense1" kernel}
     * @param what the regularizer with its settings
     * @param effect how large the change is, above 0
     * @param measure what is changed
     */
    public record Entry(String where, String what, double effect, Measure measure) {}

    /** Returns one line for each regularizer. */
    @Override
    public String toString() {
        if (entries.isEmpty()) {
            return "no regularizer is configured";
        }
        int where = entries.stream().mapToInt(e -> e.where().length()).max().getAsInt();
        int what = entries.stream().mapToInt(e -> e.what().length()).max().getAsInt();
        StringBuilder text = new StringBuilder();
        for (Entry e : entries) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(String.format(
                            Locale.ROOT,
                            "%-" + where + "s  %-" + what + "s  changes a%s by up to %.1e",
                            e.where(),
                            e.what(),
                            (e.measure() == Measure.OUTPUT ? "n " : " ") + e.measure().text,
                            e.effect()));
        }
        return text.toString();
    }
}
