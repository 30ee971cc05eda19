package dev.ridgeline.experiments.select;

import dev.ridgeline.bench.cost.Analysis;
import dev.ridgeline.bench.cost.Estimate;
import dev.ridgeline.bench.cost.Noise;
import dev.ridgeline.bench.cost.Sample;
import dev.ridgeline.bench.cost.Timing;
import dev.ridgeline.bench.cost.Variant;
import dev.ridgeline.data.Batch;
import dev.ridgeline.data.Dataset;
import dev.ridgeline.data.Shuffle;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each candidate adds to a training step of the very model, measured in this process: rounds of short slices, one a
 * candidate and two without a regularizer, in a random order in each round. A round is a block of the analysis that the
 * {@code cost} command uses. It is no pure function: two measurements differ.
 *
 * @param estimates the time of a step and the overhead, by candidate; early stopping has that of none
 * @param noise what the two measurements without a regularizer tell of the noise
 */
record StepCost(Map<Candidate, Estimate> estimates, Noise noise) {
    private static final int LEAST_ROUNDS = 10;
    private static final int MOST_ROUNDS = 40;
    private static final double MOST_NANOS = 8e9;
    private static final int WARM_STEPS = 5;
    private static final double SLICE_NANOS = 2e6;
    private static final long WARM_UP_NANOS = 60_000_000;
    private static final String MODEL = "model";

    /** Measures one step of a recipe on a batch of a table. */
    private record Subject(Variant variant, Recipe recipe, int steps) {}

    /**
     * Measures.
     *
     * @param plan the plan, whose network and batch size are used
     * @param data the rows of the table; a batch of them is trained on
     * @param findings the candidates with their recipes
     */
    static StepCost measure(Plan plan, Dataset data, List<Finding> findings) {
        return measure(plan, data, findings, MOST_ROUNDS, SLICE_NANOS, WARM_UP_NANOS);
    }

    /** Measures for at most so many rounds, slices and warm-ups being so long. */
    static StepCost measure(Plan plan, Dataset data, List<Finding> findings, int rounds, double slice, long warmUp) {
        Batch batch = batch(plan, data);
        List<Subject> subjects = new ArrayList<>();
        double roundNanos = 0;
        for (Finding finding : findings) {
            if (finding.candidate() != Candidate.EARLY_STOPPING) {
                Recipe recipe = finding.recipe();
                double step = warm(plan, batch, recipe, warmUp);
                int steps = (int) Math.clamp(slice / step, 1, 100_000);
                roundNanos += (WARM_STEPS + steps) * step;
                Variant variant = new Variant(MODEL, finding.candidate().title());
                subjects.add(new Subject(variant, recipe, steps));
                if (finding.candidate() == Candidate.NONE) {
                    subjects.add(new Subject(variant.secondControl(), recipe, steps));
                }
            }
        }
        int affordable = (int) Math.clamp(MOST_NANOS / roundNanos, LEAST_ROUNDS, MOST_ROUNDS);
        Shuffle shuffle = new Shuffle(plan.seed());
        int[] order = new int[subjects.size()];
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < Math.min(rounds, affordable); round++) {
            shuffle.order(round, order);
            for (int position = 0; position < order.length; position++) {
                Subject subject = subjects.get(order[position]);
                double nanos = time(plan, batch, subject.recipe, subject.steps);
                Timing timing = new Timing(nanos, Double.NaN, List.of(nanos));
                samples.add(new Sample(round + 1, position + 1, subject.variant, timing));
            }
        }
        return of(Analysis.of(subjects.stream().map(Subject::variant).toList(), samples));
    }

    private static StepCost of(Analysis analysis) {
        Map<Candidate, Estimate> estimates = new EnumMap<>(Candidate.class);
        for (Candidate candidate : Candidate.values()) {
            String name = candidate == Candidate.EARLY_STOPPING ? Candidate.NONE.title() : candidate.title();
            estimates.put(
                    candidate,
                    analysis.estimates().stream()
                            .filter(e -> e.variant().name().equals(name))
                            .findFirst()
                            .orElseThrow());
        }
        return new StepCost(estimates, analysis.noises().getFirst());
    }

    /** Returns the first rows of the data as a batch. */
    private static Batch batch(Plan plan, Dataset data) {
        Batch batch = new Batch();
        int rows = Math.min(plan.batchSize(), data.rows());
        batch.gather(data, IntStream.range(0, rows).toArray(), 0, rows);
        return batch;
    }

    /** Runs steps until the compiler had time for them; returns the shortest time of a step in nanoseconds. */
    private static double warm(Plan plan, Batch batch, Recipe recipe, long nanos) {
        long end = System.nanoTime() + nanos;
        double least = Double.POSITIVE_INFINITY;
        do {
            least = Math.min(least, time(plan, batch, recipe, 20));
        } while (System.nanoTime() < end);
        return least;
    }

    /** Returns the mean time of a step in nanoseconds. The model is new: after long training some weights are subnormal, and slow. */
    private static double time(Plan plan, Batch batch, Recipe recipe, int steps) {
        try (Model model = recipe.build(plan.network(), plan.seed())) {
            for (int i = 0; i < WARM_STEPS; i++) {
                model.step(batch);
            }
            long start = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                model.step(batch);
            }
            return (System.nanoTime() - start) / (double) steps;
        }
    }

    /**
     * Returns the time of a step without a regularizer, in nanoseconds: for an estimate. Steps are taken until the compiler
     * makes them no faster, for three seconds at most.
     */
    static double rehearse(Plan plan, Dataset data) {
        Batch batch = batch(plan, data);
        double least = Double.POSITIVE_INFINITY;
        long end = System.nanoTime() + 3_000_000_000L;
        double before;
        do {
            before = least;
            least = Math.min(least, warm(plan, batch, Recipe.NONE, 3 * WARM_UP_NANOS));
        } while (least < 0.9 * before && System.nanoTime() < end);
        return least;
    }
}
