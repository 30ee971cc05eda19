package dev.ridgeline.experiments.linear;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.data.StratifiedSplit;
import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.linear.LogisticModel;
import dev.ridgeline.linear.LogisticRegression;
import dev.ridgeline.regularizer.KktCertificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The study of logistic regression: for each penalty the path over λ on rows to train on, the λ that cross-validation
 * within these rows chooses, and the accuracy on rows that had no part in it.
 *
 * @param seed the seed of the first split
 * @param settings what was computed
 * @param rows what it was computed from
 * @param paths split by split, on each penalty by penalty
 */
record LinearStudy(long seed, Settings settings, LabelledRows rows, List<PenaltyPath> paths) {
    /** One row to judge by, and two that judge each other in cross-validation. */
    private static final int LEAST_ROWS = 3;

    /**
     * What is computed.
     *
     * @param seeds how many splits
     * @param validation the share of the rows that judges, above 0 and below 1
     * @param folds the folds of the cross-validation, at least 2
     * @param lambdas how many λ a path has, at least 2
     * @param l1Ratio the share r of L1 in the elastic net, above 0 and below 1
     */
    record Settings(int seeds, double validation, int folds, int lambdas, double l1Ratio) {
        /** Returns the settings by name. */
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("seeds", seeds);
            map.put("validation", validation);
            map.put("folds", folds);
            map.put("lambdas", lambdas);
            map.put("l1Ratio", l1Ratio);
            return map;
        }
    }

    /** Returns a job for each penalty on each split. */
    static List<Job<PenaltyPath>> jobs(long seed, Settings settings, LabelledRows rows) {
        rows.requireEach(
                IntStream.range(0, rows.labels().length).toArray(),
                LEAST_ROWS,
                "; to fit, cross-validate and judge takes at least " + LEAST_ROWS
                        + ": give it more, merge it with another class, or leave its rows out");
        List<Job<PenaltyPath>> jobs = new ArrayList<>();
        for (long s = seed; s < seed + settings.seeds; s++) {
            long start = s;
            for (LinearPenalty penalty : LinearPenalty.values()) {
                jobs.add(new Job<>(
                        Map.of("penalty", penalty.title(), "seed", start),
                        1L + settings.folds,
                        done -> path(penalty, start, settings, rows, done)));
            }
        }
        return jobs;
    }

    private static PenaltyPath path(
            LinearPenalty penalty, long seed, Settings settings, LabelledRows rows, Runnable stepDone) {
        long start = System.nanoTime();
        StratifiedSplit split =
                StratifiedSplit.draw(rows.labels(), rows.classes().size(), settings.validation, seed);
        LabelledRows.Parts parts = rows.standardized(split.train(), split.validation());
        LogisticRegression regression = penalty.regression(settings.l1Ratio);
        double[] lambdas = penalty.lambdas(parts.fit(), settings.l1Ratio, settings.lambdas);
        CrossValidation unseen =
                CrossValidation.of(regression, lambdas, rows, split.train(), settings.folds, seed, stepDone);
        List<LogisticModel> models = regression.path(parts.fit(), lambdas);
        List<PathPoint> points = IntStream.range(0, lambdas.length)
                .mapToObj(i -> point(lambdas[i], models.get(i), parts, unseen.loss(i), unseen.error(i)))
                .toList();
        stepDone.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new PenaltyPath(penalty, seed, split.train().length, split.validation().length, seconds, points);
    }

    private static PathPoint point(
            double lambda, LogisticModel model, LabelledRows.Parts parts, double loss, double error) {
        KktCertificate proof = model.certificate();
        return new PathPoint(
                lambda,
                proof.l1(),
                proof.l2(),
                model.coefficients(),
                model.intercepts(),
                score(model, parts.fit()),
                score(model, parts.judge()),
                loss,
                error,
                proof.violation(),
                proof.index(),
                model.interceptGradient(),
                model.iterations());
    }

    private static PathPoint.Score score(LogisticModel model, Dataset data) {
        int[] classes = model.classify(data);
        long correct = IntStream.range(0, classes.length)
                .filter(i -> classes[i] == data.labels()[i])
                .count();
        return new PathPoint.Score(model.loss(data), (double) correct / classes.length);
    }

    /** Returns the path of a penalty on a split, counted from 0. */
    PenaltyPath path(LinearPenalty penalty, int split) {
        return paths.get(split * LinearPenalty.values().length + penalty.ordinal());
    }

    /** Returns the distribution of a figure of the chosen models over the splits. */
    Distribution distribution(LinearPenalty penalty, ToDoubleFunction<PathPoint> figure) {
        return new Distribution(IntStream.range(0, settings.seeds)
                .mapToDouble(split -> figure.applyAsDouble(path(penalty, split).chosen()))
                .toArray());
    }

    /** Returns in how many of the splits a coefficient of the chosen model is exactly zero. */
    long zeros(LinearPenalty penalty, int coefficient) {
        return IntStream.range(0, settings.seeds)
                .filter(split -> path(penalty, split).chosen().coefficients()[coefficient] == 0)
                .count();
    }

    /** Returns the names of what the rows of coefficients are for: each class, or of two the second. */
    List<String> outputs() {
        List<String> classes = rows.classes();
        return classes.size() == 2 ? classes.subList(1, 2) : classes;
    }

    /** Returns the number of a model's coefficients, without intercepts. */
    int coefficients() {
        return outputs().size() * rows.features().size();
    }

    /** Returns which row of coefficients one is in. */
    String outputOf(int coefficient) {
        return outputs().get(coefficient / rows.features().size());
    }

    /** Returns which feature a coefficient multiplies. */
    String featureOf(int coefficient) {
        return rows.features().get(coefficient % rows.features().size());
    }

    /** Returns the largest violation of the optimality conditions over all splits of a penalty. */
    double largestViolation(LinearPenalty penalty) {
        return IntStream.range(0, settings.seeds)
                .mapToDouble(split -> path(penalty, split).largestViolation())
                .max()
                .orElseThrow();
    }

    /** Returns the SHA-256 of all coefficients and intercepts, a line for each λ of each path. */
    String digest() {
        return Sha256.ofLines(paths.stream()
                .flatMap(path -> path.points().stream())
                .map(point -> Arrays.toString(point.coefficients()) + Arrays.toString(point.intercepts()))
                .toList());
    }
}
