package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.Holm;
import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.bench.cost.SampleMean;
import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.experiments.study.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What cross-validation says of all candidates.
 *
 * @param all a finding for each candidate, in their order
 * @param digest the SHA-256 of the digests of all trained weights
 */
record Findings(List<Finding> all, String digest) {
    /**
     * Evaluates the trials.
     *
     * @param plan the plan
     * @param task what was predicted
     * @param trials for each of {@link Candidate#allTrained} its trials by split
     */
    static Findings of(Plan plan, Task task, List<List<Trial>> trials) {
        List<Finding> findings = new ArrayList<>();
        for (Candidate candidate : Candidate.values()) {
            findings.add(new Choosing(plan, task, trials, candidate).finding(findings));
        }
        List<String> digests =
                trials.stream().flatMap(List::stream).map(Trial::digest).toList();
        return new Findings(adjusted(findings), Sha256.ofLines(digests));
    }

    /** Returns the finding of a candidate. */
    Finding of(Candidate candidate) {
        return all.get(candidate.ordinal());
    }

    /** Returns the candidates that are compared with none. */
    List<Finding> compared() {
        return all.subList(1, all.size());
    }

    /** One candidate's choice among its strengths. */
    private static final class Choosing {
        private final Plan plan;
        private final Task task;
        private final Candidate candidate;
        private final List<Recipe> grid;
        private final int[] checkpoints;
        private final List<List<Trial>> trials;

        Choosing(Plan plan, Task task, List<List<Trial>> all, Candidate candidate) {
            this.plan = plan;
            this.task = task;
            this.candidate = candidate;
            checkpoints = plan.checkpoints();
            grid = candidate.grid(checkpoints);
            List<Recipe> trained = Candidate.allTrained();
            trials = grid.stream()
                    .map(recipe -> all.get(trained.indexOf(recipe.stoppedAfter(0))))
                    .toList();
        }

        Finding finding(List<Finding> before) {
            int splits = trials.getFirst().size();
            int[] chosen = IntStream.range(0, splits).map(this::chosenInside).toArray();
            double[] losses = judged(chosen, Trial::losses);
            double root = task == Task.CLASSIFICATION
                    ? Double.NaN
                    : mean(by(
                            splits,
                            s -> Math.sqrt(losses[s])
                                    * trials.get(chosen[s]).get(s).unit()));
            int best = lowest(
                    grid.size(), g -> mean(by(splits, s -> trials.get(g).get(s).losses()[end(g)])));
            Recipe recipe = grid.get(best);
            boolean edge = grid.size() > 2 && (best == 0 || best == grid.size() - 1);
            int lowest = lowest(
                    checkpoints.length,
                    c -> mean(by(splits, s -> trials.get(best).get(s).losses()[c])));
            int bestEpoch = recipe.epochs() > 0 ? recipe.epochs() : checkpoints[lowest];
            SampleMean difference = null;
            if (candidate != Candidate.NONE) {
                double[] none = before.getFirst().losses();
                difference = corrected(by(splits, s -> none[s] - losses[s]), plan.folds());
            }
            return new Finding(
                    candidate,
                    recipe,
                    edge,
                    losses,
                    mean(losses),
                    mean(judged(chosen, Trial::accuracies)),
                    mean(judged(chosen, Trial::trainLosses)),
                    mean(judged(chosen, Trial::trainAccuracies)),
                    root,
                    difference,
                    null,
                    Double.NaN,
                    bestEpoch);
        }

        /** Returns a figure of each split, with the strength that was chosen there. */
        private double[] judged(int[] chosen, Function<Trial, double[]> figure) {
            return by(chosen.length, s -> figure.apply(trials.get(chosen[s]).get(s))[end(chosen[s])]);
        }

        /** Returns the strength with the lowest mean loss on the inner folds of a split. */
        private int chosenInside(int split) {
            return lowest(
                    grid.size(),
                    g -> trials.get(g).get(split).inner().stream()
                            .mapToDouble(losses -> losses[end(g)])
                            .average()
                            .orElseThrow());
        }

        /** Returns the checkpoint at which a recipe of the grid is judged. */
        private int end(int g) {
            int epochs = grid.get(g).epochs();
            return epochs > 0 ? Arrays.binarySearch(checkpoints, epochs) : checkpoints.length - 1;
        }
    }

    /**
     * Returns the mean of differences over repeated k-fold splits. Any two trainings share rows, so the differences are not
     * independent, and s/√n is too small. The correction of Nadeau and Bengio (Inference for the generalization error,
     * 2003), for repeated splits by Bouckaert and Frank (2004): the squared error is s²·(1/n + q), with q the judging rows
     * over the training rows, 1/(k - 1).
     */
    static SampleMean corrected(double[] differences, int folds) {
        SampleMean naive = SampleMean.of(differences);
        double ratio = 1.0 / (folds - 1);
        double error = naive.error() * Math.sqrt(1 + differences.length * ratio);
        return new SampleMean(naive.mean(), error, naive.degrees());
    }

    /**
     * Adjusts the p-values by Holm's procedure, and widens each interval to the level at which the procedure decided on it:
     * α/(m - i + 1) for the i-th smallest p-value, and for those after the first that is not rejected, the level of this one.
     */
    private static List<Finding> adjusted(List<Finding> findings) {
        List<Finding> compared = findings.subList(1, findings.size());
        double[] raw = compared.stream()
                .mapToDouble(f -> f.difference().differsFromZero())
                .toArray();
        double[] p = Holm.adjust(raw);
        List<Integer> ascending = IntStream.range(0, raw.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> raw[i]))
                .toList();
        Finding[] adjusted = new Finding[findings.size()];
        Finding none = findings.getFirst();
        adjusted[0] = with(none, new Interval(0, 0, 0), Double.NaN);
        double level = Finding.LEVEL / raw.length;
        for (int rank = 0; rank < raw.length; rank++) {
            int i = ascending.get(rank);
            if (rank == 0 || p[ascending.get(rank - 1)] <= Finding.LEVEL) {
                level = Finding.LEVEL / (raw.length - rank);
            }
            Finding finding = compared.get(i);
            adjusted[i + 1] = with(finding, finding.difference().interval(level), p[i]);
        }
        return List.of(adjusted);
    }

    private static Finding with(Finding f, Interval benefit, double p) {
        return new Finding(
                f.candidate(),
                f.recipe(),
                f.atEdge(),
                f.losses(),
                f.loss(),
                f.accuracy(),
                f.trainLoss(),
                f.trainAccuracy(),
                f.rootMeanSquare(),
                f.difference(),
                benefit,
                p,
                f.bestEpoch());
    }

    private static double[] by(int splits, IntToDoubleFunction value) {
        return IntStream.range(0, splits).mapToDouble(value).toArray();
    }

    /** Returns the first index of the lowest value. */
    private static int lowest(int count, IntToDoubleFunction value) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = value.applyAsDouble(i) < value.applyAsDouble(best) ? i : best;
        }
        return best;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
