package dev.ridgeline.experiments.lambda;

import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The study of the best λ: what its runs found, and the power law through it. A λ at an edge of the grid is counted, but is
 * left out of means and laws.
 *
 * @param seed the first seed
 * @param plan what was varied
 * @param runs one for each number of rows and each seed, in this order
 */
record LambdaStudy(long seed, LambdaPlan plan, List<LambdaRun> runs) {
    /** Sorts the runs. */
    LambdaStudy {
        runs = runs.stream()
                .sorted(Comparator.comparingInt(LambdaRun::rows).thenComparingLong(LambdaRun::seed))
                .toList();
    }

    /** Returns the jobs, the longest first, so that no thread is left with a long one at the end. */
    static List<Job<LambdaRun>> jobs(long[] seeds, LambdaPlan plan) {
        List<Job<LambdaRun>> jobs = new ArrayList<>();
        for (int rows : plan.rows().reversed()) {
            for (long seed : seeds) {
                jobs.add(LambdaRun.job(plan, rows, seed));
            }
        }
        return jobs;
    }

    /**
     * The best λ of one number of rows.
     *
     * @param rows N
     * @param lambda the geometric mean over the training sets whose λ is within the grid; NaN if there are none
     * @param error the standard error of ln λ; NaN if there are less than two
     * @param used how many those are
     * @param atEdge how many others there are
     */
    record Point(int rows, double lambda, double error, int used, int atEdge) {
        static Point of(int rows, List<BestLambda> best) {
            double[] logarithms = best.stream()
                    .filter(b -> !b.atEdge())
                    .mapToDouble(b -> Math.log(b.lambda()))
                    .toArray();
            int n = logarithms.length;
            double sum = 0;
            for (double logarithm : logarithms) {
                sum += logarithm;
            }
            double mean = sum / n;
            double squares = 0;
            for (double logarithm : logarithms) {
                squares += (logarithm - mean) * (logarithm - mean);
            }
            return new Point(rows, Math.exp(mean), Math.sqrt(squares / (n - 1) / n), n, best.size() - n);
        }

        /** Returns the lower end of the bar of one standard error. */
        double low() {
            return lambda * Math.exp(-error);
        }

        /** Returns the upper end. */
        double high() {
            return lambda * Math.exp(error);
        }
    }

    /** Returns the best λ of each run, among those of a grid that is no longer than the plan's. */
    List<BestLambda> best(Family family, LambdaGrid grid) {
        return runs.stream().map(run -> run.best(family, grid)).toList();
    }

    /** Returns the best λ for each number of rows. */
    List<Point> points(Family family) {
        List<BestLambda> best = best(family, plan.grid());
        return plan.rows().stream()
                .map(rows -> Point.of(
                        rows, best.stream().filter(b -> b.rows() == rows).toList()))
                .toList();
    }

    /** Returns the power law through the λ within the grid, unless they are too few. */
    Optional<PowerLaw> law(Family family) {
        return law(best(family, plan.grid()).stream().filter(b -> !b.atEdge()).toList());
    }

    /** Returns the law through all λ, those at an edge too, among those of a grid. */
    Optional<PowerLaw> lawWithEdges(Family family, LambdaGrid grid) {
        return law(best(family, grid));
    }

    private static Optional<PowerLaw> law(List<BestLambda> points) {
        long different = points.stream().mapToInt(BestLambda::rows).distinct().count();
        return points.size() < PowerLaw.FEWEST || different < 2 ? Optional.empty() : Optional.of(PowerLaw.fit(points));
    }

    /** Returns the SHA-256 of the runs' digests, a line each, in order. */
    String digest() {
        return Sha256.ofLines(runs.stream().map(LambdaRun::digest).toList());
    }

    /** Returns how many networks were trained. */
    long networks() {
        return (long) runs.size() * LambdaRun.NETWORKS.size() * plan.grid().lambdas().length;
    }

    /** Returns how long their training took on one thread, in seconds. */
    double seconds() {
        return runs.stream().mapToDouble(LambdaRun::seconds).sum();
    }
}
