package dev.ridgeline.linear;

import java.util.Arrays;

/**
 * Newton's method for a smooth loss plus λ₁ Σ|θ|: each iteration minimises the quadratic model of the loss with the
 * penalty as it is, then searches the line to that minimum (Lee, Sun and Saunders, 2014; Yuan, Ho and Lin, 2012). A
 * weight that the penalty wins is exactly zero. With λ₁ = 0 this is Newton's method.
 *
 * <p>The model is minimised in turns. A sweep of coordinate descent over all parameters finds the support (Friedman,
 * Hastie and Tibshirani, 2010), and some over the support settle it. The shift of the classes, to which the loss is
 * blind, is set where the penalty is least. Conjugate gradients then solve for the weights of the support with their
 * signs fixed, as they do not mind correlated features; a weight that would change sign stops at zero.
 *
 * <p>An iteration costs about 12·N·outputs·features flops, 16·N for each weight of the support, and 4·N for each weight of
 * the support and product with the Hessian. The products are as exact as the iteration needs (Nocedal and Wright, 2006,
 * section 7.1), so convergence is faster than linear.
 */
final class ProximalNewton {
    private static final int SWEEPS = 4;
    private static final int ROUNDS = 3;
    private static final double ARMIJO = 1e-4;

    /** How much of the objective is rounding. */
    private static final double NOISE = 1e-14;

    /** At least by this the conjugate gradients reduce their residual; by more near the optimum. */
    private static final double FORCING = 0.1;

    /** Without a penalty, an optimum is a point from which the Newton step moves no logit by more than this. */
    private static final double STILL = 1e-4;

    /** Keeps the model's curvature above zero where probabilities are 0 or 1; too small to turn a step. */
    private static final double DAMPING = 1e-12;

    /** Conjugate gradients stop here at the latest: each of their iterates lowers the model. */
    private static final int MOST_PRODUCTS = 100;

    private static final int HALVINGS = 60;

    private final Iterate at;
    private final LogisticProblem problem;
    private final int width;
    private final int n;
    private final double[] diagonal;
    private final double[] goal;
    private final double[] previousGoal;
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
        previousGoal = new double[n];
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
            double excess = at.excess(tolerance);
            boolean optimal = excess <= 1;
            if (optimal && penalized) {
                return iteration;
            }
            if (!penalized) {
                checkOverlap(at.logits());
            }
            minimizeModel(Math.min(FORCING, Math.sqrt(excess * tolerance)));
            if (!penalized) {
                checkOverlap(logitChange);
                if (optimal && largest(logitChange) <= STILL) {
                    return iteration;
                }
            }
            if (iteration == maxIterations || !search()) {
                return -1;
            }
        }
    }

    private void checkOverlap(double[][] z) {
        if (problem.separates(z)) {
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
    private void minimizeModel(double forcing) {
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
        conjugateGradients(forcing);
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
    private void conjugateGradients(double forcing) {
        for (int round = 0; round < ROUNDS; round++) {
            shiftClasses();
            for (int q = 0; q < n; q++) {
                free[q] = goal[q] != 0 || at.l1[q % width] == 0;
            }
            solveOnSupport(forcing);
            if (!moveWithinSigns()) {
                return;
            }
            sweep();
        }
    }

    /** Takes the best of the models that differ by shifts of the classes; their logits need not be told apart. */
    private void shiftClasses() {
        if (problem.outputs > 1) {
            for (int j = 0; j < problem.features; j++) {
                ClassShift.shift(at.l1[j], at.l2[j], goal, j, width);
            }
        }
    }

    /** Sets the correction that solves the model's equations on the support (Nocedal and Wright, algorithm 5.3). */
    private void solveOnSupport(double forcing) {
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
        for (int t = 0; t <= Math.min(2 * size, MOST_PRODUCTS) && energy > forcing * forcing * first; t++) {
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

    /**
     * Moves by the correction, where weights that would change sign stop at zero; halves the correction until the model
     * is better for it. Returns whether a weight stopped.
     */
    private boolean moveWithinSigns() {
        System.arraycopy(goal, 0, previousGoal, 0, n);
        for (int k = 0; k < problem.outputs; k++) {
            System.arraycopy(logitChange[k], 0, images[k], 0, problem.rows);
        }
        double start = model();
        double share = 1;
        for (int t = 0; t < HALVINGS; t++, share /= 2) {
            boolean stopped = false;
            for (int q = 0; q < n; q++) {
                double moved = previousGoal[q] + share * correction[q];
                boolean stops = at.l1[q % width] > 0 && previousGoal[q] * moved < 0;
                stopped |= stops;
                goal[q] = stops ? 0 : moved;
                // what the clipped weights do not move, against the full correction
                search[q] = stops ? goal[q] - moved : 0;
            }
            problem.logits(search, logitChange);
            for (int k = 0; k < problem.outputs; k++) {
                LogisticProblem.axpy(1, images[k], logitChange[k]);
                LogisticProblem.axpy(share, stepImages[k], logitChange[k]);
            }
            updateMeanChange();
            if (!stopped || model() <= start) {
                return stopped;
            }
        }
        System.arraycopy(previousGoal, 0, goal, 0, n);
        for (int k = 0; k < problem.outputs; k++) {
            System.arraycopy(images[k], 0, logitChange[k], 0, problem.rows);
        }
        updateMeanChange();
        return false;
    }

    /** Returns the model at the goal: g·d + ½ d·H·d + the penalty. */
    private double model() {
        double curvature = 0;
        for (int k = 0; k < problem.outputs; k++) {
            double[] p = at.probabilities[k];
            double[] dz = logitChange[k];
            for (int i = 0; i < dz.length; i++) {
                curvature += p[i] * dz[i] * (dz[i] - meanChange[i]);
            }
        }
        double damping = 0;
        for (int q = 0; q < n; q++) {
            direction[q] = goal[q] - at.theta[q];
            damping += DAMPING * direction[q] * direction[q];
        }
        return LogisticProblem.dot(at.gradient, direction)
                + (curvature / problem.rows + damping) / 2
                + at.penalty(1, direction);
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
