package dev.ridgeline.prune;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Activation;
import dev.ridgeline.layer.BatchNorm;
import dev.ridgeline.layer.Dense;
import dev.ridgeline.layer.Dropout;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.ModelBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Makes a pruned model smaller. A hidden unit goes
 *
 * <ul>
 *   <li>if all its incoming weights are zero: its output is a constant c, from its bias through activation and batch
 *       normalization (with the moving statistics), and c·w is added to the bias of each unit that it leads to;
 *   <li>if all its outgoing weights are zero: nothing depends on it.
 * </ul>
 *
 * <p>Both are followed through the whole model: a unit that only fed removed units goes too. In each layer one unit stays,
 * without weights if nothing depends on it.
 *
 * <p>The outputs in inference mode are equal to rounding: bit for bit where no constant but 0 is folded, since a product's
 * terms are added in order and a zero term changes nothing; else each changed pre-activation, with n terms, moves by at most
 * about (n + 2)·2⁻²⁴ times the sum of its terms' magnitudes. Training differs: dropout draws other masks, and batch
 * statistics and dropout no longer touch the constants.
 *
 * <p>When to use: after {@link UnitPruning}, or after other pruning where whole units died. Costs an inspection of each
 * weight.
 */
public final class Compaction {
    private final Model model;
    private final List<HiddenLayer> hidden;
    private final float[][] kernels;
    private final float[][] biases;
    private final BitSet[] kept;

    private Compaction(Model model) {
        this.model = model;
        hidden = HiddenLayer.of(model);
        List<Dense> dense = dense();
        kernels = new float[dense.size()][];
        biases = new float[dense.size()][];
        kept = new BitSet[dense.size()];
        for (int d = 0; d < kept.length; d++) {
            kernels[d] = HiddenLayer.kernel(dense.get(d)).value().clone();
            biases[d] = HiddenLayer.bias(dense.get(d)).value().clone();
            kept[d] = all(dense.get(d).outputs());
        }
    }

    /**
     * Returns a model without the dead units.
     *
     * @param model the model; not modified
     * @return a new model with the same layers, names, settings and masks and smaller tensors, to be closed on its own; its
     *     optimizer starts afresh. A pruned bias that a constant was added to is no longer masked
     * @throws IllegalArgumentException if there is a layer other than Dense, Activation, Dropout and BatchNorm (a unit of a
     *     convolution is a channel at many positions), or dead units lead into a softmax, which mixes them with the others
     */
    public static Model compact(Model model) {
        for (Layer<?> layer : model.layers()) {
            copy(layer, 1);
        }
        Compaction compaction = new Compaction(model);
        compaction.foldConstants();
        compaction.dropUnused();
        return compaction.build();
    }

    private List<Dense> dense() {
        return model.layers().stream()
                .filter(Dense.class::isInstance)
                .map(Dense.class::cast)
                .toList();
    }

    /** First to last: what a constant is folded into may be constant itself. */
    private void foldConstants() {
        for (int h = 0; h < hidden.size(); h++) {
            int units = hidden.get(h).dense().outputs();
            BitSet constant = new BitSet(units);
            for (int u = 0; u < units; u++) {
                constant.set(u, columnIsZero(h, u));
            }
            if (!constant.isEmpty()) {
                hidden.get(h).requireUnitWise("Compaction");
                fold(h, constant);
            }
        }
    }

    private boolean columnIsZero(int d, int column) {
        int columns = biases[d].length;
        for (int row = 0; row < kernels[d].length / columns; row++) {
            boolean live = d == 0 || kept[d - 1].get(row);
            if (live && kernels[d][row * columns + column] != 0) {
                return false;
            }
        }
        return true;
    }

    private void fold(int h, BitSet constant) {
        float[] c = biases[h];
        Pass pass = new Pass(new Team(1), false);
        for (Layer<?> layer : hidden.get(h).between()) {
            c = layer.share().forward(pass, 1, c);
        }
        int columns = biases[h + 1].length;
        for (int j = 0; j < columns; j++) {
            double sum = biases[h + 1][j];
            for (int u = constant.nextSetBit(0); u >= 0; u = constant.nextSetBit(u + 1)) {
                sum += (double) c[u] * kernels[h + 1][u * columns + j];
            }
            biases[h + 1][j] = (float) sum;
        }
        constant.stream().forEach(u -> Arrays.fill(kernels[h + 1], u * columns, (u + 1) * columns, 0));
        remove(h, constant);
    }

    /** Last to first: what leads to unused units only is unused itself. */
    private void dropUnused() {
        for (int h = hidden.size() - 1; h >= 0; h--) {
            BitSet unused = new BitSet();
            for (int u = kept[h].nextSetBit(0); u >= 0; u = kept[h].nextSetBit(u + 1)) {
                unused.set(u, rowIsZero(h + 1, u));
            }
            if (!unused.isEmpty()) {
                hidden.get(h).requireUnitWise("Compaction");
                remove(h, unused);
            }
        }
    }

