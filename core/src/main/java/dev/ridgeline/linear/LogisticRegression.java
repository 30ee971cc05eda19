package dev.ridgeline.linear;

import dev.ridgeline.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression, binary or softmax, solved to the optimum: minimises
 *
 * <pre>
 *   F(W, b) = 1/N Σ_n -log p(y_n | x_n) + λ₁ Σ|w| + ½ λ₂ Σw²
 * </pre>
 *
 * <p>with p(1 | x) = 1/(1 + exp(-(w·x + b))) for two classes, and p(k | x) = exp(w_k·x + b_k)/Σ_l exp(w_l·x + b_l) with
 * one row w_k for each class otherwise (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2009,
 * sections 4.4 and 18.4). The intercepts b are not penalised. scikit-learn's {@code C} and {@code l1_ratio} r are
 * λ₁ = r/(C·N) and λ₂ = (1 - r)/(C·N).
 *
 * <p>When to use it: as the baseline that a network has to beat, to select features (L1), and to see what a penalty does
 * where the optimum is known. L2 keeps all features and shares the weight among correlated ones. L1 leaves most weights
 * exactly zero and picks one of correlated features. The elastic net picks them as a group.
 *
 * <p>F is convex, and the fit ends where the gradient, or with L1 the violation of the optimality conditions, is at most
 * the tolerance in every coordinate: {@link LogisticModel#certificate()} shows what was reached. Where the optimum is a
 * set, the coefficients of least Σw² among the shifts that change no probability are returned, and the intercepts of
 * the softmax have mean 0, as scikit-learn's. Everything is computed in double by one thread; the same data give the same
 * bits everywhere. Features need no scaling for the solver's sake: it works on standardized copies. But the penalty acts
 * on the coefficients of the features as given, so features of small scale are penalised more; use
 * {@link dev.ridgeline.data.Standardizer} to treat them alike.
 *
 * <p>Without L1 the solver is L-BFGS (Nocedal and Wright, 2006, section 7.2): 4·N·outputs·features flops an iteration,
 * typically 20 to 200 iterations, a thousand and more for features that are nearly sums of others. With L1, and without
 * any penalty, it is a proximal Newton method with coordinate descent (Friedman, Hastie and Tibshirani, 2010): about
 * 12·N·outputs·features flops and some dozens of passes over the features of the non-zero weights an iteration, typically
 * 5 to 15 iterations. Memory: 8 bytes for each row and feature, and up to 64 for each row and class.
 *
 * @param l1 λ₁, at least 0
 * @param l2 λ₂, at least 0
 * @param tolerance the largest violation allowed, above 0; or what rounding leaves for features above 1e4
 * @param maxIterations iterations after which the fit gives up, at least 1
 */
public record LogisticRegression(double l1, double l2, double tolerance, int maxIterations) {
    private static final double TOLERANCE = 1e-9;
    private static final int MAX_ITERATIONS = 10_000;
    private static final int GRID = 50;
    private static final double GRID_RATIO = 1e-3;

    /** Checks every value. */
    public LogisticRegression {
        checkFactor("l1", l1);
        checkFactor("l2", l2);
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("LogisticRegression: tolerance is " + tolerance
                    + "; it must be above 0 and below 1, for example 1e-9");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException(
                    "LogisticRegression: maxIterations is " + maxIterations + "; it must be at least 1");
        }
    }

    private static void checkFactor(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "LogisticRegression: " + name + " is " + value + "; it must be a finite number of at least 0");
        }
    }

    /**
     * Returns the regression without a penalty. It has an optimum only if no plane separates classes of the data.
     *
     * @return the regression
     */
    public static LogisticRegression unpenalized() {
        return elasticNet(0, 0);
    }

    /**
     * Returns the regression with the penalty λ Σ|w|, the lasso.
     *
     * @param lambda λ, at least 0
     * @return the regression
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public static LogisticRegression l1(double lambda) {
        return elasticNet(lambda, 0);
    }

    /**
     * Returns the regression with the penalty ½ λ Σw², ridge.
     *
     * @param lambda λ, at least 0
     * @return the regression
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public static LogisticRegression l2(double lambda) {
        return elasticNet(0, lambda);
    }

    /**
     * Returns the regression with the penalty λ₁ Σ|w| + ½ λ₂ Σw².
     *
     * @param l1 λ₁, at least 0
     * @param l2 λ₂, at least 0
     * @return the regression
     * @throws IllegalArgumentException if a factor is negative or not finite
     */
    public static LogisticRegression elasticNet(double l1, double l2) {
        return new LogisticRegression(l1, l2, TOLERANCE, MAX_ITERATIONS);
    }

    /**
     * Returns this regression with another tolerance.
     *
     * @param value the largest violation of the optimality conditions allowed, above 0 and below 1
     * @return the changed regression
     */
    public LogisticRegression withTolerance(double value) {
        return new LogisticRegression(l1, l2, value, maxIterations);
    }

    /**
     * Returns this regression with another limit of its patience.
     *
     * @param value iterations after which the fit gives up, at least 1
     * @return the changed regression
     */
    public LogisticRegression withMaxIterations(int value) {
        return new LogisticRegression(l1, l2, tolerance, value);
    }

    /**
     * Finds the optimum, starting from the frequencies of the classes.
     *
     * @param data rows with labels; every class must occur
     * @return the model at the optimum
     * @throws IllegalArgumentException if the data set has no labels, a class has no row, or there is no penalty and
     *     therefore, the classes being separable, no optimum
     * @throws IllegalStateException if the iterations do not suffice; it names the violation
     */
    public LogisticModel fit(Dataset data) {
        LogisticProblem problem = new LogisticProblem(data);
        return fit(data, problem, problem.nullModel());
    }

    /** Finds the optimum from θ, which is modified: it ends at the optimum. */
    private LogisticModel fit(Dataset data, LogisticProblem problem, double[] theta) {
        Iterate at = new Iterate(problem, l1, l2, theta);
        int iterations = l1 == 0 && l2 > 0
                ? new Lbfgs(at).solve(tolerance, maxIterations)
                : new ProximalNewton(at).solve(tolerance, maxIterations, l1 > 0);
        boolean converged = iterations >= 0;
        LogisticModel model = LogisticModel.at(data, problem, this, theta, iterations);
        if (!converged) {
            throw new IllegalStateException("LogisticRegression: short of the optimum, with up to " + maxIterations
                    + " iterations: the optimality conditions are violated by "
                    + Math.max(model.certificate().violation(), model.interceptGradient()) + ", the tolerance is "
                    + tolerance + "; standardize the features, drop nearly equal ones, raise the penalty (l1 " + l1
                    + ", l2 " + l2 + "), or allow more iterations");
        }
        return model;
    }

    /**
     * Returns the smallest factor of this regression's penalty at which all coefficients are zero: the largest
     * |∂L/∂w| of the model of intercepts alone, divided by λ₁ (Friedman, Hastie and Tibshirani, 2010, section 2.5).
     * For {@code l1(1)} it is λ_max itself.
     *
     * @param data rows with labels; every class must occur
     * @return λ_max, at least 0
     * @throws IllegalArgumentException if λ₁ is 0, the data set has no labels, or a class has no row
     */
    public double lambdaMax(Dataset data) {
        return lambdaMax(new LogisticProblem(data));
    }

    private double lambdaMax(LogisticProblem problem) {
        if (l1 == 0) {
            throw new IllegalArgumentException(
                    "LogisticRegression: l1 is 0, and no other penalty makes all"
                            + " coefficients zero; set l1, for example LogisticRegression.l1(1), or give the lambdas of the path");
        }
        Iterate empty = new Iterate(problem, l1, l2, problem.nullModel());
        return problem.largestGradient(empty.gradient) / l1;
    }

    /**
     * Fits the models of a regularization path: 50 factors on a logarithmic grid, from {@link #lambdaMax} down to a
     * thousandth of it.
     *
     * @param data rows with labels; every class must occur
     * @return the models, the strongest penalty first
     * @throws IllegalArgumentException if λ₁ is 0, no feature tells the classes apart, the data set has no labels, or a
     *     class has no row
     * @throws IllegalStateException if the iterations do not suffice for one of them
     */
    public List<LogisticModel> path(Dataset data) {
        LogisticProblem problem = new LogisticProblem(data);
        double max = lambdaMax(problem);
        if (!(max > 0)) {
            throw new IllegalArgumentException(
                    "LogisticRegression: lambdaMax is " + max
                            + ", because no feature tells the classes apart; give features that vary, or the lambdas of the path");
        }
        double[] lambdas = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            lambdas[i] = max * StrictMath.pow(GRID_RATIO, i / (GRID - 1.0));
        }
        return path(data, problem, lambdas);
    }

    /**
     * Fits this regression with its penalty multiplied by each λ in turn, from the largest down, each from the optimum
     * before it. So {@code l1(1).path(data, 0.1, 0.01)} has λ₁ = 0.1 and 0.01, and {@code elasticNet(0.5, 0.5)} shares
     * each λ equally. Every model is the one that {@link #fit} finds, but reached in fewer iterations.
     *
     * @param data rows with labels; every class must occur
     * @param lambdas factors of the penalty, at least one, each a finite number above 0, in any order
     * @return the models, the strongest penalty first
     * @throws IllegalArgumentException if a λ is out of range, there is no penalty to multiply, the data set has no
     *     labels, or a class has no row
     * @throws IllegalStateException if the iterations do not suffice for one of them
     */
    public List<LogisticModel> path(Dataset data, double... lambdas) {
        if (l1 == 0 && l2 == 0) {
            throw new IllegalArgumentException("LogisticRegression: l1 and l2 are 0, so there is no penalty for a path"
                    + " to multiply; use LogisticRegression.l1(1), l2(1) or elasticNet");
        }
        if (lambdas.length == 0) {
            throw new IllegalArgumentException("LogisticRegression: the path has 0 lambdas; give at least one");
        }
        for (int i = 0; i < lambdas.length; i++) {
            if (!(lambdas[i] > 0 && lambdas[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("LogisticRegression: lambda " + i + " of the path is " + lambdas[i]
                        + "; it must be a finite number above 0");
            }
        }
        return path(data, new LogisticProblem(data), lambdas);
    }

    private List<LogisticModel> path(Dataset data, LogisticProblem problem, double[] lambdas) {
        double[] ascending = lambdas.clone();
        Arrays.sort(ascending);
        List<LogisticModel> models = new ArrayList<>();
        double[] theta = problem.nullModel();
        for (int i = ascending.length - 1; i >= 0; i--) {
            double lambda = ascending[i];
            models.add(new LogisticRegression(lambda * l1, lambda * l2, tolerance, maxIterations)
                    .fit(data, problem, theta));
        }
        return List.copyOf(models);
    }
}
