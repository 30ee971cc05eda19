package dev.ridgeline.kernel;

/** The template of {@link Update.Sgd}. */
final class SgdLoop implements Update.Sgd {
    @Override
    public void step(
            float rate, PenaltyGradient penalty, WeightProjection projection, int from, int to, float[] g, float[] w) {
        for (int i = from; i < to; i++) {
            float d = g[i] + penalty.gradient(w[i]);
            w[i] = projection.project(w[i] - rate * d);
        }
    }
}
