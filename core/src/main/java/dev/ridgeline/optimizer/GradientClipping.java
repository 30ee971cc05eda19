package dev.ridgeline.optimizer;

import dev.ridgeline.kernel.GemmScratch;
import dev.ridgeline.kernel.Norms;
import dev.ridgeline.kernel.Split;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Parameter;
import java.util.List;

/**
 * Bounds the gradients of a model before the update: first each element, g ← min(max(g, -value), value), then all of them
 * together, g ← g·norm/‖g‖ where ‖g‖ &gt; norm, and not a bit changes otherwise (Pascanu, Mikolov and Bengio, 2013,
 * algorithm 1). ‖g‖ is the Euclidean norm over all trained tensors. PyTorch's {@code clip_grad_norm_} divides by ‖g‖ +
 * 10⁻⁶.
 *
 * <p>What is bounded is the gradient of the data loss, of activity penalties and of Tikhonov's penalty, as the backward
 * pass leaves it. The penalties on tensors, of both kinds, are added to it in the update and are not bounded.
 *
 * <p>Costs, a parameter, 2 flops and 8 bytes for the value, 2 flops and 4 bytes for the norm, and 1 flop and 8 bytes more
 * where it is too large. The sum of squares is taken in double, in blocks of a fixed length that are added in their order:
 * its bits do not depend on the number of threads. A gradient that is not finite is left as it is, so that the model
 * reports it.
 */
public final class GradientClipping {
    /** Elements whose squares are one sum. */
    private static final int BLOCK = 4096;

    private final List<Parameter> parameters;
    private final float value;
    private final float norm;
    private final double[] sums;
    private final Team.Task clampTask = this::clamp;
    private final Team.Task squareTask = this::square;
    private final Team.Task scaleTask = this::scale;
    private float[] gradient;
    private float scale;

    /**
     * Makes the clipping of a model's gradients.
     *
     * @param parameters the tensors that are trained
     * @param value the largest magnitude of an element, positive; infinite for no bound
     * @param norm the largest norm, positive; infinite for no bound
     */
    public GradientClipping(List<Parameter> parameters, float value, float norm) {
        this.parameters = List.copyOf(parameters);
        this.value = value;
        this.norm = norm;
        int longest =
                parameters.stream().mapToInt(p -> p.gradient().length).max().orElse(0);
        sums = new double[blocks(longest)];
    }

    private static int blocks(int n) {
        return Math.ceilDiv(n, BLOCK);
    }

    /**
     * Returns the bound of an element.
     *
     * @return the largest magnitude; infinite for no bound
     */
    public float value() {
        return value;
    }

    /**
     * Returns the bound of all elements together.
     *
     * @return the largest norm; infinite for no bound
     */
    public float norm() {
        return norm;
    }

    /**
     * Bounds the gradients. Allocates nothing.
     *
     * @param team the threads
     */
    public void clip(Team team) {
        if (value < Float.POSITIVE_INFINITY) {
            runOnAll(team, clampTask);
        }
        if (norm < Float.POSITIVE_INFINITY) {
            double length = length(team);
            if (length > norm && length < Double.POSITIVE_INFINITY) {
                scale = (float) (norm / length);
                runOnAll(team, scaleTask);
            }
        }
    }

    private void runOnAll(Team team, Team.Task task) {
        for (int i = 0; i < parameters.size(); i++) {
            gradient = parameters.get(i).gradient();
            team.run(8L * gradient.length, task);
        }
    }

    private double length(Team team) {
        double sum = 0;
        for (int i = 0; i < parameters.size(); i++) {
            gradient = parameters.get(i).gradient();
            team.run(8L * gradient.length, squareTask);
            for (int block = 0; block < blocks(gradient.length); block++) {
                sum += sums[block];
            }
        }
        return Math.sqrt(sum);
    }

    private void clamp(GemmScratch scratch, int part, int parts) {
        float[] g = gradient;
        int to = Split.begin(g.length, 64, part + 1, parts);
        for (int i = Split.begin(g.length, 64, part, parts); i < to; i++) {
            g[i] = Math.max(-value, Math.min(value, g[i]));
        }
    }

    private void square(GemmScratch scratch, int part, int parts) {
        int to = Split.begin(blocks(gradient.length), 1, part + 1, parts);
        for (int block = Split.begin(blocks(gradient.length), 1, part, parts); block < to; block++) {
            int from = block * BLOCK;
            sums[block] = Norms.squares(from, Math.min(gradient.length - from, BLOCK) + from, gradient);
        }
    }

    private void scale(GemmScratch scratch, int part, int parts) {
        float[] g = gradient;
        int to = Split.begin(g.length, 64, part + 1, parts);
        for (int i = Split.begin(g.length, 64, part, parts); i < to; i++) {
            g[i] *= scale;
        }
    }
}
