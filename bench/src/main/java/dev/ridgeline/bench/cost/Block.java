package dev.ridgeline.bench.cost;

import dev.ridgeline.data.Shuffle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A randomized complete block: every variant once, each in a VM of its own, in an order drawn from the seed. So whatever
 * drifts (clock speed, neighbours, heat) meets all variants alike, and the controls of the same block take it out of the
 * ratio.
 *
 * @param samples the forks, in the order in which they ran
 * @param conditions what the machine was like
 * @param took how long it lasted
 */
public record Block(List<Sample> samples, Conditions conditions, Duration took) {
    /** Copies the samples. */
    public Block {
        samples = List.copyOf(samples);
    }

    /**
     * Measures a block.
     *
     * @param number the block, from 1
     * @param seed the seed of the order
     * @param variants what to time, the two controls of each model among them
     * @param timer how to time one variant
     * @param machine looks at the machine
     * @param onFork hears of each fork when it has ended, in this thread
     * @return the block
     * @throws CostException if a variant fails
     */
    static Block measure(
            int number,
            long seed,
            List<Variant> variants,
            VariantTimer timer,
            Supplier<Reading> machine,
            Consumer<Variant> onFork) {
        long start = System.nanoTime();
        Reading before = machine.get();
        List<Sample> samples = new ArrayList<>();
        for (int v : order(seed, number, variants.size())) {
            Variant variant = variants.get(v);
            samples.add(new Sample(number, samples.size() + 1, variant, timer.time(variant)));
            onFork.accept(variant);
        }
        Conditions conditions = Conditions.between(before, machine.get());
        return new Block(samples, conditions, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Returns the order of a block: a permutation of 0..n-1 that depends on seed and block alone. */
    static int[] order(long seed, int block, int n) {
        int[] order = new int[n];
        new Shuffle(seed).order(block, order);
        return order;
    }
}
