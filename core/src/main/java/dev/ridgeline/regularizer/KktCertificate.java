package dev.ridgeline.regularizer;

import java.util.Arrays;

/**
 * How far weights are from a stationary point of L(w) + λ₁ Σ|w| + ½ λ₂ Σw²: the violation of the Karush-Kuhn-Tucker
 * conditions (Boyd and Vandenberghe, 2004, section 5.5.3). With g the gradient of the data loss L at w, the violation of
 * one weight is
 *
 * <pre>
 *   |g + λ₂·w + λ₁·sign(w)|   for w ≠ 0
 *   max(0, |g| - λ₁)          for w = 0
 * </pre>
 *
 * <p>If L is convex, as for a linear model, no violation proves the optimum. For a network it proves a stationary point.
 * Weights trained by a subgradient step hover around zero instead of reaching it; the certificate shows that as
 * violations near 2·λ₁ or less, and as a count of non-zeros that nothing justifies.
 *
 * <p>Costs some five operations a weight, once. The gradient must be that of the whole training set: the gradient of a
 * batch is noise at the optimum.
 *
 * @param l1 λ₁
 * @param l2 λ₂
 * @param violation the largest violation, in units of the gradient
 * @param index where the largest violation is, the first of equals; -1 if there is no weight
 * @param nonZeros how many weights are not exactly zero
 * @param weights the number of weights
 */
public record KktCertificate(double l1, double l2, double violation, int index, int nonZeros, int weights) {
    /**
     * Examines weights held in double.
     *
     * @param l1 λ₁, at least 0
     * @param l2 λ₂, at least 0
     * @param w the weights
     * @param gradient the gradient of the data loss at {@code w}, without the penalty
     * @return the certificate
     * @throws IllegalArgumentException if a factor is negative, the lengths differ, or a number is not finite
     */
    public static KktCertificate of(double l1, double l2, double[] w, double[] gradient) {
        checkFactor("l1", l1);
        checkFactor("l2", l2);
        if (w.length != gradient.length) {
            throw new IllegalArgumentException("KktCertificate: " + w.length + " weights but " + gradient.length
                    + " gradients; give the gradient of the same tensor");
        }
        double largest = 0;
        int index = w.length == 0 ? -1 : 0;
        int nonZeros = 0;
        for (int i = 0; i < w.length; i++) {
            if (!Double.isFinite(w[i]) || !Double.isFinite(gradient[i])) {
                throw new IllegalArgumentException("KktCertificate: weight " + i + " is " + w[i] + ", its gradient "
                        + gradient[i] + "; both must be finite: train with a smaller step");
            }
            if (w[i] != 0) {
                nonZeros++;
            }
            double violation = violation(l1, l2, w[i], gradient[i]);
            if (violation > largest) {
                largest = violation;
                index = i;
            }
        }
        return new KktCertificate(l1, l2, largest, index, nonZeros, w.length);
    }

    /**
     * Examines one tensor of a network; computed in double.
     *
     * @param l1 λ₁, at least 0
     * @param l2 λ₂, at least 0
     * @param w the weights
     * @param gradient the gradient of the data loss at {@code w}, without the penalty
     * @return the certificate
     * @throws IllegalArgumentException if a factor is negative, the lengths differ, or a number is not finite
     */
    public static KktCertificate of(double l1, double l2, float[] w, float[] gradient) {
        return of(l1, l2, widened(w), widened(gradient));
    }

    /**
     * Returns the violation of one weight.
     *
     * @param l1 λ₁
     * @param l2 λ₂
     * @param w the weight
     * @param gradient the derivative of the data loss by it
     * @return at least 0
     */
    public static double violation(double l1, double l2, double w, double gradient) {
        return w == 0 ? Math.max(0, Math.abs(gradient) - l1) : Math.abs(gradient + l2 * w + l1 * Math.signum(w));
    }

    /**
     * Returns the largest violation as a share of λ₁, comparable between penalties and layers.
     *
     * @return violation/λ₁; NaN if λ₁ is 0
     */
    public double relativeViolation() {
        return l1 == 0 ? Double.NaN : violation / l1;
    }

    private static void checkFactor(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "KktCertificate: " + name + " is " + value + "; it must be a finite number of at least 0");
        }
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }
}
