package dev.ridgeline.bench.cost;

import dev.ridgeline.data.Shuffle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The protocol: randomized complete blocks. A block times every variant once, each in a VM of its own, in an order drawn
 * from the seed. So whatever drifts (clock speed, neighbours, heat) meets all variants alike, and the controls of the same
 * block take it out of the ratio. The step without a regularizer is in each block twice: what the run sees between these
 * two is its noise.
 */
public final class CostRun {
    private CostRun() {}

    /**
     * Measures the blocks that are left.
     *
     * @param begun a run of no block or more, see {@link CostResult#begin} and {@link UnfinishedRun#resume}
     * @param timer how to time one variant
     * @param onFork hears of each fork when it has ended, in this thread
     * @param onBlock hears of the run so far after each block, in this thread
     * @return the result of all blocks
     * @throws CostException if a variant fails
     */
    public static CostResult measure(
            CostResult begun, VariantTimer timer, Consumer<Variant> onFork, Consumer<CostResult> onBlock) {
        Settings settings = begun.settings();
        List<Variant> variants = settings.variants();
        CostResult result = begun;
        for (int block = begun.finished() + 1; block <= settings.blocks(); block++) {
            long start = System.nanoTime();
            List<Sample> samples = new ArrayList<>();
            for (int v : order(settings.seed(), block, variants.size())) {
                Variant variant = variants.get(v);
                samples.add(new Sample(block, samples.size() + 1, variant, timer.time(variant)));
                onFork.accept(variant);
            }
            result = result.with(samples, Duration.ofNanos(System.nanoTime() - start));
            onBlock.accept(result);
        }
        return result;
    }

    /** Returns the order of a block: a permutation of 0..n-1 that depends on seed and block alone. */
    static int[] order(long seed, int block, int n) {
        int[] order = new int[n];
        new Shuffle(seed).order(block, order);
        return order;
    }
}
