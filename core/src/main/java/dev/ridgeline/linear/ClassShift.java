package dev.ridgeline.linear;

import java.util.Arrays;

/**
 * The freedom of the softmax: subtracting a number from a feature's weights of all classes changes no probability, so the
 * penalty alone decides (Friedman, Hastie and Tibshirani, 2010, section 4.1).
 */
final class ClassShift {
    private ClassShift() {}

    /**
     * Subtracts the c that minimises λ₁ Σ_k |u_k - c| + ½ λ₂ Σ_k (u_k - c)² from every stride-th value, K in all; of
     * equals the one with least Σ_k (u_k - c)². By the median formula (Li and Osher, 2009) it is the median of u_1 ...
     * u_K and of mean(u) + (K - 2m)·λ₁/(K·λ₂), m = 0 ... K. A c that is one of the values leaves an exact zero.
     */
    static void shift(double l1, double l2, double[] u, int from, int stride) {
        int classes = (u.length - from + stride - 1) / stride;
        double mean = 0;
        for (int q = from; q < u.length; q += stride) {
            mean += u[q] / classes;
        }
        double c = l1 == 0 ? mean : median(l1, l2, u, from, stride, mean, classes);
        if (c != 0) {
            for (int q = from; q < u.length; q += stride) {
                u[q] -= c;
            }
        }
    }

    private static double median(double l1, double l2, double[] u, int from, int stride, double mean, int classes) {
        double[] candidates = new double[2 * classes + 1];
        for (int m = 0; m <= classes; m++) {
            int balance = classes - 2 * m;
            candidates[m] = balance == 0 ? mean : mean + balance * l1 / (classes * l2);
        }
        for (int k = 0; k < classes; k++) {
            candidates[classes + 1 + k] = u[from + k * stride];
        }
        Arrays.sort(candidates);
        return candidates[classes];
    }
}
