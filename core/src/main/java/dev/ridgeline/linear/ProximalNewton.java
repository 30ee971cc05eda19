package dev.ridgeline.linear;

import java.util.Arrays;

/**
 * Newton's method for a smooth loss plus λ₁ Σ|θ|: each iteration minimises the quadratic model of the loss with the
 * penalty as it is, then searches the line to that minimum (Lee, Sun and Saunders, 2014; Yuan, Ho and Lin, 2012). A
 * weight that the penalty wins is exactly zero. With λ₁ = 0 this is Newton's method.
 *
 * <p>The model is minimised by one sweep of coordinate descent over all parameters (Friedman, Hastie and Tibshirani,
 * 2010), which finds the support; some over the support; and conjugate gradients on the support with fixed signs, which
 * do not mind correlated features. A weight that reaches zero on the way leaves the support.
 *
 * <p>An iteration costs about 10·N·outputs·features flops, and 4·N for each weight of the support and round of conjugate
 * gradients. Convergence is quadratic in the end.
 */
final class ProximalNewton {
    private static final int SWEEPS = 4;
    private static final int ROUNDS = 8;
    private static final double ARMIJO = 1e-4;

    /** How much of the objective is rounding. */
    private static final double NOISE = 1e-14;

    /** The conjugate gradients stop when their residual has fallen by this: ten digits take three more iterations. */
    private static final double RESIDUAL = 1e-4;

    /** Without a penalty, an optimum is a point from which the Newton step moves no logit by more than this. */
    private static final double STILL = 1e-4;

    /** Keeps the model's curvature above zero where probabilities are 0 or 1; too small to turn a step. */
    private static final double DAMPING = 1e-12;

    private static final int HALVINGS = 60;

    private final Iterate at;
    private final LogisticProblem problem;
    private final int width;
    private final int n;
    private final double[] diagonal;
    private final double[] goal;
    private final double[] direction;
    private final double[][] logitChange;
    private final double[] meanChange;
    private final double[] work;
    private final double[][] weighted;
    private final double[][] images;
    private final double[][] stepImages;
    private final double[] residual;
    private final double[] search;
    private final double[] product;
    private final double[] correction;
    private final boolean[] free;

    ProximalNewton(Iterate at) {
        this.at = at;
        problem = at.problem;
        width = problem.features + 1;
        n = at.theta.length;
        diagonal = new double[n];
        goal = new double[n];
        direction = new double[n];
        logitChange = new double[problem.outputs][problem.rows];
        meanChange = new double[problem.rows];
        work = new double[problem.rows];
        weighted = new double[problem.outputs][problem.rows];
        images = new double[problem.outputs][problem.rows];
        stepImages = new double[problem.outputs][problem.rows];
        residual = new double[n];
        search = new double[n];
        product = new double[n];
        correction = new double[n];
        free = new boolean[n];
    }

    /**
     * Goes from where the iterate stands to the optimum; returns the iterations, or -1 if they did not suffice.
     *
     * @throws IllegalArgumentException if nothing is penalised and the classes can be separated
     */
    int solve(double tolerance, int maxIterations, boolean penalized) {
        for (int iteration = 0; ; iteration++) {
            boolean optimal = at.excess(tolerance) <= 1;
            if (optimal && penalized) {
                return iteration;
            }
            minimizeModel();
            if (!penalized) {
                checkOverlap();
                if (optimal && largest(logitChange) <= STILL) {
                    return iteration;
                }
            }
            if (iteration == maxIterations || !search()) {
                return -1;
            }
        }
    }

    private void checkOverlap() {
        if (problem.separates(at.logits()) || problem.separates(logitChange)) {
            throw new IllegalArgumentException("LogisticRegression: without a penalty there is no optimum, because a"
                    + " plane separates classes of these " + problem.rows + " rows and larger coefficients always fit"
                    + " better; add a penalty, for example LogisticRegression.l2(1e-3)");
        }
    }

    private static double largest(double[][] values) {
        double max = 0;
        for (double[] row : values) {
            for (double value : row) {
                max = Math.max(max, Math.abs(value));
            }
        }
        return max;
    }

