package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.ledger.Ledger;
import dev.ridgeline.bench.ledger.LedgerEntry.Step;
import dev.ridgeline.bench.ledger.LedgerTimer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The ledger of a run: measured when its blocks are finished, as their times belong to it. */
public final class CostLedger {
    /** About how long the ceilings take: two JVMs of a second for each of five. */
    private static final Duration CEILINGS = Duration.ofSeconds(10);

    private CostLedger() {}

    /**
     * Returns how long it takes.
     *
     * @param settings what the run measures
     * @param schedule how long the forks of the run take; those of the ledger take as long
     * @return about how long
     */
    public static Duration takes(Settings settings, Schedule schedule) {
        return measured(settings).stream().map(schedule::fork).reduce(CEILINGS, Duration::plus);
    }

    /**
     * Measures the ledger.
     *
     * @param result the finished run
     * @param schedule how long the forks of the run take
     * @param timer how to measure
     * @param onPart hears of each part when it is done, with the time that was estimated for it; in this thread
     * @return a step of the ledger for each variant of the run but the second control
     */
    public static Ledger measure(CostResult result, Schedule schedule, LedgerTimer timer, Consumer<Duration> onPart) {
        List<Variant> variants = measured(result.settings());
        List<Step> steps = result.analysis().estimates().stream()
                .filter(estimate -> variants.contains(estimate.variant()))
                .map(estimate -> new Step(
                        estimate.variant().model(),
                        estimate.variant().name(),
                        estimate.nanosPerStep().mean(),
                        estimate.bytesPerStep()))
                .toList();
        return Ledger.measure(
                steps,
                result.settings().threads(),
                timer,
                step -> onPart.accept(
                        step == null ? CEILINGS : schedule.fork(new Variant(step.model(), step.regularizer()))));
    }

    private static List<Variant> measured(Settings settings) {
        return settings.variants().stream()
                .filter(variant -> !variant.equals(variant.secondControl()))
                .toList();
    }
}
