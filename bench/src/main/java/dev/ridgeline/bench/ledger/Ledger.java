package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.bench.ledger.LedgerEntry.Step;
import dev.ridgeline.train.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the steps of a run must do, what they achieve of what the machine can do, and where their time goes.
 *
 * @param threads the threads of a step, and of the ceilings
 * @param ceilings what the machine can do, or null if that could not be measured
 * @param entries one a step
 * @param withoutCounters why there are no counters of the processor, or ""
 * @param gaps what could not be measured, a sentence each
 */
public record Ledger(
        int threads, Ceilings ceilings, List<LedgerEntry> entries, String withoutCounters, List<String> gaps) {
    /** Copies the lists. */
    public Ledger {
        entries = List.copyOf(entries);
        gaps = List.copyOf(gaps);
    }

    /**
     * Measures a ledger. What fails is left out and named: the run that it goes with is not lost.
     *
     * @param steps the steps of the run, with their times
     * @param threads the threads of a step
     * @param timer how to measure
     * @param onStep hears of each step when it is done, and before that of the ceilings as null; in this thread
     * @return the ledger
     */
    public static Ledger measure(List<Step> steps, int threads, LedgerTimer timer, Consumer<Step> onStep) {
        List<String> gaps = new ArrayList<>();
        Ceilings ceilings = null;
        try {
            ceilings = timer.ceilings(threads);
        } catch (LedgerTimer.MeasurementException e) {
            gaps.add(e.getMessage() + ".");
        }
        onStep.accept(null);
        List<LedgerEntry> entries = new ArrayList<>();
        for (Step step : steps) {
            try {
                entries.add(new LedgerEntry(step, kernels(step), measured(step, threads, timer, gaps)));
            } catch (IllegalArgumentException e) {
                gaps.add(step + ": " + e.getMessage() + ".");
            }
            onStep.accept(step);
        }
        return new Ledger(threads, ceilings, entries, timer.withoutCounters(), gaps);
    }

    private static StepKernels kernels(Step step) {
        StepModel shape = Models.named(step.model());
        try (Model model = shape.build(Catalogue.named(step.regularizer()), 0, 1)) {
            return StepKernels.of(model, shape.batch());
        }
    }

    private static LedgerTimer.Measured measured(Step step, int threads, LedgerTimer timer, List<String> gaps) {
        try {
            return timer.step(step.model(), step.regularizer(), threads);
        } catch (LedgerTimer.MeasurementException e) {
            gaps.add(e.getMessage() + ".");
            return null;
        }
    }

    /** Returns the models, in the order of their steps. */
    List<String> models() {
        return entries.stream().map(entry -> entry.step().model()).distinct().toList();
    }

    /** Returns the steps of a model. */
    List<LedgerEntry> entries(String model) {
        return entries.stream()
                .filter(entry -> entry.step().model().equals(model))
                .toList();
    }

    /** Returns the step of a model without a regularizer, if the ledger has it. */
    Optional<LedgerEntry> control(String model) {
        return entries(model).stream()
                .filter(entry -> entry.step().regularizer().equals(Catalogue.NONE))
                .findFirst();
    }

    /**
     * Returns the ledger as it stands in a JSON file.
     *
     * @return its keys and values
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("threads", threads);
        map.put("ceilings", ceilings == null ? null : ceilings.toMap());
        map.put("entries", entries.stream().map(entry -> entry.toMap(ceilings)).toList());
        map.put("withoutCounters", withoutCounters);
        map.put("gaps", gaps);
        return map;
    }
}
