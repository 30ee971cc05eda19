package dev.ridgeline.experiments.prune;

import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.Sha256;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The study: every model that was pruned, and the whole ones of the first seed.
 *
 * @param seed the first seed
 * @param plan what was asked for
 * @param pruned the pruned models, in the order of {@link #jobs}
 * @param whole the models before pruning, in the order of {@link #wholeJobs}, with their histories
 */
record PruneStudy(long seed, PrunePlan plan, List<PrunedModel> pruned, List<TrainedModel> whole) {
    /** So much accuracy may be lost with weights that are not needed. */
    static final double TOLERANCE = 0.02;

    /** The part of the weights at which methods are compared, which every method meets. */
    static final double COMPARED = 1.0 / 8;

    /**
     * A method on some data.
     *
     * @param data what models were trained on
     * @param method how weights were chosen
     * @param retrained whether models were trained on after each removal
     */
    record Line(PruneData data, PruneMethod method, boolean retrained) {
        /** Returns the name in tables. */
        String title() {
            return data.title() + ", " + method.title() + (retrained ? ", retrained" : "");
        }
    }

    /**
     * What the models of a line have in common after a removal.
     *
     * @param left the part of the kernels' weights that is left
     * @param weights how many those are
     * @param accuracy the accuracy on the test rows, a value for each seed
     */
    record Level(double left, int weights, Distribution accuracy) {}

    /** Returns the lines: by data, first without and then with training in between. */
    static List<Line> lines(PrunePlan plan) {
        List<Line> lines = new ArrayList<>();
        for (PruneData data : plan.data()) {
            for (boolean retrained : new boolean[] {false, true}) {
                data.methods().forEach(method -> lines.add(new Line(data, method, retrained)));
            }
        }
        return lines;
    }

    /** Returns a job for each line and seed. */
    static List<Job<PrunedModel>> jobs(PrunePlan plan, long[] seeds) {
        return lines(plan).stream()
                .flatMap(line -> Arrays.stream(seeds)
                        .mapToObj(seed -> PrunedModel.job(plan, line.data(), line.method(), line.retrained(), seed)))
                .toList();
    }

    /** Returns the jobs of the whole models: without a penalty and with weight elimination. */
    static List<Job<TrainedModel>> wholeJobs(PrunePlan plan, long seed) {
        List<Job<TrainedModel>> jobs = new ArrayList<>();
        for (PruneData data : plan.data()) {
            for (PruneMethod method : List.of(PruneMethod.MAGNITUDE, PruneMethod.ELIMINATION)) {
                String penalty = method == PruneMethod.ELIMINATION ? method.title() : "no penalty";
                String name = data.title() + ", " + penalty;
                jobs.add(new Job<>(Map.of("whole", name, "seed", seed), plan.epochs(data), epochDone -> {
                    PruneData.Rows rows = data.rows(seed);
                    try (Model model = data.model(rows, method, seed)) {
                        return TrainedModel.train(
                                name,
                                model,
                                PruneData.trainer(model, plan.epochs(data)).listener(epoch -> epochDone.run()),
                                rows.train(),
                                rows.test());
                    }
                }));
            }
        }
        return jobs;
    }

    /** Returns the models of a line, one for each seed. */
    List<PrunedModel> models(Line line) {
        return pruned.stream()
                .filter(model -> line.equals(new Line(model.data(), model.method(), model.retrained())))
                .toList();
    }

    /** Returns what is left and how good it is, from the whole model on. */
    List<Level> levels(Line line) {
        List<PrunedModel> models = models(line);
        List<PrunedModel.Point> first = models.getFirst().points();
        int all = first.getFirst().weights();
        return IntStream.range(0, first.size())
                .mapToObj(k -> {
                    int weights = first.get(k).weights();
                    return new Level(
                            (double) weights / all,
                            weights,
                            distribution(models, m -> m.points().get(k).accuracy()));
                })
                .toList();
    }

    private static Distribution distribution(List<PrunedModel> models, ToDoubleFunction<PrunedModel> number) {
        return new Distribution(models.stream().mapToDouble(number).toArray());
    }

    /**
     * Returns the last level before the mean accuracy is more than the tolerance below that of the whole model without a
     * penalty.
     */
    Level needed(Line line) {
        List<Level> levels = levels(line);
        Line plain = new Line(line.data(), PruneMethod.MAGNITUDE, line.retrained());
        double least = levels(plain).getFirst().accuracy().mean() - TOLERANCE;
        int k = 0;
        while (k + 1 < levels.size() && levels.get(k + 1).accuracy().mean() >= least) {
            k++;
        }
        return levels.get(k);
    }

    /** Returns the level at which methods are compared. */
    Level compared(Line line) {
        return levels(line).stream()
                .filter(level -> Math.abs(level.left() - COMPARED) < 1e-9)
                .findAny()
                .orElseThrow();
    }

    /** Returns by how much the accuracy there is above that of magnitude, seed by seed. */
    Distribution overMagnitude(Line line) {
        double[] own = compared(line).accuracy().values();
        double[] others = compared(new Line(line.data(), PruneMethod.MAGNITUDE, line.retrained()))
                .accuracy()
                .values();
        return new Distribution(IntStream.range(0, own.length)
                .mapToDouble(s -> own[s] - others[s])
                .toArray());
    }

    /** Returns the SHA-256 of the models' digests, a line each, in order. */
    String digest() {
        return Sha256.ofLines(pruned.stream().map(PrunedModel::digest).toList());
    }
}
