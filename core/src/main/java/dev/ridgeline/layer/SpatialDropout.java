package dev.ridgeline.layer;

import dev.ridgeline.kernel.Dropout;
import dev.ridgeline.kernel.RandomBits;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import java.util.Arrays;
import java.util.List;

/**
 * Dropout of whole channels (Tompson et al., Efficient object localization using convolutional networks, 2015): in
 * training y = x·m/(1 - rate), where all positions of a channel of a row share one m, drawn anew each step, P(m = 0) =
 * rate; otherwise y = x. Backward: dx = dy·m/(1 - rate). It is Keras's SpatialDropout1D, 2D and 3D in one.
 *
 * <p>Use it after convolutions: neighbours in a feature map resemble each other, so that what {@link
 * dev.ridgeline.layer.Dropout} drops can be read off the positions beside it. Costs 16 random bits a channel of a row,
 * forward only, and a multiplication an element each way; the factors, one a channel of a row, are kept from forward to
 * backward.
 */
public final class SpatialDropout extends Layer<SpatialDropout> {
    private final float rate;
    private long key;
    private int positions;
    private int channels;
    private float[] factors = new float[0];
    private final Draw mask;
    private final Team.Task multiply = (scratch, part, parts) -> multiplyPart(part, parts);
    private int rows;
    private float[] in;
    private float[] out;

    /**
     * Makes the layer.
     *
     * @param rate the probability of dropping a channel, 0..1; at 1 all outputs are 0
     */
    public SpatialDropout(float rate) {
        this.rate = RandomLayer.requireMaskRate("SpatialDropout", rate);
        mask = new Draw((from, to, start, stream, step, words, normals, x, y) -> {
            Arrays.fill(y, from, to, 1);
            Dropout.apply(from, to, start, rate, stream, step, words, y, y);
        });
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
    SpatialDropout self() {
        return this;
    }

    @Override
    public String effect() {
        return "rate " + rate + " of the channels";
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
        if (shape.flat()) {
            throw new IllegalArgumentException(this + ": the layer before it gives " + shape
                    + " plain features, which have no positions to share a mask; use new Dropout(" + rate + "f)");
        }
        key = RandomBits.key(seed, name() + "/mask");
        positions = shape.positions();
        channels = shape.channels();
        return shape;
    }

    @Override
    SpatialDropout twin() {
        SpatialDropout twin = new SpatialDropout(rate);
        twin.key = key;
        twin.positions = positions;
        twin.channels = channels;
        return twin;
    }

    @Override
    void forward(Pass pass, int rows, float[] x, float[] y) {
        if (!pass.stochastic()) {
            System.arraycopy(x, 0, y, 0, rows * inputs());
            return;
        }
        factors = atLeast(factors, rows * channels);
        mask.run(pass, key, pass.firstRow() * channels, rows * channels, factors, factors);
        multiply(pass, rows, x, y);
    }

    @Override
    float[] backward(Pass pass, int rows, float[] x, float[] y, float[] dy, boolean wantInputGradient) {
        if (!wantInputGradient) {
            return null;
        }
        if (pass.stochastic()) {
            multiply(pass, rows, dy, dy);
        }
        return dy;
    }

    private void multiply(Pass pass, int rows, float[] from, float[] to) {
        this.rows = rows;
        in = from;
        out = to;
        pass.team().run(8L * rows * inputs(), multiply);
    }

    private void multiplyPart(int part, int parts) {
        int to = Split.begin(rows, 1, part + 1, parts);
        for (int row = Split.begin(rows, 1, part, parts); row < to; row++) {
            for (int position = 0; position < positions; position++) {
                multiplyChannels(row * channels, (row * positions + position) * channels);
            }
        }
    }

    private void multiplyChannels(int factor, int element) {
        for (int c = 0; c < channels; c++) {
            out[element + c] = in[element + c] * factors[factor + c];
        }
    }
}