    private boolean rowIsZero(int d, int row) {
        int columns = biases[d].length;
        for (int j = kept[d].nextSetBit(0); j >= 0; j = kept[d].nextSetBit(j + 1)) {
            if (kernels[d][row * columns + j] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Removes units, but keeps the first if they are all: nothing depends on it, so its incoming weights are cleared. */
    private void remove(int h, BitSet units) {
        int first = kept[h].nextSetBit(0);
        kept[h].andNot(units);
        if (kept[h].isEmpty()) {
            kept[h].set(first);
            for (int i = first; i < kernels[h].length; i += biases[h].length) {
                kernels[h][i] = 0;
            }
        }
    }

    private Model build() {
        ModelBuilder builder = Model.inputs(model.inputShape().sizes().stream()
                        .mapToInt(size -> size)
                        .toArray())
                .loss(model.loss())
                .labelSmoothing(model.labelSmoothing())
                .optimizer(model.optimizer())
                .learningRateSchedule(model.learningRateSchedule())
                .seed(model.seed())
                .threads(model.threads());
        if (model.tikhonov() != null) {
            builder.tikhonov(model.tikhonov());
        }
        if (model.largestGradient() < Float.POSITIVE_INFINITY) {
            builder.clipGradientValue(model.largestGradient());
        }
        if (model.largestGradientNorm() < Float.POSITIVE_INFINITY) {
            builder.clipGradientNorm(model.largestGradientNorm());
        }
        List<Layer<?>> copies = new ArrayList<>();
        int d = 0;
        for (Layer<?> layer : model.layers()) {
            Layer<?> copy = copy(layer, layer instanceof Dense ? kept[d++].cardinality() : 0);
            copies.add(copy);
            builder.add(copy);
        }
        Model smaller = builder.build();
        BitSet units = all(model.inputs());
        d = 0;
        for (int i = 0; i < copies.size(); i++) {
            if (model.layers().get(i) instanceof Dense large && copies.get(i) instanceof Dense small) {
                fill(HiddenLayer.kernel(large), kernels[d], units, kept[d], HiddenLayer.kernel(small));
                fill(HiddenLayer.bias(large), biases[d], all(1), kept[d], HiddenLayer.bias(small));
                units = kept[d++];
            } else {
                List<Parameter> from = model.layers().get(i).parameters();
                List<Parameter> to = copies.get(i).parameters();
                for (int p = 0; p < from.size(); p++) {
                    fill(from.get(p), from.get(p).value(), all(1), units, to.get(p));
                }
            }
        }
        return smaller;
    }

    /** Fills a smaller tensor with some rows and columns, and masks what was masked unless it is no longer zero. */
    private static void fill(Parameter from, float[] values, BitSet rows, BitSet columns, Parameter to) {
        to.set(select(values, from.columns(), rows, columns));
        if (from.mask() != null) {
            float[] mask = select(from.mask(), from.columns(), rows, columns);
            for (int i = 0; i < mask.length; i++) {
                mask[i] = to.value()[i] != 0 ? 1 : mask[i];
            }
            to.mask(mask);
        }
    }

    private static float[] select(float[] values, int stride, BitSet rows, BitSet columns) {
        float[] selected = new float[rows.cardinality() * columns.cardinality()];
        int at = 0;
        for (int i = rows.nextSetBit(0); i >= 0; i = rows.nextSetBit(i + 1)) {
            for (int j = columns.nextSetBit(0); j >= 0; j = columns.nextSetBit(j + 1)) {
                selected[at++] = values[i * stride + j];
            }
        }
        return selected;
    }

    private static BitSet all(int n) {
        BitSet all = new BitSet(n);
        all.set(0, n);
        return all;
    }

    /** Returns an unbuilt layer with the same settings; throws if the kind of layer is not known here. */
    private static Layer<?> copy(Layer<?> layer, int units) {
        return switch (layer) {
            case Dense dense -> {
                Parameter kernel = HiddenLayer.kernel(dense);
                Parameter bias = HiddenLayer.bias(dense);
                yield alike(
                        dense,
                        new Dense(units)
                                .initializer(dense.initializer())
                                .dropConnect(dense.dropConnect())
                                .kernelRegularizer(kernel.regularizer())
                                .kernelTensorRegularizer(kernel.tensorRegularizer())
                                .kernelSchedule(kernel.strength())
                                .kernelConstraint(kernel.constraint())
                                .biasRegularizer(bias.regularizer())
                                .biasSchedule(bias.strength())
                                .biasConstraint(bias.constraint()));
            }
            case Activation activation -> alike(activation, new Activation(activation.function()));
            case Dropout dropout -> alike(dropout, new Dropout(dropout.rate()));
            case BatchNorm norm -> alike(norm, new BatchNorm(norm.momentum(), norm.epsilon()));
            default ->
                throw new IllegalArgumentException("Compaction: " + layer + " is a " + layer.kind()
                        + "; only models of Dense, Activation, Dropout and BatchNorm are made smaller, since there a unit is one"
                        + " column; keep this model as it is: its pruned weights stay zero");
        };
    }

    private static <L extends Layer<L>> L alike(L layer, L copy) {
        copy.name(layer.name()).activitySchedule(layer.activityStrength());
        return layer.activityRegularizer() == null ? copy : copy.activityRegularizer(layer.activityRegularizer());
    }
}
