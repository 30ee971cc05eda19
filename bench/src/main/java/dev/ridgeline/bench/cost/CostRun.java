package dev.ridgeline.bench.cost;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The protocol: randomized complete blocks, see {@link Block}. The step without a regularizer is in each block twice: what
 * the run sees between these two is its noise.
 */
public final class CostRun {
    private CostRun() {}

    /**
     * Measures the blocks that are left.
     *
     * @param begun a run of no block or more, see {@link CostResult#begin} and {@link UnfinishedRun#resume}
     * @param timer how to time one variant
     * @param machine looks at the machine, before and after each block
     * @param onFork hears of each fork when it has ended, in this thread
     * @param onBlock hears of the run so far after each block, in this thread
     * @return the result of all blocks
     * @throws CostException if a variant fails
     */
    public static CostResult measure(
            CostResult begun,
            VariantTimer timer,
            Supplier<Reading> machine,
            Consumer<Variant> onFork,
            Consumer<CostResult> onBlock) {
        Settings settings = begun.settings();
        CostResult result = begun;
        for (int block = begun.finished() + 1; block <= settings.blocks(); block++) {
            result = result.with(Block.measure(block, settings.seed(), settings.variants(), timer, machine, onFork));
            onBlock.accept(result);
        }
        return result;
    }
}
