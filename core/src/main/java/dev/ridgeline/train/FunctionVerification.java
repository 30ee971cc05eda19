package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Layer;
import dev.ridgeline.layer.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The proof that Tikhonov's penalty on the function of a model acts as its formula says. */
final class FunctionVerification {
    private static final int DIRECTIONS = 4;

    /**
     * How many rows are tried, one by one. A rectifier that switches on the way makes the penalty jump: of many rows and
     * units one always does, of a single row seldom. A wrong gradient is wrong at every row.
     */
    private static final int ROWS = 16;

    /** How far to go, relative to a weight: values are computed from floats, nearer they are all rounding. */
    private static final float[] DISTANCES = {0x1p-8f, 0x1p-10f, 0x1p-6f, 0x1p-12f};

    private final Model model;
    private final TikhonovPenalty penalty;
    private final List<Parameter> tensors;
    private final int rows;
    private final float[] x;
    private final Team team = new Team(1);

    /** Prepares the proof on rows of x, with layers that share the model's tensors. */
    FunctionVerification(Model model, List<Layer<?>> layers, int rows, float[] x) {
        this.model = model;
        this.rows = rows;
        this.x = x;
        penalty = model.functionPenalty(layers);
        tensors = model.parameters().stream().filter(p -> p.role().trained()).toList();
    }

    /** Returns the largest change of a weight in a step; the tensors' gradients must be those of the loss. */
    double effect(double rate) {
        if (penalty == null) {
            throw new InactiveRegularizerException(
                    "model: " + model.tikhonov() + " has no order above 0. Remove it, or give h0, h1 or h2 a value");
        }
        List<float[]> loss = tensors.stream().map(p -> p.gradient().clone()).toList();
        requireSlope();
        List<float[]> gradients = gradients(rows, x);
        return Strength.requireEffect("model", model.tikhonov(), factor -> {
            double largest = 0;
            for (int k = 0; k < tensors.size(); k++) {
                Parameter p = tensors.get(k);
                float[] both = loss.get(k).clone();
                for (int i = 0; i < both.length; i++) {
                    both[i] += (float) factor * gradients.get(k)[i];
                }
                Trial with = Trial.plain(model.optimizer(), p);
                Trial without = Trial.plain(model.optimizer(), p);
                double moved = TensorVerification.effect(with, without, rate, p.value(), both, loss.get(k));
                largest = Math.max(largest, moved);
            }
            return largest;
        });
    }

    private List<float[]> gradients(int n, float[] at) {
        tensors.forEach(p -> Arrays.fill(p.gradient(), 0));
        penalty.addGradient(team, n, at);
        return tensors.stream().map(p -> p.gradient().clone()).toList();
    }

    /** Throws unless the gradient is the slope at one of the first rows. */
    private void requireSlope() {
        int inputs = model.inputs();
        InactiveRegularizerException refusal = null;
        for (int row = 0; row < Math.min(rows, ROWS); row++) {
            try {
                requireSlope(Arrays.copyOfRange(x, row * inputs, (row + 1) * inputs));
                return;
            } catch (InactiveRegularizerException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal;
    }

    /** Along some random directions u of all weights together the slope of the value must be Σ u·∇R. */
    private void requireSlope(float[] at) {
        List<float[]> gradients = gradients(1, at);
        SplittableRandom random = new SplittableRandom(1);
        double steepest = 0;
        for (int k = 0; k < DIRECTIONS; k++) {
            long seed = random.nextLong();
            Change change = null;
            for (int i = 0; i < DISTANCES.length && (change == null || !change.agrees()); i++) {
                change = change(at, gradients, seed, DISTANCES[i]);
            }
            steepest = Math.max(steepest, Math.abs(change.ofValue()));
            if (!change.agrees()) {
                throw change.refusal("model", model.tikhonov());
            }
        }
        if (steepest == 0) {
            throw new InactiveRegularizerException(
                    "model: " + model.tikhonov()
                            + " is the same at all weights: the function has no such slope. Penalise another order, or remove it");
        }
    }

    private Change change(float[] at, List<float[]> gradients, long direction, float distance) {
        SplittableRandom random = new SplittableRandom(direction);
        List<float[]> center = tensors.stream().map(p -> p.value().clone()).toList();
        List<float[]> delta = center.stream().map(float[]::clone).toList();
        for (float[] values : delta) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= random.nextBoolean() ? distance : -distance;
            }
        }
        double up = valueAt(at, center, delta, 1);
        double down = valueAt(at, center, delta, -1);
        double along = 0;
        double square = 0;
        for (int k = 0; k < delta.size(); k++) {
            for (int i = 0; i < delta.get(k).length; i++) {
                double share = 2.0 * delta.get(k)[i] * gradients.get(k)[i];
                along += share;
                square += share * share;
            }
        }
        return new Change(up - down, along, Math.sqrt(square));
    }

    private double valueAt(float[] at, List<float[]> center, List<float[]> delta, int sign) {
        for (int k = 0; k < center.size(); k++) {
            float[] w = tensors.get(k).value();
            for (int i = 0; i < w.length; i++) {
                w[i] = center.get(k)[i] + sign * delta.get(k)[i];
            }
        }
        double value = penalty.evaluate(team, 1, at);
        for (int k = 0; k < center.size(); k++) {
            System.arraycopy(center.get(k), 0, tensors.get(k).value(), 0, center.get(k).length);
        }
        return value;
    }
}
