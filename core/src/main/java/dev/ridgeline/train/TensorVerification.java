package dev.ridgeline.train;

import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.optimizer.Optimizer;
import dev.ridgeline.regularizer.Constraint;
import dev.ridgeline.regularizer.Regularizer;
import dev.ridgeline.regularizer.TensorRegularizer;
import dev.ridgeline.schedule.Constant;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Proofs that what regularizes one tensor acts as its formula says. They use an optimizer of the model's kind with state of
 * its own, the tensor's perturbed weights w, and the gradient g that the data gives there.
 */
final class TensorVerification {
    /** How far a step may be from what the formula says, relative to the largest effect of the penalty. */
    private static final double TOLERANCE = 1e-3;

    /** How far to go, relative to a weight: the farther, the more kinks are met; the nearer, the more values are rounded. */
    private static final float[] DISTANCES = {0x1p-14f, 0x1p-16f, 0x1p-12f, 0x1p-18f, 0x1p-10f};

    private static final int DIRECTIONS = 4;
    private static final int STEPS = 32;
    private static final float IDEMPOTENT = 1e-5f;

    private final Optimizer optimizer;
    private final Parameter tensor;
    private final float[] w;
    private final float[] g;
    private final int step;
    private final double rate;
    private final double strength;

    /**
     * Prepares the proofs.
     *
     * @param step the training step at which the penalties' schedule is judged
     * @param rate the factor of the learning rate in that step
     */
    TensorVerification(Optimizer optimizer, Parameter tensor, float[] w, float[] g, int step, double rate) {
        this.optimizer = optimizer;
        this.tensor = tensor;
        this.w = w;
        this.g = g;
        this.step = step;
        this.rate = rate;
        strength = tensor.strength().at(step);
    }

    /** Proves an element-wise penalty and returns the largest change of a weight in one step. */
    double element(Regularizer penalty) {
        Slope slope = Slope.of(tensor.name(), penalty, strength, w, w.length);
        if (slope.defined() == 0) {
            throw new InactiveRegularizerException(tensor.name() + ": value() of " + penalty
                    + " has no derivative at any weight; make it a smooth function, of single points aside");
        }
        requireSlope(penalty, slope.largest());
        double effect = Strength.requireEffect(
                tensor.name(),
                penalty,
                factor -> effect(Trial.with(
                        optimizer,
                        tensor,
                        new Strength.Element(penalty, (float) (strength * factor)),
                        new Constant())));
        if (proximal(penalty, w)) {
            requireProximalStep(penalty);
        } else {
            requireStep(penalty, slope);
        }
        return effect;
    }

    /** Proves a penalty on the whole tensor and returns the largest change of a weight in one step. */
    double whole(TensorRegularizer penalty) {
        float[] gradient = new float[w.length];
        penalty.gradient(tensor.rows(), tensor.columns()).add(new Team(1), (float) strength, w, gradient);
        requireDirectionalDerivatives(penalty, gradient);
        double effect = Strength.requireEffect(
                tensor.name(),
                penalty,
                factor -> effect(Trial.with(
                        optimizer, tensor, new Strength.Whole(penalty, (float) (strength * factor)), new Constant())));
        Trial with = Trial.with(optimizer, tensor, penalty, tensor.strength());
        double[] added = new double[w.length];
        Arrays.setAll(added, i -> gradient[i]);
        int worst = wrongElement(with, added);
        if (worst >= 0) {
            throw optimizerIgnores(penalty, worst);
        }
        return effect;
    }

    private void requireSlope(Object penalty, double largest) {
        if (largest == 0) {
            throw new InactiveRegularizerException(tensor.name() + ": " + penalty
                    + " is the same at all weights: its λ is 0. Remove it, or give it a value above 0");
        }
    }

    /** Returns the largest |w' - w| between the updates with and without a penalty; 0 if all floats are the same. */
    private double effect(Trial with) {
        return effect(with, Trial.plain(optimizer, tensor), rate, w, g, g);
    }

