package dev.ridgeline.kernel;

/** The template of {@link Update.RmsProp}. */
final class RmsPropLoop implements Update.RmsProp {
    @Override
    public void step(
            float rate,
            float rho,
            float decay,
            float epsilon,
            float strength,
            PenaltyGradient penalty,
            WeightProjection projection,
            int from,
            int to,
            float[] g,
            float[] v,
            float[] w) {
        float t = rate * strength;
        for (int i = from; i < to; i++) {
            float d = g[i] + strength * penalty.gradient(w[i]);
            float second = Update.settled(rho * v[i] + decay * d * d);
            v[i] = second;
            float root = (float) Math.sqrt(second) + epsilon;
            w[i] = projection.project(penalty.proximal(w[i] - rate * d / root, t / root));
        }
    }
}
