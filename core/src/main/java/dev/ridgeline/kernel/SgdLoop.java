package dev.ridgeline.kernel;

/** The template of {@link Update.Sgd}. */
final class SgdLoop implements Update.Sgd {
    @Override
    public void step(
            float rate,
            float strength,
            PenaltyGradient penalty,
            WeightProjection projection,
            int from,
            int to,
            float[] g,
            float[] w) {
        float t = rate * strength;
        for (int i = from; i < to; i++) {
            float d = g[i] + strength * penalty.gradient(w[i]);
            w[i] = projection.project(penalty.proximal(w[i] - rate * d, t));
        }
    }
}
