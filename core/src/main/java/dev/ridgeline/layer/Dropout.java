package dev.ridgeline.layer;

import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.List;

/**
 * Inverted dropout (Srivastava et al., 2014): in training y = x·m/(1 - rate) with a fresh mask m each step, P(m = 0) =
 * rate; otherwise y = x. Backward: dx = dy·m/(1 - rate). The mask is a function of (seed, layer name, step, element) and
 * is never stored. Costs 16 random bits an element, forward and again backward.
 */
public final class Dropout extends Layer<Dropout> {
    private final float rate;
    private long key;
    private final Team.Task task = (scratch, part, parts) -> applyPart(part, parts);
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
    int build(int inputs, long seed) {
        key = RandomBits.key(seed, name() + "/mask");
        return inputs;
    }

    @Override
    Dropout twin() {
        Dropout twin = new Dropout(rate);
        twin.key = key;
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        if (pass.training()) {
            mask(pass, rows, x, y);
        } else {
            System.arraycopy(x, 0, y, 0, rows * inputs());
        }
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!wantInputGradient) {
            return null;
        }
        if (pass.training()) {
            mask(pass, rows, dy, dy);
        }
        return dy;
    }

    private void mask(Pass pass, int rows, float[] from, float[] to) {
        if (words.length != pass.team().threads()) {
            words = new int[pass.team().threads()][RandomBits.WORDS];
        }
        step = pass.step();
        elements = rows * inputs();
        in = from;
        out = to;
        pass.team().run(32L * elements, task);
    }

    private void applyPart(int part, int parts) {
        int from = Split.begin(elements, dev.ridgeline.kernel.Dropout.CHUNK, part, parts);
        int to = Split.begin(elements, dev.ridgeline.kernel.Dropout.CHUNK, part + 1, parts);
        dev.ridgeline.kernel.Dropout.apply(from, to, rate, key, step, words[part], in, out);
    }
}