    /**
     * Returns the largest difference of a weight between the updates of two trials, whose gradients are g and other. The
     * weights are held for some steps, so that momentum adds up what is there in each of them; the gradient of the loss
     * changes its sign each time as the noise of batches does, or Adam and RMSprop would divide the penalty away.
     */
    static double effect(Trial with, Trial without, double rate, float[] w, float[] other, float[] g) {
        float[] signed = new float[w.length];
        double largest = 0;
        for (int k = 0; k < STEPS; k++) {
            float sign = k % 2 == 0 ? 1 : -1;
            for (int i = 0; i < w.length; i++) {
                signed[i] = sign * g[i];
            }
            float[] plain = without.step(k, rate, w, signed);
            for (int i = 0; i < w.length; i++) {
                signed[i] += other[i] - g[i];
            }
            float[] penalised = with.step(k, rate, w, signed);
            for (int i = 0; i < w.length; i++) {
                largest = Math.max(largest, Math.abs((double) penalised[i] - plain[i]));
            }
        }
        return largest;
    }

    /** Whether a penalty acts by its proximal step. */
    static boolean proximal(Regularizer penalty, float... w) {
        for (float value : w) {
            for (int k = -20; k <= 100; k += 20) {
                if (penalty.proximal(value, Math.scalb(Math.abs(value), k)) != value) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A step with the penalty at gradient g must be the step without it at g + s·r'(w), with r' from the values of r. For
     * this the gradient is as large as the penalty's and the learning rate so large that w is small against the step: no
     * float hides a difference, however small λ is.
     */
    private void requireStep(Regularizer penalty, Slope slope) {
        double[] added = new double[w.length];
        Arrays.setAll(added, slope::at);
        int worst = wrongElement(Trial.with(optimizer, tensor, penalty, tensor.strength()), added);
        if (worst < 0) {
            return;
        }
        double due = slope.at(worst) / strength;
        float gradient = penalty.gradient(w[worst]);
        if (Math.abs(gradient - due) <= TOLERANCE * slope.largest() / strength) {
            throw optimizerIgnores(penalty, worst);
        }
        throw new InactiveRegularizerException(tensor.name() + ": " + penalty
                + " does not act as its formula says: at w = " + w[worst] + " the slope of value() is " + due
                + ", but gradient() is " + gradient + ", which a step of " + optimizer
                + " follows. Correct gradient(), or value()");
    }

    private InactiveRegularizerException optimizerIgnores(Object penalty, int element) {
        return new InactiveRegularizerException(tensor.name() + ": a step of " + optimizer
                + " does not add the gradient of " + penalty + " at element " + element
                + "; an optimizer must add it to the gradient of the loss before its rule");
    }

    /** Returns the element whose step differs most from the one that is due, or -1 if all agree. */
    private int wrongElement(Trial with, double[] added) {
        double largest = 0;
        for (double a : added) {
            largest = Math.max(largest, Double.isNaN(a) ? 0 : Math.abs(a));
        }
        float size = (float) largest;
        float[] noise = filled(size, 1);
        float[] base = filled(size / 2, 3);
        float[] due = base.clone();
        for (int i = 0; i < due.length; i++) {
            due[i] += Double.isNaN(added[i]) ? 0 : (float) added[i];
        }
        Trial without = Trial.plain(optimizer, tensor);
        Trial expected = Trial.plain(optimizer, tensor);
        Trial warm = Trial.plain(optimizer, tensor);
        warm.step(step, rate, w, noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = -noise[i];
        }
        warm.step(step, rate, w, noise);
        float magnitude = 0;
        for (float value : w) {
            magnitude = Math.max(magnitude, Math.abs(value));
        }
        double effect = 0;
        int worst = -1;
        for (double factor = rate; effect < 4 * magnitude && factor < 1e36; factor *= 16) {
            with.stateOf(warm);
            without.stateOf(warm);
            expected.stateOf(warm);
            float[] actual = with.step(step, factor, w, base);
            float[] plain = without.step(step, factor, w, base);
            float[] right = expected.step(step, factor, w, due);
            effect = 0;
            for (int i = 0; i < w.length; i++) {
                effect = Math.max(effect, Math.abs((double) right[i] - plain[i]));
            }
            worst = worst(added, actual, right, TOLERANCE * effect);
        }
        return worst;
    }

    private static int worst(double[] added, float[] actual, float[] right, double tolerance) {
        int worst = -1;
        double largest = tolerance;
        for (int i = 0; i < actual.length; i++) {
            double error = Math.abs((double) actual[i] - right[i]);
            if (!Double.isNaN(added[i]) && !(error <= largest)) {
                worst = i;
                largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            }
        }
        return worst;
    }

    /** Returns ±size, with the signs in runs. */
    private float[] filled(float size, int run) {
        float[] values = new float[w.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / run % 2 == 0 ? size : -size;
        }
        return values;
    }

    /** Along some random directions u the slope of value() must be Σ u·∇R. */
    private void requireDirectionalDerivatives(TensorRegularizer penalty, float[] gradient) {
        SplittableRandom random = new SplittableRandom(1);
        double steepest = 0;
        for (int k = 0; k < DIRECTIONS; k++) {
            long seed = random.nextLong();
            Change change = null;
            for (int i = 0; i < DISTANCES.length && (change == null || !change.agrees()); i++) {
                change = change(penalty, gradient, seed, DISTANCES[i]);
            }
            steepest = Math.max(steepest, Math.abs(change.ofValue()));
            if (!change.agrees()) {
                throw change.refusal(tensor.name(), penalty);
            }
        }
        requireSlope(penalty, steepest);
    }

    private Change change(TensorRegularizer penalty, float[] gradient, long direction, float distance) {
        SplittableRandom random = new SplittableRandom(direction);
        float[] up = new float[w.length];
        float[] down = new float[w.length];
        double along = 0;
        double square = 0;
        for (int i = 0; i < w.length; i++) {
            float delta = (random.nextBoolean() ? 1 : -1) * Math.abs(w[i]) * distance;
            up[i] = w[i] + delta;
            down[i] = w[i] - delta;
            double share = gradient[i] * ((double) up[i] - down[i]);
            along += share;
            square += share * share;
        }
        return new Change(strength * (value(penalty, up) - value(penalty, down)), along, Math.sqrt(square));
    }

    private double value(TensorRegularizer penalty, float[] at) {
        double value = penalty.value(tensor.rows(), tensor.columns(), at);
        if (!Double.isFinite(value)) {
            throw new InactiveRegularizerException(tensor.name() + ": the value of " + penalty + " is " + value
                    + "; it must be finite at every weight: correct its formula");
        }
        return value;
    }

    /** Tells the length t of a proximal step: it comes back in place of a weight. */
    private record Length() implements Regularizer {
        @Override
        public double value(float w) {
            return 0;
        }

        @Override
        public float gradient(float w) {
            return -0f;
        }

        @Override
        public float proximal(float w, float t) {
            return t;
        }
    }

    /**
     * From z, the weight after the step without the penalty, the step with it must go to the minimum of ½(z' - z)² +
     * t·r(z'): for steps so short that only few weights feel it up to those that move all weights as far as they go.
     */
    private void requireProximalStep(Regularizer penalty) {
        Trial with = Trial.with(optimizer, tensor, penalty, tensor.strength());
        Trial without = Trial.plain(optimizer, tensor);
        Trial length = Trial.with(optimizer, tensor, new Length(), tensor.strength());
        float[] zero = new float[w.length];
        boolean acted = false;
        float[] before = null;
        for (double factor = 0x1p-40; factor < 1e30; factor *= 4) {
            with.reset();
            without.reset();
            length.reset();
            float[] x = with.step(step, factor, w, zero);
            float[] z = without.step(step, factor, w, zero);
            float[] t = length.step(step, factor, w, zero);
            if (Arrays.equals(t, z)) {
                throw new InactiveRegularizerException(tensor.name() + ": " + penalty
                        + " acts by its proximal step, which a step of " + optimizer
                        + " does not take; use an optimizer that does, or a penalty with a gradient");
            }
            acted |= requireMinimum(penalty, x, z, t);
            if (acted && Arrays.equals(x, before)) {
                return;
            }
            before = x.clone();
        }
    }

    /** Returns whether any weight moved far enough for the proof to mean something. */
    private boolean requireMinimum(Regularizer penalty, float[] x, float[] z, float[] t) {
        boolean acted = false;
        for (int i = 0; i < x.length; i++) {
            double near = Math.max(Math.abs(z[i]), Math.abs(x[i])) * 0x1p-10;
            acted |= Math.abs(x[i] - z[i]) > near;
            for (double other : new double[] {0, z[i], x[i] - near, x[i] + near}) {
                double here = objective(penalty, x[i], z[i], t[i]);
                double there = objective(penalty, (float) other, z[i], t[i]);
                if (!(here <= there + 1e-9 * ((double) z[i] * z[i] + Math.abs(there)))) {
                    throw new InactiveRegularizerException(tensor.name() + ": " + penalty
                            + " does not act as its formula says: from " + z[i] + " its proximal step of length " + t[i]
                            + " goes to " + x[i] + ", but " + (float) other
                            + " is lower in (x - z)²/2 + t·value(x). Correct proximal(), or value()");
                }
            }
        }
        return acted;
    }

    private double objective(Regularizer penalty, float x, double z, double t) {
        double value = penalty.value(x);
        return (x - z) * (x - z) / 2 + t * value;
    }

    /**
     * Proves a constraint at weights so large that it bites, and returns the largest change of a weight. They are tried with
     * both signs: a bound on one side may allow all weights as they are.
     */
    double constraint(Constraint constraint) {
        float[] start = w.clone();
        for (int k = 0; k <= 81; k++) {
            double effect = constraint(constraint, start);
            if (effect > 0) {
                return effect;
            }
            float factor = k % 2 == 0 ? -1 : -2;
            for (int i = 0; i < start.length; i++) {
                start[i] *= factor;
            }
        }
        throw new InactiveRegularizerException(
                tensor.name() + ": " + constraint
                        + " changes no weight, not even of 2^40 times these weights or minus that; make it tighter, or remove it");
    }

    private double constraint(Constraint constraint, float[] start) {
        float[] free = Trial.plain(optimizer, tensor).step(step, rate, start, g);
        float[] actual = Trial.with(optimizer, tensor, constraint).step(step, rate, start, g);
        float[] expected = free.clone();
        project(constraint, expected);
        double effect = 0;
        for (int i = 0; i < free.length; i++) {
            if (!Float.isFinite(expected[i])) {
                throw new InactiveRegularizerException(tensor.name() + ": " + constraint + " makes " + expected[i]
                        + " of the weight " + free[i] + "; it must give finite weights: correct it");
            }
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                throw new InactiveRegularizerException(tensor.name() + ": a step of " + optimizer + " ends at "
                        + actual[i] + " where " + constraint + " makes " + expected[i]
                        + " of the updated weight; an optimizer must apply it to what its rule gives");
            }
            effect = Math.max(effect, Math.abs((double) expected[i] - free[i]));
        }
        requireIdempotent(constraint, expected);
        return effect;
    }

    private void requireIdempotent(Constraint constraint, float[] once) {
        float[] twice = once.clone();
        project(constraint, twice);
        for (int i = 0; i < once.length; i++) {
            if (!(Math.abs(twice[i] - once[i]) <= IDEMPOTENT * Math.abs(once[i]))) {
                throw new InactiveRegularizerException(tensor.name() + ": " + constraint + " makes " + once[i]
                        + " of a weight, and " + twice[i] + " if applied again: it does not hold what it promises."
                        + " A constraint must leave what it allows as it is");
            }
        }
    }

    private void project(Constraint constraint, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = constraint.project(values[i]);
        }
        if (constraint.actsOnColumns()) {
            int columns = tensor.columns();
            constraint.projectColumns(tensor.rows(), columns, 0, columns, new float[columns], values);
        }
    }
}
