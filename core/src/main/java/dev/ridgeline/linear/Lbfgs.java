package dev.ridgeline.linear;

/**
 * L-BFGS for a smooth objective (Nocedal and Wright, 2006, algorithm 7.4, two-loop recursion with 10 pairs). The initial
 * matrix of each iteration is γ·D⁻¹ with D the diagonal of the Hessian at equal odds, so that a strong penalty on a
 * feature of small scale does no harm.
 *
 * <p>The line search asks for the approximate Wolfe conditions (Hager and Zhang, 2005, equations 4.1 to 4.3). They
 * compare slopes and bound the objective only up to rounding, so they hold where differences of the objective are noise:
 * that is what lets the gradient fall to 1e-9 and below.
 *
 * <p>An iteration costs 4·N·outputs·features flops for two passes over the features, and N·outputs exponentials for each
 * trial on the line.
 */
final class Lbfgs {
    private static final int PAIRS = 10;
    private static final double DECREASE = 0.1;
    private static final double CURVATURE = 0.9;

    /** How much of the objective is rounding. */
    private static final double NOISE = 1e-13;

    private static final int TRIALS = 100;

    private final Iterate at;
    private final int width;
    private final int n;
    private final double[][] steps;
    private final double[][] changes;
    private final double[] curvatures = new double[PAIRS];
    private final double[] weights = new double[PAIRS];
    private final double[] inverse;
    private final double[] before;
    private final double[] slopes;
    private final double[] direction;
    private final double[][] logitChange;
    private int pairs;

    Lbfgs(Iterate at) {
        this.at = at;
        n = at.theta.length;
        width = at.problem.features + 1;
        steps = new double[PAIRS][n];
        changes = new double[PAIRS][n];
        inverse = new double[n];
        before = new double[n];
        slopes = new double[n];
        direction = new double[n];
        logitChange = new double[at.problem.outputs][at.problem.rows];
        double odds = at.problem.outputs == 1 ? 0.5 : 1.0 / at.problem.outputs;
        for (int q = 0; q < n; q++) {
            inverse[q] = 1 / (odds * (1 - odds) + at.l2[q % width]);
        }
    }

    /** Goes from where the iterate stands to the optimum; returns the iterations, or -1 if they did not suffice. */
    int solve(double tolerance, int maxIterations) {
        slopes(slopes);
        for (int iteration = 0; ; iteration++) {
            if (at.excess(tolerance) <= 1) {
                return iteration;
            }
            if (iteration == maxIterations || !step()) {
                return -1;
            }
        }
    }

    /** Sets ∇F = ∇L + λ₂θ. */
    private void slopes(double[] into) {
        for (int q = 0; q < n; q++) {
            into[q] = at.gradient[q] + at.l2[q % width] * at.theta[q];
        }
    }

    private boolean step() {
        twoLoops();
        double slope = LogisticProblem.dot(slopes, direction);
        at.problem.logits(direction, logitChange);
        double step = search(slope);
        if (step == 0 && pairs > 0) {
            // the pairs mislead: begin anew with the steepest descent
            pairs = 0;
            return step();
        }
        if (step == 0) {
            return false;
        }
        System.arraycopy(slopes, 0, before, 0, n);
        for (int q = 0; q < n; q++) {
            at.theta[q] += step * direction[q];
        }
        at.accept();
        slopes(slopes);
        remember(step);
        return true;
    }

    /** Keeps s = step·direction and y = the change of ∇F, unless rounding spoils their curvature. */
    private void remember(double step) {
        int slot = pairs % PAIRS;
        for (int q = 0; q < n; q++) {
            steps[slot][q] = step * direction[q];
            changes[slot][q] = slopes[q] - before[q];
        }
        curvatures[slot] = LogisticProblem.dot(steps[slot], changes[slot]);
        if (curvatures[slot] > 0) {
            pairs++;
        }
    }

    /** Sets the direction to -H∇F. */
    private void twoLoops() {
        int oldest = Math.max(0, pairs - PAIRS);
        for (int q = 0; q < n; q++) {
            direction[q] = -slopes[q];
        }
        for (int t = pairs - 1; t >= oldest; t--) {
            int i = t % PAIRS;
            weights[i] = LogisticProblem.dot(steps[i], direction) / curvatures[i];
            LogisticProblem.axpy(-weights[i], changes[i], direction);
        }
        double gamma = 1;
        if (pairs > 0) {
            int newest = (pairs - 1) % PAIRS;
            double scaled = 0;
            for (int q = 0; q < n; q++) {
                scaled += changes[newest][q] * changes[newest][q] * inverse[q];
            }
            gamma = curvatures[newest] / scaled;
        }
        for (int q = 0; q < n; q++) {
            direction[q] *= gamma * inverse[q];
        }
        for (int t = oldest; t < pairs; t++) {
            int i = t % PAIRS;
            double correction = weights[i] - LogisticProblem.dot(changes[i], direction) / curvatures[i];
            LogisticProblem.axpy(correction, steps[i], direction);
        }
    }

    /**
     * Returns a step with CURVATURE·φ'(0) ≤ φ'(step) ≤ (2·DECREASE - 1)·φ'(0) and φ(step) ≤ φ(0) + noise, or 0 if there
     * is none. The slope of a convex function rises along the line, so a bracket with secants finds it.
     */
    private double search(double slope) {
        if (!(slope < 0)) {
            return 0;
        }
        double start = at.loss() + at.penalty(0, direction);
        double low = 0;
        double lowSlope = slope;
        double high = Double.POSITIVE_INFINITY;
        double highSlope = Double.NaN;
        double step = 1;
        for (int t = 0; t < TRIALS; t++) {
            double value = at.trial(step, logitChange) + at.penalty(step, direction);
            double here = at.trialSlope(logitChange) + penaltySlope(step);
            if (here < CURVATURE * slope) {
                low = step;
                lowSlope = here;
            } else if (here <= (2 * DECREASE - 1) * slope && value <= start + NOISE * Math.abs(start)) {
                return step;
            } else {
                high = step;
                highSlope = here;
            }
            step = high == Double.POSITIVE_INFINITY ? 2 * step : inside(low, lowSlope, high, highSlope);
        }
        return 0;
    }

    private double penaltySlope(double step) {
        double sum = 0;
        for (int q = 0; q < n; q++) {
            sum += at.l2[q % width] * (at.theta[q] + step * direction[q]) * direction[q];
        }
        return sum;
    }

    /** Returns the zero of the secant, kept away from the ends of the bracket. */
    private static double inside(double low, double lowSlope, double high, double highSlope) {
        double share = lowSlope / (lowSlope - highSlope);
        return low + (high - low) * (share >= 0.1 && share <= 0.9 ? share : share < 0.1 ? 0.1 : 0.5);
    }
}
