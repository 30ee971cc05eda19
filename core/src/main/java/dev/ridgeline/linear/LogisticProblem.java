package dev.ridgeline.linear;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.regularizer.KktCertificate;
import java.util.Arrays;

/**
 * A data set as the solvers see it: columns in double, shifted to mean 0 and scaled to deviation 1. The free intercept
 * absorbs the shift and the penalty factors absorb the scale, so the optimum is that of the data as given; only the way
 * there is shorter. With u_j = w_j·s_j a penalty λ₁|w_j| + ½λ₂w_j² is (λ₁/s_j)|u_j| + ½(λ₂/s_j²)u_j².
 *
 * <p>The model has one output for two classes, the log odds of class 1, and one for each class otherwise. The softmax
 * over (0, z) is the logistic function, so the formulas of many classes hold for two if class 0 is given the fixed
 * logit 0. Parameters are outputs x (features + 1), row-major; the last column is the intercept, a feature of ones
 * without penalty.
 *
 * <p>Holds 8 bytes for each row and feature.
 */
final class LogisticProblem {
    /** A column varies less than this, relative to its mean: it is constant but for rounding. */
    private static final double CONSTANT = 1e-12;

    /** What rounding leaves of a gradient, relative to the largest feature. */
    private static final double ROUNDING = 0x1p-44;

    final int rows;
    final int features;
    final int outputs;
    final double[][] columns;
    private final int classes;
    private final int[] labels;
    private final double[] mean;
    private final double[] deviation;
    private final double[] largest;

    LogisticProblem(Dataset data) {
        if (data.labels() == null) {
            throw new IllegalArgumentException("LogisticRegression: the data set has " + data.outputs()
                    + " target values a row and no labels; make it with Dataset.classification");
        }
        rows = data.rows();
        features = data.features();
        classes = data.classes();
        outputs = classes == 2 ? 1 : classes;
        labels = data.labels();
        checkEveryClassHasRows();
        columns = new double[features + 1][rows];
        mean = new double[features];
        deviation = new double[features];
        largest = new double[features];
        for (int j = 0; j < features; j++) {
            standardize(data.x(), j);
        }
        Arrays.fill(columns[features], 1);
    }

    private void checkEveryClassHasRows() {
        int[] counts = counts();
        for (int c = 0; c < classes; c++) {
            if (counts[c] == 0) {
                throw new IllegalArgumentException("LogisticRegression: class " + c + " of " + classes
                        + " has no row, so its intercept would fall without end; number only the classes that occur,"
                        + " or add rows of it");
            }
        }
    }

    private void standardize(float[] x, int j) {
        double[] column = columns[j];
        for (int i = 0; i < rows; i++) {
            column[i] = x[i * features + j];
            mean[j] += column[i];
            largest[j] = Math.max(largest[j], Math.abs(column[i]));
        }
        mean[j] /= rows;
        for (int i = 0; i < rows; i++) {
            column[i] -= mean[j];
            deviation[j] += column[i] * column[i];
        }
        deviation[j] = Math.sqrt(deviation[j] / rows);
        if (deviation[j] <= CONSTANT * Math.abs(mean[j])) {
            // the intercept explains it: its weight stays 0
            Arrays.fill(column, 0);
            deviation[j] = 1;
        }
        for (int i = 0; i < rows; i++) {
            column[i] /= deviation[j];
        }
    }

    /** Returns λ₁ for each column: λ₁/s_j, and 0 for the intercept. */
    double[] l1(double lambda) {
        double[] factors = new double[features + 1];
        for (int j = 0; j < features; j++) {
            factors[j] = lambda / deviation[j];
        }
        return factors;
    }

    /** Returns λ₂ for each column: λ₂/s_j², and 0 for the intercept. */
    double[] l2(double lambda) {
        double[] factors = new double[features + 1];
        for (int j = 0; j < features; j++) {
            factors[j] = lambda / deviation[j] / deviation[j];
        }
        return factors;
    }

    /** Returns the optimum without features: the intercepts are the log frequencies of the classes. */
    double[] nullModel() {
        double[] theta = new double[outputs * (features + 1)];
        int[] counts = counts();
        for (int k = 0; k < outputs; k++) {
            theta[k * (features + 1) + features] = outputs == 1
                    ? StrictMath.log((double) counts[1] / counts[0])
                    : StrictMath.log((double) counts[k] / rows);
        }
        return theta;
    }

