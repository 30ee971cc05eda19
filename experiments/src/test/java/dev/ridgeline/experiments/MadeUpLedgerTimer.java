package dev.ridgeline.experiments;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.bench.ledger.Ceilings;
import dev.ridgeline.bench.ledger.LedgerTimer;
import dev.ridgeline.bench.ledger.StepKernels;
import dev.ridgeline.bench.ledger.StepTimes;
import dev.ridgeline.train.Model;
import java.util.List;
import java.util.Map;

/** Ledgers of a made-up machine: a kernel takes twice as long as under the roof, and 30 ns more. */
final class MadeUpLedgerTimer implements LedgerTimer {
    private static final Ceilings CEILINGS = new Ceilings(
            246,
            List.of(
                    new Ceilings.Bandwidth("L1", 48 << 10, 24 << 10, 426),
                    new Ceilings.Bandwidth("L2", 2 << 20, 313 << 10, 163),
                    new Ceilings.Bandwidth("L3", 480 << 20, 31 << 20, 43),
                    new Ceilings.Bandwidth("memory", Long.MAX_VALUE, 960 << 20, 24)));

    @Override
    public Ceilings ceilings(int threads) {
        return CEILINGS;
    }

    @Override
    public Measured step(String model, String regularizer, int threads) {
        StepModel shape = Models.named(model);
        try (Model built = shape.build(Catalogue.named(regularizer), 1, 1)) {
            StepKernels step = StepKernels.of(built, shape.batch());
            Ceilings.Bandwidth level = CEILINGS.holding(step.workingSet());
            List<Double> nanos = step.kernels().stream()
                    .map(kernel -> 30 + 2 * CEILINGS.nanos(kernel.demand(), level))
                    .toList();
            double sum = nanos.stream().mapToDouble(n -> n).sum();
            return new Measured(new StepTimes(0.99 * sum, 20, nanos), Map.of());
        }
    }

    @Override
    public String withoutCounters() {
        return "No supported events.";
    }
}
