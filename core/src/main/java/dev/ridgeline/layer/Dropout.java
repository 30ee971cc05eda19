package dev.ridgeline.layer;

import dev.ridgeline.kernel.Activations;

/**
 * Inverted dropout (Srivastava et al., 2014): in training y = x·m/(1 - rate) with a fresh mask m each step, P(m = 0) =
 * rate; otherwise y = x. Backward: dx = dy·m/(1 - rate). The mask is a function of (seed, layer name, step, element) and
 * is never stored. Costs 16 random bits an element, forward and, unless it follows a rectifier, again backward.
 *
 * <p>Use it after the activations of wide layers, with 0.5; as the first layer it drops inputs, with about 0.2 (the
 * authors' two rates). In a linear model with squared loss and one output dropping inputs adds rate/(1 - rate)·Σ_j
 * w_j²·mean(x_j²) to the mean loss: an L2 penalty that is scaled feature by feature (Wager, Wang and Liang, Dropout
 * training as adaptive regularization, 2013).
 */
public final class Dropout extends RandomLayer<Dropout> {
    private final float rate;
    private boolean rectifies;
    private final Draw rectifierGradient;

    /**
     * Makes the layer.
     *
     * @param rate the probability of dropping an element, 0..1; at 1 all outputs are 0
     */
    public Dropout(float rate) {
        this.rate = requireMaskRate("Dropout", rate);
        rectifierGradient = new Draw((from, to, start, key, step, words, normals, y, dy) ->
                dev.ridgeline.kernel.Dropout.rectifyGradient(from, to, rate, y, dy));
    }

    /**
     * Returns the probability of dropping.
     *
     * @return the rate
     */
    public float rate() {
        return rate;
    }

    @Override
    Dropout self() {
        return this;
    }

    @Override
    public String effect() {
        return "rate " + rate;
    }

    @Override
    Dropout copy() {
        return new Dropout(rate);
    }

    /**
     * A rectifier just before is cheap to take over: both go forward in one pass, and backward the sign of the output says
     * which elements were dropped or cut, so that the mask need not be drawn again.
     */
    @Override
    public boolean absorb(Layer<?> before) {
        rectifies = Activation.isPlainRectifier(before);
        return rectifies;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        if (rectifies && !pass.stochastic()) {
            Activations.relu(rows * inputs(), x, 0, y, 0);
        } else {
            super.forward(pass, rows, x, y);
        }
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!rectifies || !wantInputGradient) {
            return super.backward(pass, rows, x, y, dy, wantInputGradient);
        }
        if (pass.stochastic()) {
            rectifierGradient.run(pass, 0, 0, rows * inputs(), y, dy);
        } else {
            Activations.reluGradient(rows * inputs(), y, 0, dy, 0, dy, 0);
        }
        return dy;
    }

    @Override
    void draw(int from, int to, long start, long key, int step, int[] words, float[] normals, float[] x, float[] y) {
        if (rectifies) {
            dev.ridgeline.kernel.Dropout.rectify(from, to, start, rate, key, step, words, x, y);
        } else {
            dev.ridgeline.kernel.Dropout.apply(from, to, start, rate, key, step, words, x, y);
        }
    }
}
