package dev.ridgeline.linear;

/**
 * Where a solver stands: parameters θ, logits, probabilities, data loss and its gradient, all of the same θ; and a trial
 * point on a line from there. F(θ) = L(θ) + Σ λ₁|θ| + ½ Σ λ₂θ², each with the factor of its column.
 */
final class Iterate {
    final LogisticProblem problem;
    final double[] l1;
    final double[] l2;
    final double[] theta;
    final double[] gradient;
    final double[][] probabilities;
    private final int width;
    private final double[][] residuals;
    private double[][] logits;
    private double[][] trial;
    private double loss;
    private double trialLoss;

    /** Evaluates everything at θ, which is used, not copied. */
    Iterate(LogisticProblem problem, double lambda1, double lambda2, double[] theta) {
        this.problem = problem;
        this.theta = theta;
        l1 = problem.l1(lambda1);
        l2 = problem.l2(lambda2);
        width = problem.features + 1;
        gradient = new double[theta.length];
        logits = new double[problem.outputs][problem.rows];
        trial = new double[problem.outputs][problem.rows];
        probabilities = new double[problem.outputs][problem.rows];
        residuals = new double[problem.outputs][problem.rows];
        problem.logits(theta, logits);
        loss = problem.loss(logits, probabilities);
        evaluateGradient();
    }

    private void evaluateGradient() {
        problem.residuals(probabilities, residuals);
        problem.gradient(residuals, gradient);
    }

    /** Returns L(θ). */
    double loss() {
        return loss;
    }

    double[][] logits() {
        return logits;
    }

    /** Returns Σ λ₁|θ| + ½ Σ λ₂θ² at θ + step·direction. */
    double penalty(double step, double[] direction) {
        double sum = 0;
        for (int q = 0; q < theta.length; q++) {
            double t = theta[q] + step * direction[q];
            sum += l1[q % width] * Math.abs(t) + 0.5 * l2[q % width] * t * t;
        }
        return sum;
    }

    /** Returns the largest violation of the optimality conditions in units of what the tolerance allows. */
    double excess(double tolerance) {
        return problem.excess(theta, gradient, l1, l2, tolerance);
    }

    /** Moves the trial to θ + step·direction and returns L there; {@code change} is X·direction. */
    double trial(double step, double[][] change) {
        for (int k = 0; k < trial.length; k++) {
            for (int i = 0; i < trial[k].length; i++) {
                trial[k][i] = logits[k][i] + step * change[k][i];
            }
        }
        trialLoss = problem.loss(trial, probabilities);
        return trialLoss;
    }

    /** Returns dL/dstep at the trial, from the logits alone: no pass over the features. */
    double trialSlope(double[][] change) {
        problem.residuals(probabilities, residuals);
        double sum = 0;
        for (int k = 0; k < change.length; k++) {
            sum += LogisticProblem.dot(residuals[k], change[k]);
        }
        return sum / problem.rows;
    }

    /** Makes the trial, whose parameters the caller has set, the point to stand on. */
    void accept() {
        double[][] before = logits;
        logits = trial;
        trial = before;
        loss = trialLoss;
        evaluateGradient();
    }
}
