package dev.ridgeline.kernel;

/** The template of {@link Update.Adam}. */
final class AdamLoop implements Update.Adam {
    @Override
    public void step(
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
            int from,
            int to,
            float[] g,
            float[] m,
            float[] v,
            float[] w) {
        for (int i = from; i < to; i++) {
            float d = g[i] + strength * penalty.gradient(w[i]);
            float first = Update.settled(m[i] + decay1 * (d - m[i]));
            float second = Update.settled(beta2 * v[i] + decay2 * d * d);
            m[i] = first;
            v[i] = second;
            float root = (float) Math.sqrt(second) * correction + epsilon;
            float z = keep * w[i] - rate * first / root;
            w[i] = projection.project(penalty.proximal(z, t / root));
        }
    }
}
