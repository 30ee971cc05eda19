package dev.ridgeline.kernel.reference;

import dev.ridgeline.kernel.PenaltyGradient;
import dev.ridgeline.kernel.WeightProjection;

/** The update rules of {@link dev.ridgeline.kernel.Update}, one element at a time: their specification. */
public final class Update {
    private Update() {}

    private static float settled(float x) {
        return x + 0x1p-80f - 0x1p-80f;
    }

    /** Plain gradient descent: returns w after one step. */
    public static float sgd(
            float rate, float strength, PenaltyGradient penalty, WeightProjection projection, float g, float w) {
        float z = w - rate * (g + strength * penalty.gradient(w));
        return projection.project(penalty.proximal(z, rate * strength));
    }

    /** Momentum: updates {v, w} in {@code state}. */
    public static void momentum(
            boolean nesterov,
            float rate,
            float momentum,
            float strength,
            PenaltyGradient penalty,
            WeightProjection projection,
            float g,
            float[] state) {
        float d = g + strength * penalty.gradient(state[1]);
        state[0] = settled(momentum * state[0] + d);
        float step = nesterov ? d + momentum * state[0] : state[0];
        float t = rate / (1 - momentum) * strength;
        state[1] = projection.project(penalty.proximal(state[1] - rate * step, t));
    }

    /** Adam: updates {m, v, w} in {@code state}. */
    public static void adam(
            float rate,
            float correction,
            float decay1,
            float beta2,
            float decay2,
            float epsilon,
            float keep,
            float t,
            float strength,
            PenaltyGradient penalty,
            WeightProjection projection,
            float g,
            float[] state) {
        float d = g + strength * penalty.gradient(state[2]);
        state[0] = settled(state[0] + decay1 * (d - state[0]));
        state[1] = settled(beta2 * state[1] + decay2 * d * d);
        float root = (float) Math.sqrt(state[1]) * correction + epsilon;
        float z = keep * state[2] - rate * state[0] / root;
        state[2] = projection.project(penalty.proximal(z, t / root));
    }

    /** RMSprop: updates {v, w} in {@code state}. */
    public static void rmsProp(
            float rate,
            float rho,
            float decay,
            float epsilon,
            float strength,
            PenaltyGradient penalty,
            WeightProjection projection,
            float g,
            float[] state) {
        float d = g + strength * penalty.gradient(state[1]);
        state[0] = settled(rho * state[0] + decay * d * d);
        float root = (float) Math.sqrt(state[0]) + epsilon;
        state[1] = projection.project(penalty.proximal(state[1] - rate * d / root, rate * strength / root));
    }

    /** Activity penalty: returns dy with the penalty's gradient added. */
    public static float activity(float scale, PenaltyGradient penalty, float y, float dy) {
        return dy + scale * penalty.gradient(y);
    }
}
