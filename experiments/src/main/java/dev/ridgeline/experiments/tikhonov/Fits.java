package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * All fits of the study: each regularizer with each λ on each training set.
 *
 * @param seeds the seeds of the training sets
 * @param all the fits, in the order of {@link #jobs}
 */
record Fits(long[] seeds, List<Fit> all) {
    /** Returns the jobs, by regularizer, λ and seed. */
    static List<Job<Fit>> jobs(TikhonovPlan plan, long[] seeds) {
        List<Job<Fit>> jobs = new ArrayList<>();
        for (Smoothing smoothing : Smoothing.values()) {
            for (double lambda : smoothing.lambdas()) {
                for (long seed : seeds) {
                    jobs.add(Fit.job(plan, smoothing, lambda, seed));
                }
            }
        }
        return jobs;
    }

    /** Returns a number of the fits with a λ, one for each training set. */
    double[] numbers(Smoothing smoothing, double lambda, ToDoubleFunction<Fit> number) {
        return all.stream()
                .filter(fit -> fit.smoothing() == smoothing && fit.lambda() == lambda)
                .mapToDouble(number)
                .toArray();
    }

    /** Returns the λ with the lowest mean true error; of several the smallest. */
    double best(Smoothing smoothing) {
        return best(smoothing, -1);
    }

    /** Returns the λ with the lowest mean true error, one training set left out; -1 leaves out none. */
    private double best(Smoothing smoothing, int without) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double lambda : smoothing.lambdas()) {
            double[] errors = numbers(smoothing, lambda, Fit::trueError);
            double sum = IntStream.range(0, errors.length)
                    .filter(s -> s != without)
                    .mapToDouble(s -> errors[s])
                    .sum();
            if (sum < least) {
                least = sum;
                best = lambda;
            }
        }
        return best;
    }

    /** Returns whether the best λ is the first or last that was tried, so that a better one may lie beyond. */
    boolean atEdge(Smoothing smoothing) {
        List<Double> lambdas = smoothing.lambdas();
        double best = best(smoothing);
        return lambdas.size() > 1 && (best == lambdas.getFirst() || best == lambdas.getLast());
    }

    /**
     * Returns the true error on each training set with the λ that is best on the others, so that no set has a part in the
     * choice that it judges. A single one has no others, and chooses by itself.
     */
    double[] chosenErrors(Smoothing smoothing) {
        return IntStream.range(0, seeds.length)
                .mapToDouble(s -> {
                    double lambda = best(smoothing, seeds.length == 1 ? -1 : s);
                    return numbers(smoothing, lambda, Fit::trueError)[s];
                })
                .toArray();
    }

    /** Returns by how much the true error is below that of another regularizer, on each training set. */
    double[] gains(Smoothing smoothing, Smoothing over) {
        double[] errors = chosenErrors(smoothing);
        double[] others = chosenErrors(over);
        double[] gains = new double[errors.length];
        Arrays.setAll(gains, s -> others[s] - errors[s]);
        return gains;
    }

    /** Returns the SHA-256 of the fits' digests, a line each, in order. */
    String digest() {
        return Sha256.ofLines(all.stream().map(Fit::digest).toList());
    }
}
