package dev.ridgeline.experiments.study;

import dev.ridgeline.bench.cost.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The same models trained several times: on several splits of the data, and on each from several seeds. All models of one
 * split and seed have the same rows and the same initial weights, so their differences are paired.
 *
 * @param first the seed of the first run
 * @param models how many models there are, at least 1
 * @param splits how many splits, at least 1
 * @param seeds how many seeds on each split, at least 1
 * @param runs the runs: split by split, on each seed by seed, from each model by model
 */
public record RepeatedRuns(long first, int models, int splits, int seeds, List<TrainedModel> runs) {
    /** Figures that differ by less differ by rounding alone. */
    public static final double ROUNDING = 1e-12;

    private static final Map<String, ToDoubleFunction<TrainedModel>> FIGURES = figures();

    private static Map<String, ToDoubleFunction<TrainedModel>> figures() {
        Map<String, ToDoubleFunction<TrainedModel>> figures = new LinkedHashMap<>();
        figures.put("trainAccuracy", run -> run.train().accuracy());
        figures.put("validationAccuracy", run -> run.validation().accuracy());
        figures.put("trainLoss", run -> run.train().loss());
        figures.put("validationLoss", run -> run.validation().loss());
        return figures;
    }

    /** Checks that no run is missing. */
    public RepeatedRuns {
        runs = List.copyOf(runs);
        if (models < 1 || splits < 1 || seeds < 1 || runs.size() != (long) models * splits * seeds) {
            throw new IllegalArgumentException("RepeatedRuns: " + runs.size() + " runs of " + models + " models on "
                    + splits + " splits from " + seeds + " seeds; there must be at least 1 of each, and a run for every"
                    + " combination");
        }
    }

    /**
     * Returns the seed of a run: no two have the same, so that runs on different splits differ in their initial weights too.
     *
     * @param first the seed of the first run
     * @param split which split, from 0
     * @param seed which of its seeds, from 0
     * @param seeds how many each split has
     * @return {@code first} and those after it
     */
    public static long seed(long first, int split, int seed, int seeds) {
        return first + (long) split * seeds + seed;
    }

    /**
     * Returns a run.
     *
     * @param model which model, from 0
     * @param split which split, from 0
     * @param seed which seed, from 0
     * @return the trained model
     */
    public TrainedModel run(int model, int split, int seed) {
        return runs.get((split * seeds + seed) * models + model);
    }

    /**
     * Returns the seed of a run.
     *
     * @param split which split, from 0
     * @param seed which of its seeds, from 0
     * @return the seed of splits and weights
     */
    public long seed(int split, int seed) {
        return seed(first, split, seed, seeds);
    }

    /**
     * Returns all runs of a model.
     *
     * @param model which model, from 0
     * @return a run for each split and seed, in this order
     */
    public List<TrainedModel> ofModel(int model) {
        return IntStream.range(0, splits * seeds)
                .mapToObj(i -> runs.get(i * models + model))
                .toList();
    }

    /**
     * Returns a figure of a model over the runs that are independent: with several splits, its mean over the seeds for each
     * of them, since runs on the same rows resemble each other; with one split, its value for each seed.
     *
     * @param model which model, from 0
     * @param figure the figure of a run
     * @return a value for each split, or for each seed
     */
    public Distribution distribution(int model, ToDoubleFunction<TrainedModel> figure) {
        double[] values = ofModel(model).stream().mapToDouble(figure).toArray();
        return new Distribution(splits == 1 ? values : means(values));
    }

    /**
     * Returns the 95 % interval of the mean accuracy of a model over the runs that are independent.
     *
     * @param model which model, from 0
     * @param accuracy a figure of a run that is a fraction
     * @return the interval, as far as it is between 0 and 1; none of a single value
     */
    public Optional<Interval> intervalOfFraction(int model, ToDoubleFunction<TrainedModel> accuracy) {
        return distribution(model, accuracy).interval().map(plain -> plain.map(end -> Math.clamp(end, 0, 1)));
    }

    /**
     * Returns by how much a figure is larger for one model than for another with the same rows and initial weights.
     *
     * @param model which model, from 0
     * @param than which other model, from 0
     * @param figure the figure of a run
     * @return the difference of each pair of runs
     */
    public double[] pairs(int model, int than, ToDoubleFunction<TrainedModel> figure) {
        return IntStream.range(0, splits * seeds)
                .mapToDouble(i -> figure.applyAsDouble(runs.get(i * models + model))
                        - figure.applyAsDouble(runs.get(i * models + than)))
                .toArray();
    }

    /**
     * Returns these differences over the runs that are independent, as in {@link #distribution}.
     *
     * @param model which model, from 0
     * @param than which other model, from 0
     * @param figure the figure of a run
     * @return the mean difference for each split, or the difference for each seed
     */
    public Distribution difference(int model, int than, ToDoubleFunction<TrainedModel> figure) {
        double[] pairs = pairs(model, than, figure);
        return new Distribution(splits == 1 ? pairs : means(pairs));
    }

    /**
     * Returns a model as it stands in {@code result.json}: the means over the independent runs, their distributions, and
     * what each run gave.
     *
     * @param model which model, from 0
     * @return the values by name, in a fixed order
     */
    public Map<String, Object> toMap(int model) {
        Map<String, Object> map = new LinkedHashMap<>(run(model, 0, 0).toMap());
        Map<String, Object> distributions = new LinkedHashMap<>();
        FIGURES.forEach((name, figure) -> {
            Distribution distribution = distribution(model, figure);
            map.put(name, distribution.mean());
            distributions.put(name, distribution.toMap());
        });
        map.put(
                "seconds",
                Math.round(ofModel(model).stream()
                                        .mapToDouble(TrainedModel::seconds)
                                        .sum()
                                * 1e3)
                        / 1e3);
        map.put("distributions", distributions);
        List<Map<String, Object>> each = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            for (int seed = 0; seed < seeds; seed++) {
                TrainedModel run = run(model, split, seed);
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("split", split);
                line.put("seed", seed(split, seed));
                line.put("digest", run.digest());
                FIGURES.forEach((name, figure) -> line.put(name, figure.applyAsDouble(run)));
                each.add(line);
            }
        }
        map.put("runs", each);
        return map;
    }

    /** Returns the mean over the seeds for each split. */
    private double[] means(double[] values) {
        return IntStream.range(0, splits)
                .mapToDouble(split -> Arrays.stream(values, split * seeds, (split + 1) * seeds)
                                .sum()
                        / seeds)
                .toArray();
    }
}
