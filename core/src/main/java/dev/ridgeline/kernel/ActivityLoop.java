package dev.ridgeline.kernel;

/** The template of {@link Update.Activity}. */
final class ActivityLoop implements Update.Activity {
    @Override
    public void add(float scale, PenaltyGradient penalty, int from, int to, float[] y, float[] dy) {
        for (int i = from; i < to; i++) {
            dy[i] = dy[i] + scale * penalty.gradient(y[i]);
        }
    }
}
