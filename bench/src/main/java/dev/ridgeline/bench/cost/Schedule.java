package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a run will take.
 *
 * @param forks the time of one fork of each model, by the model's name
 */
public record Schedule(Map<String, Duration> forks) {
    /** Copies the times. */
    public Schedule {
        forks = Map.copyOf(forks);
    }

    /**
     * Rehearses: starts one fork a model, without a regularizer, and throws its result away. It takes a few seconds,
     * finds out what a fork costs on this machine today, and has the files of the VM read before anything counts.
     *
     * @param settings what will be measured
     * @param timer how to time one variant
     * @return the schedule
     * @throws CostException if a fork fails
     */
    public static Schedule rehearse(Settings settings, VariantTimer timer) {
        Map<String, Duration> forks = new LinkedHashMap<>();
        for (String model : settings.models()) {
            long start = System.nanoTime();
            timer.time(new Variant(model, Catalogue.NONE));
            forks.put(model, Duration.ofNanos(System.nanoTime() - start));
        }
        return new Schedule(forks);
    }

    /**
     * Returns the schedule of a run whose blocks are finished, from the time that they took: no fork is started.
     *
     * @param finished the run
     * @return the schedule, with the same time for the forks of all models
     */
    public static Schedule of(CostResult finished) {
        Duration fork = finished.took().dividedBy(Math.max(1, finished.samples().size()));
        Map<String, Duration> forks = new LinkedHashMap<>();
        finished.settings().models().forEach(model -> forks.put(model, fork));
        return new Schedule(forks);
    }

    /**
     * Returns the time of one fork.
     *
     * @param variant what it measures
     * @return about how long it takes from start to end
     */
    public Duration fork(Variant variant) {
        return forks.get(variant.model());
    }

    /**
     * Returns how long the blocks that are left take.
     *
     * @param begun the run so far
     * @return about how long
     */
    public Duration left(CostResult begun) {
        Duration block = begun.settings().variants().stream().map(this::fork).reduce(Duration.ZERO, Duration::plus);
        return block.multipliedBy(begun.settings().blocks() - begun.finished());
    }

    /**
     * Returns how long the blocks that are left and the ledger take.
     *
     * @param begun the run so far
     * @return about how long
     */
    public Duration leftWithLedger(CostResult begun) {
        return left(begun).plus(CostLedger.takes(begun.settings(), this));
    }

    /**
     * Returns the estimate as a sentence.
     *
     * @param begun the run so far
     * @return for example {@code 10 blocks of 14 JVMs, 2.5 s each, and the ledger: about 6 min 30 s}
     */
    public String announce(CostResult begun) {
        int blocks = begun.settings().blocks() - begun.finished();
        int variants = begun.settings().variants().size();
        Duration all = leftWithLedger(begun);
        String forks = blocks == 0
                ? ""
                : "%d %s of %d JVMs, %s s each, and "
                        .formatted(
                                blocks,
                                blocks == 1 ? "block" : "blocks",
                                variants,
                                CostTable.format("%.1f", left(begun).toMillis() / 1e3 / (blocks * variants)));
        return forks + "the ledger: about %d min %d s".formatted(all.toMinutes(), all.toSecondsPart());
    }
}
