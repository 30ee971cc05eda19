package dev.ridgeline.bench.cost;

import dev.ridgeline.data.Shuffle;
import dev.ridgeline.report.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The protocol: randomized rounds. A round times every variant once, each in a VM of its own, in an order drawn from the
 * seed. So whatever drifts (clock speed, neighbours, heat) meets all variants alike, and the control of the same round
 * takes it out of the ratio.
 */
public final class CostRun {
    private CostRun() {}

    /**
     * Measures.
     *
     * @param settings what to measure
     * @param timer how to time one variant
     * @param listener hears of each fork when it has ended, in this thread
     * @return the result
     * @throws CostException if a variant fails
     */
    public static CostResult measure(Settings settings, VariantTimer timer, Consumer<Sample> listener) {
        Instant started = Instant.now();
        List<Variant> variants = settings.variants();
        List<Sample> samples = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            int position = 1;
            for (int v : order(settings.seed(), round, variants.size())) {
                Sample sample = new Sample(round, position++, variants.get(v), timer.time(variants.get(v)));
                samples.add(sample);
                listener.accept(sample);
            }
        }
        return new CostResult(
                settings,
                Environment.current(settings.threads()),
                started,
                Duration.between(started, Instant.now()),
                samples);
    }

    /** Returns the order of a round: a permutation of 0..n-1 that depends on seed and round alone. */
    static int[] order(long seed, int round, int n) {
        int[] order = new int[n];
        new Shuffle(seed).order(round, order);
        return order;
    }
}
