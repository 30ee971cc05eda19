package dev.ridgeline.layer;

import dev.ridgeline.kernel.RandomBits;
import java.util.List;

/**
 * A layer that changes each of its inputs by a random number in training and for Monte Carlo estimates, and is the
 * identity otherwise. The numbers are a function of (seed, layer name, step, element): none is stored, and they do not
 * depend on the number of threads. It has no tensors. As the first layer it acts on the model's inputs; no gradient is
 * computed there.
 *
 * @param <L> the layer's own class, for the fluent setters
 */
public abstract class RandomLayer<L extends RandomLayer<L>> extends Layer<L> {
    private final Draw forward = new Draw(this::draw);
    private final Draw backward = new Draw(this::drawGradient);
    private long key;

    RandomLayer() {}

    /** A new layer with the same settings. */
    abstract L copy();

    /** Computes y of the elements from..to-1 of x; y may be x. */
    abstract void draw(
            int from, int to, long start, long key, int step, int[] words, float[] normals, float[] x, float[] y);

    /** Computes dx of the elements from..to-1 of dy, in place. A layer that only multiplies does what it does forward. */
    void drawGradient(
            int from, int to, long start, long key, int step, int[] words, float[] normals, float[] dy, float[] dx) {
        draw(from, to, start, key, step, words, normals, dy, dx);
    }

    @Override
    public boolean stochastic() {
        return true;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    Shape build(Shape shape, long seed) {
        key = RandomBits.key(seed, name() + "/mask");
        return shape;
    }

    @Override
    L twin() {
        L twin = copy();
        RandomLayer<?> other = twin;
        other.key = key;
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        int n = rows * inputs();
        if (pass.stochastic()) {
            forward.run(pass, key, pass.firstRow() * inputs(), n, x, y);
        } else {
            System.arraycopy(x, 0, y, 0, n);
        }
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!wantInputGradient) {
            return null;
        }
        if (pass.stochastic()) {
            backward.run(pass, key, pass.firstRow() * inputs(), rows * inputs(), dy, dy);
        }
        return dy;
    }

    /** Returns a rate if it is a probability. */
    static float requireProbability(String layer, float rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    layer + ": rate is " + rate + "; it is the probability of dropping and must be within 0 and 1");
        }
        return rate;
    }

    /** Returns a rate if it is a probability that 16 random bits can hold. */
    static float requireMaskRate(String layer, float rate) {
        int threshold = Math.round(requireProbability(layer, rate) * 65536);
        if (rate > 0 && threshold == 0 || rate < 1 && threshold == 65536) {
            throw new IllegalArgumentException(layer + ": rate is " + rate
                    + "; masks have 16 bits an element, so that it would act as " + threshold / 65536
                    + "; use 0, 1, or a rate at least 1e-5 away from them");
        }
        return rate;
    }

    /** Returns a rate unless it is 1. */
    static float requireBelowOne(String layer, float rate) {
        if (rate == 1) {
            throw new IllegalArgumentException(
                    layer + ": rate is 1, where its formula divides by 0; use a rate below 1");
        }
        return rate;
    }
}
