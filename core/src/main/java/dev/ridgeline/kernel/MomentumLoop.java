package dev.ridgeline.kernel;

/** The template of {@link Update.Momentum} without Nesterov's look-ahead. */
final class MomentumLoop implements Update.Momentum {
    @Override
    public void step(
            float rate,
            float momentum,
            float strength,
            PenaltyGradient penalty,
            WeightProjection projection,
            int from,
            int to,
            float[] g,
            float[] v,
            float[] w) {
        float t = rate / (1 - momentum) * strength;
        for (int i = from; i < to; i++) {
            float d = g[i] + strength * penalty.gradient(w[i]);
            float velocity = Update.settled(momentum * v[i] + d);
            v[i] = velocity;
            w[i] = projection.project(penalty.proximal(w[i] - rate * velocity, t));
        }
    }
}
