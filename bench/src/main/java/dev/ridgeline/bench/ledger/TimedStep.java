package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.data.Batch;
import dev.ridgeline.kernel.Team;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A model's step with instruments beside the same step without: two models of the same seed, which take some steps each in
 * turn, so that a drift of the machine meets both alike.
 *
 * <p>Moments in which the machine did something else are left out: of each model's rounds only the fastest quarter counts. The
 * rule is the same for both, so that nothing is chosen in favour of one.
 */
final class TimedStep implements AutoCloseable {
    /**
     * Steps of each model in a round that count: so few that many rounds pass without the system giving the processor to
     * others.
     */
    static final int STEPS = 5;

    /** Before them one goes that does not count: it has the model's arrays come back into the caches from the other's. */
    static final int STEPS_TAKEN = STEPS + 1;

    /** After so many rounds both models start again, as in {@link dev.ridgeline.bench.StepBenchmark}. */
    private static final int RESTART = 80;

    private static final long SEED = 42;

    private final StepKernels kernels;
    private final int functionTasks;
    private final Batch batch;
    private final StepClock clock;
    private final Model plain;
    private final Model observed;
    private final List<float[]> start;
    private final List<Round> rounds = new ArrayList<>();
    private int taken;

    /** What one round measured, in nanoseconds: all steps without instruments, and each interval of those with. */
    private record Round(long plain, long observed, long[] intervals) {}

    /**
     * Builds both models.
     *
     * @param model the model's name
     * @param regularizer the regularizer's name
     * @param threads the threads of a step
     * @throws IllegalStateException if the step has not the tasks that the ledger predicts
     */
    TimedStep(String model, String regularizer, int threads) {
        StepModel shape = Models.named(model);
        Catalogue.Entry entry = Catalogue.named(regularizer);
        batch = shape.data(SEED);
        plain = shape.build(entry, SEED, threads);
        kernels = StepKernels.of(plain, shape.batch());
        int tasks = tasks(shape, entry);
        functionTasks = tasks - kernels.tasks();
        if (kernels.has(Phase.FUNCTION) ? functionTasks < 1 : functionTasks != 0) {
            plain.close();
            throw new IllegalStateException("Ledger: a step of " + model + " with " + regularizer + " runs " + tasks
                    + " tasks, predicted are " + kernels.tasks() + "; bring StepKernels in line with the layers");
        }
        clock = new StepClock(tasks, kernels.indexOfLoss());
        observed = shape.builder(entry, SEED, threads).observer(clock).build();
        start = plain.parameters().stream().map(p -> p.value().clone()).toList();
    }

    /** Counts the tasks of a step. */
    private int tasks(StepModel shape, Catalogue.Entry entry) {
        int[] ended = new int[1];
        Team.Observer counter = new Team.Observer() {
            @Override
            public void begin() {}

            @Override
            public void end() {
                ended[0]++;
            }
        };
        try (Model counted = shape.builder(entry, SEED, 1).observer(counter).build()) {
            counted.step(batch);
        }
        return ended[0];
    }

    /** Takes {@link #STEPS_TAKEN} steps without instruments and as many with. */
    void round() {
        if (taken++ % RESTART == 0) {
            reset(plain);
            reset(observed);
        }
        plain.step(batch);
        long begin = System.nanoTime();
        for (int step = 0; step < STEPS; step++) {
            plain.step(batch);
        }
        long plainNanos = System.nanoTime() - begin;
        clock.start();
        observed.step(batch);
        clock.take();
        begin = System.nanoTime();
        for (int step = 0; step < STEPS; step++) {
            clock.start();
            observed.step(batch);
        }
        rounds.add(new Round(plainNanos, System.nanoTime() - begin, clock.take()));
    }

    private void reset(Model model) {
        List<Parameter> parameters = model.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            System.arraycopy(start.get(i), 0, parameters.get(i).value(), 0, start.get(i).length);
        }
        model.resetOptimizer();
    }

    /** Forgets the rounds so far. */
    void forget() {
        rounds.clear();
    }

    /** Returns the means over the fastest quarter of the rounds since the last {@link #forget()}, one round at least. */
    StepTimes times() {
        List<Round> fastest = fastestQuarter(Round::observed);
        double steps = (double) STEPS * fastest.size();
        double reading = StepClock.readingNanos();
        List<Double> nanos = new ArrayList<>();
        int interval = 0;
        for (Kernel kernel : kernels.kernels()) {
            int intervals = kernel.phase() == Phase.FUNCTION ? functionTasks : 1;
            double sum = 0;
            for (int end = interval + intervals; interval < end; interval++) {
                int i = interval;
                sum += fastest.stream().mapToLong(round -> round.intervals()[i]).sum();
            }
            nanos.add(sum / steps - intervals * reading);
        }
        double whole =
                fastestQuarter(Round::plain).stream().mapToLong(Round::plain).sum() / steps;
        return new StepTimes(whole, reading, nanos);
    }

    private List<Round> fastestQuarter(ToLongFunction<Round> time) {
        return rounds.stream()
                .sorted(Comparator.comparingLong(time))
                .limit((rounds.size() + 3) / 4)
                .toList();
    }

    /** Returns the kernels of the step. */
    StepKernels kernels() {
        return kernels;
    }

    /** Returns what the steps without instruments have led to. */
    String digest() {
        return plain.digest();
    }

    /** Returns what the steps with instruments have led to. */
    String observedDigest() {
        return observed.digest();
    }

    @Override
    public void close() {
        plain.close();
        observed.close();
    }
}
