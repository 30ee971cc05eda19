package dev.ridgeline.bench.ledger;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import dev.ridgeline.bench.StepModel;
import dev.ridgeline.train.Model;
import java.util.List;
import java.util.Map;

/** A made-up machine: a kernel takes 5 ns and 1 ns for each 100 flops. */
public final class SyntheticLedgerTimer implements LedgerTimer {
    private final double wholeOverSum;
    private final Map<String, Double> counters;

    /** What a whole step takes, over the sum of its kernels; and what perf counts, if it answers. */
    public SyntheticLedgerTimer(double wholeOverSum, Map<String, Double> counters) {
        this.wholeOverSum = wholeOverSum;
        this.counters = counters;
    }

    @Override
    public Ceilings ceilings(int threads) {
        return CeilingsTest.SYNTHETIC;
    }

    @Override
    public Measured step(String model, String regularizer, int threads) {
        StepModel shape = Models.named(model);
        try (Model built = shape.build(Catalogue.named(regularizer), 1, 1)) {
            List<Double> nanos = StepKernels.of(built, shape.batch()).kernels().stream()
                    .map(kernel -> 5 + kernel.demand().flops() / 100.0)
                    .toList();
            double sum = nanos.stream().mapToDouble(n -> n).sum();
            return new Measured(new StepTimes(wholeOverSum * sum, 20, nanos), counters);
        }
    }

    @Override
    public String withoutCounters() {
        return counters.isEmpty() ? "No supported events." : "";
    }
}
