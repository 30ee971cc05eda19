package dev.ridgeline.linear;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.regularizer.KktCertificate;
import java.util.Arrays;

/**
 * A logistic regression at its optimum: coefficients, intercepts, and the proof. Two classes have one row of
 * coefficients, for the log odds of class 1; more classes have one row each. Immutable.
 */
public final class LogisticModel {
    private final int features;
    private final int classes;
    private final double[] coefficients;
    private final double[] intercepts;
    private final double loss;
    private final int iterations;
    private final KktCertificate certificate;
    private final double interceptGradient;

    /** Makes the model of standardized parameters, and measures it on the data as given. */
    static LogisticModel at(
            Dataset data, LogisticProblem problem, LogisticRegression regression, double[] theta, int iterations) {
        double[] coefficients = problem.coefficients(theta);
        double[] intercepts = problem.intercepts(theta);
        if (intercepts.length > 1) {
            ClassShift.shift(0, 0, intercepts, 0, 1);
            for (int j = 0; regression.l2() == 0 && j < data.features(); j++) {
                ClassShift.shift(regression.l1(), 0, coefficients, j, data.features());
            }
        }
        return new LogisticModel(data, regression, coefficients, intercepts, iterations);
    }

    private LogisticModel(
            Dataset data, LogisticRegression regression, double[] coefficients, double[] intercepts, int iterations) {
        features = data.features();
        classes = data.classes();
        this.coefficients = coefficients;
        this.intercepts = intercepts;
        this.iterations = iterations;
        double[] p = probabilities(data);
        loss = loss(data);
        double[] gradient = new double[coefficients.length];
        double[] interceptGradients = new double[intercepts.length];
        for (int i = 0; i < data.rows(); i++) {
            for (int k = 0; k < intercepts.length; k++) {
                int output = intercepts.length == 1 ? 1 : k;
                double residual = p[i * classes + output] - (data.labels()[i] == output ? 1 : 0);
                interceptGradients[k] += residual / data.rows();
                for (int j = 0; j < features; j++) {
                    gradient[k * features + j] += residual * data.x()[i * features + j] / data.rows();
                }
            }
        }
        certificate = KktCertificate.of(regression.l1(), regression.l2(), coefficients, gradient);
        interceptGradient =
                Arrays.stream(interceptGradients).map(Math::abs).max().orElse(0);
    }

    /**
     * Returns the number of features of a row.
     *
     * @return at least 1
     */
    public int features() {
        return features;
    }

    /**
     * Returns the number of classes.
     *
     * @return at least 2
     */
    public int classes() {
        return classes;
    }

    /**
     * Returns the weights.
     *
     * @return a copy: 1 x features for two classes, classes x features for more, row-major
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * Returns the intercepts.
     *
     * @return a copy: one for two classes, one for each class, of mean 0, for more
     */
    public double[] intercepts() {
        return intercepts.clone();
    }

    /**
     * Returns the number of coefficients that are not exactly zero.
     *
     * @return at least 0
     */
    public int nonZeros() {
        return certificate.nonZeros();
    }

    /**
     * Returns the mean data loss of the training rows, without the penalty.
     *
     * @return the mean of -log p(label)
     */
    public double loss() {
        return loss;
    }

    /**
     * Returns λ₁ Σ|w| + ½ λ₂ Σw².
     *
     * @return the penalty
     */
    public double penalty() {
        double sum = 0;
        for (double w : coefficients) {
            sum += certificate.l1() * Math.abs(w) + 0.5 * certificate.l2() * w * w;
        }
        return sum;
    }

    /**
     * Returns how many iterations the solver took from its start, which on a path is the optimum before.
     *
     * @return at least 0
     */
    public int iterations() {
        return iterations;
    }

    /**
     * Returns the proof that the coefficients are optimal, measured on the features as given. It names λ₁ and λ₂ too.
     *
     * @return the violation of the optimality conditions; its index counts through the coefficients, row by row
     */
    public KktCertificate certificate() {
        return certificate;
    }

    /**
     * Returns the largest |∂L/∂b|, zero at the optimum but for rounding.
     *
     * @return the largest magnitude of the intercepts' gradient
     */
    public double interceptGradient() {
        return interceptGradient;
    }

    /**
     * Returns the most probable class of each row.
     *
     * @param data rows with the features of the fit; labels are not looked at
     * @return a class for each row; the first of equals
     * @throws IllegalArgumentException if the number of features differs
     */
    public int[] classify(Dataset data) {
        double[] z = logits(data);
        int[] best = new int[data.rows()];
        for (int i = 0; i < best.length; i++) {
            best[i] = top(z, i * classes) - i * classes;
        }
        return best;
    }

    /**
     * Returns p(class | row).
     *
     * @param data rows with the features of the fit; labels are not looked at
     * @return rows x classes, row-major; each row sums to 1
     * @throws IllegalArgumentException if the number of features differs
     */
    public double[] probabilities(Dataset data) {
        double[] p = logits(data);
        for (int from = 0; from < p.length; from += classes) {
            double max = p[top(p, from)];
            double sum = 0;
            for (int c = from; c < from + classes; c++) {
                p[c] = StrictMath.exp(p[c] - max);
                sum += p[c];
            }
            for (int c = from; c < from + classes; c++) {
                p[c] /= sum;
            }
        }
        return p;
    }

    /**
     * Returns the mean of -log p(label), without the penalty.
     *
     * @param data rows with the features of the fit and with labels of its classes
     * @return the mean data loss, finite however wrong a row is
     * @throws IllegalArgumentException if the number of features or classes differs
     */
    public double loss(Dataset data) {
        if (data.classes() != classes) {
            throw new IllegalArgumentException("LogisticModel: fitted to " + classes + " classes, the data set has "
                    + data.classes() + "; label it with the same classes");
        }
        double[] z = logits(data);
        double total = 0;
        for (int i = 0; i < data.rows(); i++) {
            int from = i * classes;
            int top = top(z, from);
            double rest = 0; // next to exp(0), without which a loss below 1e-16 keeps its digits
            for (int c = from; c < from + classes; c++) {
                rest += c == top ? 0 : StrictMath.exp(z[c] - z[top]);
            }
            total += StrictMath.log1p(rest) + (z[top] - z[from + data.labels()[i]]);
        }
        return total / data.rows();
    }

    /** Returns where the largest of a row's values is, the first of equals. */
    private int top(double[] z, int from) {
        int top = from;
        for (int c = from + 1; c < from + classes; c++) {
            top = z[c] > z[top] ? c : top;
        }
        return top;
    }

    /** Returns w·x + b for each row and class; 0 and the log odds for two classes. */
    private double[] logits(Dataset data) {
        if (data.features() != features) {
            throw new IllegalArgumentException("LogisticModel: fitted to " + features + " features, the data set has "
                    + data.features() + "; give the same columns");
        }
        double[] z = new double[Math.multiplyExact(data.rows(), classes)];
        int outputs = intercepts.length;
        for (int i = 0; i < data.rows(); i++) {
            for (int k = 0; k < outputs; k++) {
                double sum = intercepts[k];
                for (int j = 0; j < features; j++) {
                    sum += coefficients[k * features + j] * data.x()[i * features + j];
                }
                z[i * classes + classes - outputs + k] = sum;
            }
        }
        return z;
    }
}
