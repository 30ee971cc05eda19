package dev.ridgeline.layer;

import dev.ridgeline.kernel.Activations;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.List;

/**
 * Inverted dropout (Srivastava et al., 2014): in training y = x·m/(1 - rate) with a fresh mask m each step, P(m = 0) =
 * rate; otherwise y = x. Backward: dx = dy·m/(1 - rate). The mask is a function of (seed, layer name, step, element) and
 * is never stored. Costs 16 random bits an element, forward and, unless it follows a rectifier, again backward.
 */
public final class Dropout extends Layer<Dropout> {
    private final float rate;
    private long key;
    private boolean rectifies;
    private final Team.Task draw = (scratch, part, parts) -> drawPart(part, parts);
    private final Team.Task gradient = (scratch, part, parts) -> gradientPart(part, parts);
    private int[][] words = new int[0][];
    private int step;
    private int elements;
    private float[] in;
    private float[] out;

    /**
     * Makes the layer.
     *
     * @param rate the probability of dropping an element, 0..1; at 1 all outputs are 0
     */
    public Dropout(float rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "Dropout: rate is " + rate + "; it is the probability of dropping and must be within 0 and 1");
        }
        int threshold = Math.round(rate * 65536);
        if (rate > 0 && threshold == 0 || rate < 1 && threshold == 65536) {
            throw new IllegalArgumentException("Dropout: rate is " + rate
                    + "; masks have 16 bits an element, so that it would act as " + threshold / 65536
                    + "; use 0, 1, or a rate at least 1e-5 away from them");
        }
        this.rate = rate;
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
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    Shape build(Shape shape, long seed) {
        key = RandomBits.key(seed, name() + "/mask");
        return shape;
    }

    @Override
    Dropout twin() {
        Dropout twin = new Dropout(rate);
        twin.key = key;
        return twin;
    }

    /**
     * A rectifier just before is cheap to take over: both go forward in one pass, and backward the sign of the output says
     * which elements were dropped or cut, so that the mask need not be drawn again.
     */
    @Override
    public boolean absorb(Layer<?> before) {
        rectifies = before instanceof Activation activation
                && activation.function() == Activation.Function.RELU
                && activation.activityRegularizer() == null;
        return rectifies;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        int n = rows * inputs();
        if (pass.training()) {
            run(pass, n, draw, x, y);
        } else if (rectifies) {
            Activations.relu(n, x, 0, y, 0);
        } else {
            System.arraycopy(x, 0, y, 0, n);
        }
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!wantInputGradient) {
            return null;
        }
        if (rectifies && pass.training()) {
            run(pass, rows * inputs(), gradient, y, dy);
        } else if (rectifies) {
            Activations.reluGradient(rows * inputs(), y, 0, dy, 0, dy, 0);
        } else if (pass.training()) {
            run(pass, rows * inputs(), draw, dy, dy);
        }
        return dy;
    }

    private void run(Pass pass, int n, Team.Task task, float[] from, float[] to) {
        if (words.length != pass.team().threads()) {
            words = new int[pass.team().threads()][RandomBits.WORDS];
        }
        step = pass.step();
        elements = n;
        in = from;
        out = to;
        pass.team().run(32L * n, task);
    }

    private void drawPart(int part, int parts) {
        int from = Split.begin(elements, dev.ridgeline.kernel.Dropout.CHUNK, part, parts);
        int to = Split.begin(elements, dev.ridgeline.kernel.Dropout.CHUNK, part + 1, parts);
        if (rectifies) {
            dev.ridgeline.kernel.Dropout.rectify(from, to, rate, key, step, words[part], in, out);
        } else {
            dev.ridgeline.kernel.Dropout.apply(from, to, rate, key, step, words[part], in, out);
        }
    }

    private void gradientPart(int part, int parts) {
        int from = Split.begin(elements, dev.ridgeline.kernel.Dropout.CHUNK, part, parts);
        int to = Split.begin(elements, dev.ridgeline.kernel.Dropout.CHUNK, part + 1, parts);
        dev.ridgeline.kernel.Dropout.rectifyGradient(from, to, rate, in, out);
    }
}
