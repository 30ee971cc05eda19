package dev.ridgeline.train;

import dev.ridgeline.regularizer.Regularizer;

/**
 * The derivative of an element-wise penalty, from its values alone: (r(w + δ) - r(w - δ))/2δ in double with δ = |w|/1024.
 * Where the slopes to both sides differ, as at w = 0 of L1, there is none.
 */
final class Slope {
    /** How far the slopes to both sides may differ: a smooth penalty's differ by about 1/1024. */
    private static final double KINK = 0.05;

    private final double[] values;
    private final double largest;
    private final int defined;

    private Slope(double[] values, double largest, int defined) {
        this.values = values;
        this.largest = largest;
        this.defined = defined;
    }

    /** Returns factor·r'(w_i) for the first n elements. */
    static Slope of(String name, Regularizer penalty, double factor, float[] w, int n) {
        double[] slopes = new double[n];
        float scale = 0;
        for (int i = 0; i < n; i++) {
            scale = Math.max(scale, Math.abs(w[i]));
        }
        double largest = 0;
        int defined = 0;
        for (int i = 0; i < n; i++) {
            double delta = Math.max(Math.max(Math.abs(w[i]) * 0x1p-10, scale * 0x1p-20), Float.MIN_NORMAL);
            float up = (float) (w[i] + delta);
            float down = (float) (w[i] - delta);
            double center = value(name, penalty, w[i]);
            double right = (value(name, penalty, up) - center) / ((double) up - w[i]);
            double left = (center - value(name, penalty, down)) / ((double) w[i] - down);
            boolean kink = Math.abs(right - left) > KINK * Math.max(Math.abs(right), Math.abs(left));
            slopes[i] = kink ? Double.NaN : factor * (right + left) / 2;
            if (!kink) {
                defined++;
                largest = Math.max(largest, Math.abs(slopes[i]));
            }
        }
        return new Slope(slopes, largest, defined);
    }

    private static double value(String name, Regularizer penalty, float w) {
        double value = penalty.value(w);
        if (!Double.isFinite(value)) {
            throw new InactiveRegularizerException(name + ": value(" + w + ") of " + penalty + " is " + value
                    + "; it must be finite at every weight: correct its formula");
        }
        return value;
    }

    /** Returns the derivative at element i; NaN where there is none. */
    double at(int i) {
        return values[i];
    }

    /** Returns the largest magnitude. */
    double largest() {
        return largest;
    }

    /** Returns at how many elements there is a derivative. */
    int defined() {
        return defined;
    }
}