    private int[] counts() {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** Sets z = Xθ, one array of rows for each output. */
    void logits(double[] theta, double[][] z) {
        for (int k = 0; k < outputs; k++) {
            Arrays.fill(z[k], 0);
            for (int j = 0; j <= features; j++) {
                axpy(theta[k * (features + 1) + j], columns[j], z[k]);
            }
        }
    }

    /** Sets p = softmax(z) and returns the mean of -log p(label); exact to rounding for tiny losses too. */
    double loss(double[][] z, double[][] p) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            int top = -1;
            double max = outputs == 1 ? 0 : Double.NEGATIVE_INFINITY;
            for (int k = 0; k < outputs; k++) {
                if (z[k][i] > max) {
                    max = z[k][i];
                    top = k;
                }
            }
            double rest = outputs == 1 && top == 0 ? StrictMath.exp(-max) : 0;
            for (int k = 0; k < outputs; k++) {
                p[k][i] = k == top ? 1 : StrictMath.exp(z[k][i] - max);
                rest += k == top ? 0 : p[k][i];
            }
            for (int k = 0; k < outputs; k++) {
                p[k][i] /= 1 + rest;
            }
            int own = output(i);
            sum += StrictMath.log1p(rest) + (max - (own < 0 ? 0 : z[own][i]));
        }
        return sum / rows;
    }

    /** Returns the output of row i's class; -1 for class 0 of two, whose logit is 0. */
    private int output(int i) {
        return outputs == 1 ? labels[i] - 1 : labels[i];
    }

    /** Sets r = p - y, the derivative of a row's loss by its logits. */
    void residuals(double[][] p, double[][] r) {
        for (int k = 0; k < outputs; k++) {
            for (int i = 0; i < rows; i++) {
                r[k][i] = p[k][i] - (output(i) == k ? 1 : 0);
            }
        }
    }

    /** Sets g = Xᵀr/N. */
    void gradient(double[][] r, double[] g) {
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j <= features; j++) {
                g[k * (features + 1) + j] = dot(columns[j], r[k]) / rows;
            }
        }
    }

    /**
     * Returns the largest violation of the optimality conditions in units of its limit: at most 1 at the optimum. The
     * limit of a weight is the tolerance, both for the feature as given and for the standardized one, but never less
     * than what rounding leaves.
     */
    double excess(double[] theta, double[] g, double[] l1, double[] l2, double tolerance) {
        double excess = 0;
        for (int k = 0; k < outputs; k++) {
            int row = k * (features + 1);
            double intercept = Math.abs(g[row + features]);
            excess = Math.max(excess, intercept / tolerance);
            for (int j = 0; j < features; j++) {
                double violation = KktCertificate.violation(l1[j], l2[j], theta[row + j], g[row + j]);
                double limit = Math.max(tolerance * Math.min(1, deviation[j]), ROUNDING * largest[j]);
                double asGiven = deviation[j] * violation + Math.abs(mean[j]) * intercept;
                excess = Math.max(excess, asGiven == 0 ? 0 : asGiven / limit);
            }
        }
        return excess;
    }

    /** Returns the largest |∂L/∂w| of the features as given, at standardized parameters whose gradient is g. */
    double largestGradient(double[] g) {
        double max = 0;
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                max = Math.max(max, deviation[j] * Math.abs(g[k * (features + 1) + j]));
            }
        }
        return max;
    }

    /**
     * Tells whether moving the logits in a direction worsens no row and betters one. Then there is no optimum without a
     * penalty: going on for ever pays (Albert and Anderson, 1984).
     */
    boolean separates(double[][] z) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < rows; i++) {
            int own = output(i);
            double mine = own < 0 ? 0 : z[own][i];
            double others = outputs == 1 && own == 0 ? 0 : Double.NEGATIVE_INFINITY;
            for (int k = 0; k < outputs; k++) {
                if (k != own) {
                    others = Math.max(others, z[k][i]);
                }
            }
            least = Math.min(least, mine - others);
            most = Math.max(most, mine - others);
        }
        return most > 0 && least >= -1e-9 * most;
    }

    /** Returns w_kj = u_kj/s_j, outputs x features. */
    double[] coefficients(double[] theta) {
        double[] w = new double[outputs * features];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                w[k * features + j] = theta[k * (features + 1) + j] / deviation[j];
            }
        }
        return w;
    }

    /** Returns b_k - Σ_j w_kj·mean_j. */
    double[] intercepts(double[] theta) {
        double[] w = coefficients(theta);
        double[] b = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            b[k] = theta[k * (features + 1) + features];
            for (int j = 0; j < features; j++) {
                b[k] -= w[k * features + j] * mean[j];
            }
        }
        return b;
    }

    /** Adds a·x to y. */
    static void axpy(double a, double[] x, double[] y) {
        if (a == 0) {
            return;
        }
        for (int i = 0; i < y.length; i++) {
            y[i] += a * x[i];
        }
    }

    /** Returns Σ x_i·y_i, added in four chains so that the additions need not wait for each other. */
    static double dot(double[] x, double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