    /** Moves to θ + step·direction with the first step of 1, ½, ¼ ... that lowers F enough (Armijo). */
    private boolean search() {
        for (int q = 0; q < n; q++) {
            direction[q] = goal[q] - at.theta[q];
        }
        double start = at.loss() + at.penalty(0, direction);
        double decrease =
                LogisticProblem.dot(at.gradient, direction) + at.penalty(1, direction) - at.penalty(0, direction);
        double step = 1;
        for (int t = 0; t < HALVINGS; t++, step /= 2) {
            double value = at.trial(step, logitChange) + at.penalty(step, direction);
            if (value <= start + ARMIJO * step * decrease + NOISE * start) {
                for (int q = 0; q < n; q++) {
                    at.theta[q] = step == 1 ? goal[q] : at.theta[q] + step * direction[q];
                }
                at.accept();
                return true;
            }
        }
        return false;
    }

    /** Sets the goal to the minimum of the model, and the change of the logits on the way there. */
    private void minimizeModel() {
        System.arraycopy(at.theta, 0, goal, 0, n);
        Arrays.fill(meanChange, 0);
        for (int k = 0; k < problem.outputs; k++) {
            Arrays.fill(logitChange[k], 0);
            curvatures(k);
        }
        Arrays.fill(free, true);
        sweep();
        for (int q = 0; q < n; q++) {
            free[q] = goal[q] != 0 || at.l1[q % width] == 0;
        }
        for (int s = 0; s < SWEEPS; s++) {
            sweep();
        }
        conjugateGradients();
    }

    /** Sets the diagonal of the Hessian: mean of x²·p(1 - p), plus λ₂. */
    private void curvatures(int k) {
        double[] p = at.probabilities[k];
        for (int i = 0; i < work.length; i++) {
            work[i] = p[i] * (1 - p[i]);
        }
        for (int j = 0; j < width; j++) {
            double[] x = problem.columns[j];
            double sum = 0;
            for (int i = 0; i < work.length; i++) {
                sum += x[i] * x[i] * work[i];
            }
            diagonal[k * width + j] = sum / problem.rows + at.l2[j] + DAMPING;
        }
    }

    /** Minimises the model along each free coordinate in turn. */
    private void sweep() {
        for (int k = 0; k < problem.outputs; k++) {
            double[] p = at.probabilities[k];
            for (int i = 0; i < work.length; i++) {
                work[i] = p[i] * (logitChange[k][i] - meanChange[i]);
            }
            for (int j = 0; j < width; j++) {
                if (free[k * width + j]) {
                    descend(k, j);
                }
            }
        }
    }

    /**
     * Minimises along one coordinate: u = S(h·u - g, λ₁)/h with the soft threshold S. The Hessian's product with the
     * change so far, in row i and output k, is p_k·(dz_k - Σ_l p_l·dz_l), kept in {@code work}.
     */
    private void descend(int k, int j) {
        int q = k * width + j;
        double[] x = problem.columns[j];
        double h = diagonal[q];
        double slope = at.gradient[q]
                + LogisticProblem.dot(x, work) / problem.rows
                + at.l2[j] * goal[q]
                + DAMPING * (goal[q] - at.theta[q]);
        double moved = softThreshold(h * goal[q] - slope, at.l1[j]) / h;
        double change = moved - goal[q];
        if (change == 0) {
            return;
        }
        goal[q] = moved;
        double[] p = at.probabilities[k];
        double[] dz = logitChange[k];
        for (int i = 0; i < work.length; i++) {
            double moves = change * x[i];
            dz[i] += moves;
            meanChange[i] += p[i] * moves;
            work[i] += p[i] * (1 - p[i]) * moves;
        }
    }

    private static double softThreshold(double value, double threshold) {
        return value > threshold ? value - threshold : value < -threshold ? value + threshold : 0;
    }

    /** Solves the model on the support, as long as weights of it reach zero on the way. */
    private void conjugateGradients() {
        boolean blocked = true;
        for (int round = 0; blocked && round < ROUNDS; round++) {
            for (int q = 0; q < n; q++) {
                free[q] = goal[q] != 0 || at.l1[q % width] == 0;
            }
            solveOnSupport();
            blocked = moveWithinSigns();
        }
    }

