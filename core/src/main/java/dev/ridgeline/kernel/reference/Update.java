package dev.ridgeline.kernel.reference;

import dev.ridgeline.kernel.PenaltyGradient;
import dev.ridgeline.kernel.WeightProjection;

/** The update rules of {@link dev.ridgeline.kernel.Update}, one element at a time: their specification. */
public final class Update {
    private Update() {}

    /** Plain gradient descent: returns w after one step. */
    public static float sgd(float rate, PenaltyGradient penalty, WeightProjection projection, float g, float w) {
        return projection.project(w - rate * (g + penalty.gradient(w)));
    }

    /** Momentum: updates {v, w} in {@code state}. */
    public static void momentum(
            boolean nesterov,
            float rate,
            float momentum,
            PenaltyGradient penalty,
            WeightProjection projection,
            float g,
            float[] state) {
        float d = g + penalty.gradient(state[1]);
        state[0] = momentum * state[0] + d;
        float step = nesterov ? d + momentum * state[0] : state[0];
        state[1] = projection.project(state[1] - rate * step);
    }

    /** Adam: updates {m, v, w} in {@code state}. */
    public static void adam(
            float rate,
            float root,
            float decay1,
            float beta2,
            float decay2,
            float epsilon,
            PenaltyGradient penalty,
            WeightProjection projection,
            float g,
            float[] state) {
        float d = g + penalty.gradient(state[2]);
        state[0] = state[0] + decay1 * (d - state[0]);
        state[1] = beta2 * state[1] + decay2 * d * d;
        float denominator = (float) Math.sqrt(state[1]) * root + epsilon;
        state[2] = projection.project(state[2] - rate * state[0] / denominator);
    }

    /** Activity penalty: returns dy with the penalty's gradient added. */
    public static float activity(float scale, PenaltyGradient penalty, float y, float dy) {
        return dy + scale * penalty.gradient(y);
    }
}
