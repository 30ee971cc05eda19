package dev.ridgeline.train;

import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.layer.Parameter.Role;
import dev.ridgeline.layer.Pass;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.schedule.Constant;
import dev.ridgeline.schedule.Schedule;
import dev.ridgeline.train.ActiveRegularizers.Entry;
import dev.ridgeline.train.ActiveRegularizers.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Proves on perturbed weights that each regularizer of a model acts; see {@link Model#verifyActive}. */
final class Verification {
    private static final int ROWS = 256;
    private static final int LATEST_STEP = 1 << 30;

    private final Model model;

    /** Layers that share the model's tensors and nothing else. */
    private final List<Layer<?>> layers = new ArrayList<>();

    private final Pass pass = new Pass(new Team(1), true);
    private final List<Entry> entries = new ArrayList<>();
    private int rows;
    private float[] x;
    private float[] lossGradient;

    private Verification(Model model) {
        this.model = model;
        model.layers().forEach(layer -> layers.add(layer.share()));
    }

    static ActiveRegularizers of(Model model, Dataset data) {
        model.requireFit(data);
        model.requireFiniteParameters();
        List<float[]> values = new ArrayList<>();
        List<float[]> gradients = new ArrayList<>();
        for (Parameter p : model.parameters()) {
            values.add(p.value().clone());
            gradients.add(p.role().trained() ? p.gradient().clone() : null);
        }
        try {
            return new Verification(model).verify(data);
        } finally {
            for (int i = 0; i < values.size(); i++) {
                Parameter p = model.parameters().get(i);
                System.arraycopy(values.get(i), 0, p.value(), 0, p.value().length);
                if (p.role().trained()) {
                    System.arraycopy(gradients.get(i), 0, p.gradient(), 0, p.value().length);
                }
            }
        }
    }

    private ActiveRegularizers verify(Dataset data) {
        perturb();
        forward(data);
        backward(-1, 0, 0);
        for (int i = 0; i < layers.size(); i++) {
            Layer<?> layer = layers.get(i);
            for (Parameter p : layer.parameters()) {
                tensor(p);
            }
            if (layer.activityRegularizer() != null) {
                activity(i);
            }
            if (!layer.effect().isEmpty()) {
                effect(i);
            }
        }
        if (model.tikhonov() != null) {
            int step = strongestStep("model", new Constant());
            double effect = new FunctionVerification(model, layers, rows, x)
                    .effect(model.learningRateSchedule().at(step));
            entries.add(new Entry("model", model.tikhonov().toString(), effect, Measure.WEIGHT));
        }
        return new ActiveRegularizers(entries);
    }

    /** Moves each trained weight away from zero, by at most the tensor's root mean square: small weights by little. What is pruned stays zero. */
    private void perturb() {
        SplittableRandom random = new SplittableRandom(0);
        for (Parameter p : model.parameters()) {
            double square = 0;
            for (float w : p.value()) {
                square += (double) w * w;
            }
            double size = Math.max(Math.sqrt(square / p.value().length), 0.01);
            for (int i = 0; p.role().trained() && i < p.value().length; i++) {
                boolean positive = p.value()[i] > 0 || p.value()[i] == 0 && random.nextBoolean();
                // from size/64 to size, evenly over the magnitudes
                double distance = size * Math.scalb(1 - random.nextDouble() / 2, -random.nextInt(6));
                p.value()[i] += (float) (positive ? distance : -distance);
            }
            p.applyMask(0, p.value().length);
        }
    }

    private void forward(Dataset data) {
        rows = Math.min(ROWS, data.rows());
        int[] order = new int[rows];
        Arrays.setAll(order, i -> i);
        Batch batch = new Batch();
        batch.gather(data, order, 0, rows);
        x = batch.x();
        pass.step(model.steps());
        float[] y = x;
        for (Layer<?> layer : layers) {
            y = layer.forward(pass, rows, y);
        }
        Loss loss = model.loss();
        float[] losses = new float[rows * loss.elements(model.outputs())];
        lossGradient = new float[rows * model.outputs()];
        loss.elements(rows, model.outputs(), y, batch, losses, lossGradient);
        double mean = loss.mean(rows, model.outputs(), losses);
        if (!Double.isFinite(mean)) {
            throw new NonFiniteLossException("the loss is " + mean + " on the first " + rows
                    + " rows at weights near the model's; scale the features, or start with smaller weights");
        }
    }

    private float[] input(int layer) {
        return layer == 0 ? x : layers.get(layer - 1).activation();
    }

    /** Fills the gradients of all tensors; the activity penalty of one layer is that of another step, times a factor. */
    private void backward(int special, int step, double factor) {
        float[] dy = lossGradient.clone();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer<?> layer = layers.get(i);
            if (i == special) {
                float[] penalty = activityGradient(layer, step);
                for (int j = 0; j < penalty.length; j++) {
                    dy[j] += (float) factor * penalty[j];
                }
            } else {
                layer.addActivityGradient(pass, rows, dy);
            }
            dy = layer.backwardOfLoss(pass, rows, input(i), dy, i > 0);
        }
    }

    private float[] activityGradient(Layer<?> layer, int step) {
        float[] gradient = new float[rows * layer.outputs()];
        pass.step(step);
        layer.addActivityGradient(pass, rows, gradient);
        pass.step(model.steps());
        return gradient;
    }

    private void tensor(Parameter p) {
        if (p.penalised()) {
            int step = strongestStep(p.name(), p.strength());
            TensorVerification proof = proof(p, step);
            if (p.regularizer() != null) {
                entries.add(entry(p, p.regularizer(), proof.element(p.regularizer())));
            }
            if (p.tensorRegularizer() != null) {
                entries.add(entry(p, p.tensorRegularizer(), proof.whole(p.tensorRegularizer())));
            }
        }
        if (p.constraint() != null) {
            TensorVerification proof = proof(p, strongestStep(p.name(), model.learningRateSchedule()));
            entries.add(entry(p, p.constraint(), proof.constraint(p.constraint())));
        }
    }

    private TensorVerification proof(Parameter p, int step) {
        double rate = model.learningRateSchedule().at(step);
        return new TensorVerification(
                model.optimizer(), p, p.value().clone(), p.gradient().clone(), step, rate);
    }

    private static Entry entry(Parameter p, Object what, double effect) {
        if (effect == 0) {
            throw new InactiveRegularizerException(
                    p.name() + ": " + what + " moves no weight, however strong it is; remove it");
        }
        return new Entry(p.name(), what.toString(), effect, Measure.WEIGHT);
    }

    /**
     * Returns the step from the model's present one on at which a penalty times the learning rate is strongest, among those
     * 0, 1, 2, 4, 8 ... ahead: a penalty that is only warming up is not inactive.
     */
    private int strongestStep(String name, Schedule strength) {
        int strongest = -1;
        double largest = 0;
        for (long ahead = 0; model.steps() + ahead <= LATEST_STEP; ahead = ahead == 0 ? 1 : 2 * ahead) {
            int step = (int) (model.steps() + ahead);
            double product = strength.at(step) * model.learningRateSchedule().at(step);
            if (product > largest) {
                largest = product;
                strongest = step;
            }
        }
        if (strongest < 0) {
            throw new InactiveRegularizerException(
                    name + ": its schedule " + strength + " times that of the learning rate, "
                            + model.learningRateSchedule() + ", is 0 in every step from step " + model.steps()
                            + " on; change the schedules, or remove the penalty");
        }
        return strongest;
    }

    /** The penalty's gradient must be s·r'(y)/rows by the values of r, and there must be a weight that it moves. */
    private void activity(int at) {
        Layer<?> layer = layers.get(at);
        String name = layer + " activity";
        Regularizer penalty = layer.activityRegularizer();
        List<Parameter> below = layers.subList(0, at + 1).stream()
                .flatMap(l -> l.parameters().stream())
                .filter(p -> p.role().trained())
                .toList();
        if (below.isEmpty()) {
            throw new InactiveRegularizerException(
                    name + ": " + penalty + " acts on nothing: neither this layer nor one"
                            + " before it has a weight to train; put it on a later layer, or remove it");
        }
        int step = strongestStep(name, layer.activityStrength());
        requireActivityGradient(name, layer, step);
        backward(at, step, 0);
        List<float[]> without = gradients(below);
        double rate = model.learningRateSchedule().at(step);
        double effect = Strength.requireEffect(name, penalty, factor -> {
            backward(at, step, factor);
            return movement(below, without, rate);
        });
        if (effect == 0) {
            throw new InactiveRegularizerException(name + ": " + penalty
                    + " changes no gradient of a weight: what lies between them passes nothing on");
        }
        backward(-1, 0, 0);
        entries.add(new Entry(name, penalty.toString(), effect, Measure.WEIGHT_BELOW));
    }

    private static List<float[]> gradients(List<Parameter> tensors) {
        return tensors.stream().map(p -> p.gradient().clone()).toList();
    }

    private double movement(List<Parameter> tensors, List<float[]> without, double rate) {
        double largest = 0;
        for (int i = 0; i < tensors.size(); i++) {
            Parameter p = tensors.get(i);
            Trial a = Trial.plain(model.optimizer(), p);
            Trial b = Trial.plain(model.optimizer(), p);
            double moved = TensorVerification.effect(a, b, rate, p.value(), p.gradient(), without.get(i));
            largest = Math.max(largest, moved);
        }
        return largest;
    }

    private void requireActivityGradient(String name, Layer<?> layer, int step) {
        Regularizer penalty = layer.activityRegularizer();
        int n = rows * layer.outputs();
        float[] y = layer.activation();
        Slope slope = Slope.of(name, penalty, layer.activityStrength().at(step) / rows, y, n);
        if (slope.largest() == 0) {
            throw new InactiveRegularizerException(name + ": " + penalty + " is the same at all outputs of the first "
                    + rows + " rows: its λ is 0, or so are the outputs. Remove it, or give it a value above 0");
        }
        float[] gradient = activityGradient(layer, step);
        for (int i = 0; i < n; i++) {
            boolean right = Math.abs(gradient[i] - slope.at(i)) <= 1e-3 * slope.largest();
            if (!right && !Double.isNaN(slope.at(i))) {
                throw new InactiveRegularizerException(name + ": " + penalty
                        + " does not act as its formula says: at y = " + y[i] + " the slope of value() over " + rows
                        + " rows is " + slope.at(i) + ", what is added to the gradient " + gradient[i]
                        + ". Correct gradient(), or value()");
            }
        }
    }

    static boolean normalizes(Layer<?> layer) {
        return layer.parameters().stream().anyMatch(p -> p.role() == Role.GAMMA || p.role() == Role.BETA);
    }

    /** A mean over a single value is that value: all that is left of it is the offset. */
    private void requireInformation(Layer<?> layer, float[] y) {
        float[] beta = layer.parameters().stream()
                .filter(p -> p.role() == Role.BETA)
                .findFirst()
                .orElseThrow()
                .value();
        for (int i = 0; i < rows * layer.outputs(); i++) {
            if (y[i] != beta[i % beta.length]) {
                return;
            }
        }
        throw new InactiveRegularizerException(
                layer + ": its outputs are its offsets, whatever goes in: each mean is over"
                        + " one value, or all values that it is over are equal. Remove the layer, or let it normalize over more"
                        + " positions, channels or rows");
    }

    /** What a layer does in training must differ from what it does in inference; a normalization must change its input. */
    private void effect(int at) {
        Layer<?> layer = layers.get(at);
        int n = rows * layer.outputs();
        float[] trained = layer.activation();
        float[] plain = normalizes(layer)
                ? input(at)
                : model.layers().get(at).share().forward(new Pass(new Team(1), false), rows, input(at));
        if (normalizes(layer)) {
            requireInformation(layer, trained);
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs((double) trained[i] - plain[i]));
        }
        if (largest == 0) {
            throw new InactiveRegularizerException(
                    layer + ": " + layer.effect() + " changes no output on the first " + rows
                            + " rows in training: its rate is 0, or so are its inputs. Give it a rate above 0, or remove it");
        }
        entries.add(new Entry(layer.toString(), layer.effect(), largest, Measure.OUTPUT));
    }
}
