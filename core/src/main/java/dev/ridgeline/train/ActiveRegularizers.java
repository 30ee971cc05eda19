package dev.ridgeline.train;

import java.util.List;
import java.util.Locale;

/**
 * What {@link Model#verifyActive} has proved: each regularizer of a model and how much it changes in one training step.
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
