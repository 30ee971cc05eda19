package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.regularizer.ElasticNet;
import dev.ridgeline.regularizer.KktCertificate;
import dev.ridgeline.regularizer.L1;
import dev.ridgeline.regularizer.ProximalL1;
import dev.ridgeline.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far the tensors with an L1 penalty (L1, ProximalL1, ElasticNet) are from a stationary point of what training minimises, L(w) + λ₁ Σ|w| + ½ λ₂ Σw²:
 * one {@link KktCertificate} each. L is the mean loss over the whole data set in inference mode with its penalties on
 * activations, tensors and the function; λ₁ and λ₂ are those of the model's present step.
 *
 * <p>A stationary point of a network need not be a minimum. A large violation always means that training has not ended, or
 * that it cannot: with dropout or batch statistics it minimises another mean than the one measured here, and a constraint
 * or a mask keeps weights where they are allowed. Neither is part of the conditions.
 *
 * <p>Costs as much as the forward and backward passes of an epoch. Gradients of 256 rows each are added in double.
 *
 * @param entries one for each tensor with such a penalty, in layer order; copied
 */
public record StationarityReport(List<Entry> entries) {
    private static final int ROWS = 256;

    /** Copies the list. */
    public StationarityReport {
        entries = List.copyOf(entries);
    }

    /**
     * The certificate of one tensor.
     *
     * @param tensor its name, for example {@code Dense "hidden1" kernel}
     * @param certificate the largest violation and the number of weights that are not zero
     */
    public record Entry(String tensor, KktCertificate certificate) {}

    static StationarityReport of(Model model, Dataset data) {
        model.requireFit(data);
        Map<Parameter, double[]> sums = new IdentityHashMap<>();
        Map<Parameter, float[]> before = new IdentityHashMap<>();
        for (Parameter p : model.parameters()) {
            if (p.role().trained()) {
                before.put(p, p.gradient().clone());
                if (l1(p.regularizer()) > 0) {
                    sums.put(p, new double[p.value().length]);
                }
            }
        }
        try {
            if (!sums.isEmpty()) {
                addGradients(model, data, sums);
            }
        } finally {
            before.forEach((p, gradient) -> System.arraycopy(gradient, 0, p.gradient(), 0, gradient.length));
        }
        List<Entry> entries = new ArrayList<>();
        for (Parameter p : model.parameters()) {
            if (sums.containsKey(p)) {
                entries.add(new Entry(p.name(), certificate(p, model.steps(), sums.get(p))));
            }
        }
        return new StationarityReport(entries);
    }

    /** Returns λ₁ of a penalty; 0 if it has none. */
    private static double l1(Regularizer penalty) {
        return switch (penalty) {
            case L1 lasso -> lasso.lambda();
            case ProximalL1 lasso -> lasso.lambda();
            case ElasticNet net -> net.l1();
            case null, default -> 0;
        };
    }

    private static KktCertificate certificate(Parameter p, int step, double[] gradient) {
        double strength = p.strength().at(step);
        double l2 = p.regularizer() instanceof ElasticNet net ? net.l2() : 0;
        double[] w = new double[gradient.length];
        Arrays.setAll(w, i -> p.value()[i]);
        if (p.tensorRegularizer() != null) {
            float[] whole = new float[w.length];
            p.tensorRegularizer().gradient(p.rows(), p.columns()).add(new Team(1), (float) strength, p.value(), whole);
            for (int i = 0; i < whole.length; i++) {
                gradient[i] += whole[i];
            }
        }
        return KktCertificate.of(strength * l1(p.regularizer()), strength * l2, w, gradient);
    }

    private static void addGradients(Model model, Dataset data, Map<Parameter, double[]> sums) {
        // what acts in training only is the identity here
        List<? extends Layer<?>> layers = model.layers().stream()
                .filter(layer -> layer.effect().isEmpty() || !layer.parameters().isEmpty())
                .map(Layer::share)
                .toList();
        TikhonovPenalty function = model.functionPenalty(layers);
        Pass pass = new Pass(new Team(1), false);
        pass.step(model.steps());
        int[] order = new int[data.rows()];
        Arrays.setAll(order, i -> i);
        int outputs = model.outputs();
        float[] losses = new float[ROWS * model.loss().elements(outputs)];
        Batch batch = new Batch();
        for (int from = 0; from < data.rows(); from += ROWS) {
            int rows = Math.min(ROWS, data.rows() - from);
            batch.gather(data, order, from, from + rows);
            float[] y = batch.x();
            for (Layer<?> layer : layers) {
                y = layer.forward(pass, rows, y);
            }
            float[] dy = new float[rows * outputs];
            model.loss().elements(rows, outputs, y, batch, losses, dy);
            for (int i = layers.size() - 1; i >= 0; i--) {
                float[] x = i == 0 ? batch.x() : layers.get(i - 1).activation();
                layers.get(i).addActivityGradient(pass, rows, dy);
                dy = layers.get(i).backwardOfLoss(pass, rows, x, dy, i > 0);
            }
            if (function != null) {
                function.addGradient(pass.team(), rows, batch.x());
            }
            double share = (double) rows / data.rows();
            sums.forEach((p, sum) -> {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += share * p.gradient()[i];
                }
            });
        }
    }

    /** Returns one line for each tensor. */
    @Override
    public String toString() {
        if (entries.isEmpty()) {
            return "no tensor has an L1 penalty";
        }
        int width = entries.stream().mapToInt(e -> e.tensor().length()).max().getAsInt();
        StringBuilder text = new StringBuilder();
        for (Entry e : entries) {
            KktCertificate c = e.certificate();
            text.append(text.isEmpty() ? "" : "\n")
                    .append(String.format(
                            Locale.ROOT,
                            "%-" + width
                                    + "s  lambda %.3g  largest violation %.3g (%.3g times lambda)  non-zeros %,d of %,d",
                            e.tensor(),
                            c.l1(),
                            c.violation(),
                            c.relativeViolation(),
                            c.nonZeros(),
                            c.weights()));
        }
        return text.toString();
    }
}