    /** Sets the correction that solves the model's equations on the support (Nocedal and Wright, algorithm 5.3). */
    private void solveOnSupport() {
        for (double[] image : stepImages) {
            Arrays.fill(image, 0);
        }
        Arrays.fill(correction, 0);
        Arrays.fill(search, 0);
        int size = 0;
        hessian(logitChange, product);
        for (int q = 0; q < n; q++) {
            double slope = at.gradient[q]
                    + product[q]
                    + at.l2[q % width] * goal[q]
                    + DAMPING * (goal[q] - at.theta[q])
                    + at.l1[q % width] * Math.signum(goal[q]);
            residual[q] = free[q] ? -slope : 0;
            size += free[q] ? 1 : 0;
        }
        double first = preconditioned();
        double energy = first;
        double previous = Double.POSITIVE_INFINITY;
        for (int t = 0; t <= 2 * size && energy > RESIDUAL * RESIDUAL * first; t++) {
            for (int q = 0; q < n; q++) {
                search[q] = residual[q] / diagonal[q] + energy / previous * search[q];
            }
            problem.logits(search, images);
            hessian(images, product);
            double curvature = 0;
            for (int q = 0; q < n; q++) {
                product[q] += (at.l2[q % width] + DAMPING) * search[q];
                curvature += search[q] * product[q];
            }
            double length = energy / curvature;
            for (int q = 0; q < n; q++) {
                correction[q] += length * search[q];
                residual[q] -= free[q] ? length * product[q] : 0;
            }
            for (int k = 0; k < problem.outputs; k++) {
                LogisticProblem.axpy(length, images[k], stepImages[k]);
            }
            previous = energy;
            energy = preconditioned();
        }
    }

    private double preconditioned() {
        double sum = 0;
        for (int q = 0; q < n; q++) {
            sum += residual[q] * residual[q] / diagonal[q];
        }
        return sum;
    }

    /** Sets Xᵀ(W·dz)/N for the free columns, with W·dz = p·(dz - Σ p·dz) in each row. */
    private void hessian(double[][] dz, double[] into) {
        Arrays.fill(work, 0);
        for (int k = 0; k < problem.outputs; k++) {
            for (int i = 0; i < work.length; i++) {
                work[i] += at.probabilities[k][i] * dz[k][i];
            }
        }
        for (int k = 0; k < problem.outputs; k++) {
            double[] p = at.probabilities[k];
            for (int i = 0; i < work.length; i++) {
                weighted[k][i] = p[i] * (dz[k][i] - work[i]);
            }
            for (int j = 0; j < width; j++) {
                int q = k * width + j;
                into[q] = free[q] ? LogisticProblem.dot(problem.columns[j], weighted[k]) / problem.rows : 0;
            }
        }
    }

    /** Adds the correction up to where the first weight reaches zero, which stays there; returns whether one did. */
    private boolean moveWithinSigns() {
        double share = 1;
        int blocking = -1;
        for (int q = 0; q < n; q++) {
            if (at.l1[q % width] > 0 && goal[q] * (goal[q] + correction[q]) < 0) {
                double reach = -goal[q] / correction[q];
                if (reach < share) {
                    share = reach;
                    blocking = q;
                }
            }
        }
        for (int q = 0; q < n; q++) {
            goal[q] += share * correction[q];
        }
        for (int k = 0; k < problem.outputs; k++) {
            LogisticProblem.axpy(share, stepImages[k], logitChange[k]);
        }
        if (blocking >= 0) {
            goal[blocking] = 0;
        }
        updateMeanChange();
        return blocking >= 0;
    }

    /** Sets Σ p·dz in each row. */
    private void updateMeanChange() {
        Arrays.fill(meanChange, 0);
        for (int k = 0; k < problem.outputs; k++) {
            for (int i = 0; i < meanChange.length; i++) {
                meanChange[i] += at.probabilities[k][i] * logitChange[k][i];
            }
        }
    }
}
