package dev.ridgeline.bench.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * JMH benchmarks against one of them, by the protocol of the cost run: randomized complete blocks, a fork each, the control
 * twice, verdicts above the noise floor of that pair.
 *
 * @param control what the others are compared with
 * @param others the others
 * @param blocks how often each is measured, at least 2
 * @param seed the seed of the order within each block
 * @param iterations how long each fork runs
 */
public record Protocol(JmhBenchmark control, List<JmhBenchmark> others, int blocks, long seed, Iterations iterations) {
    /** Long enough for the JIT to be done with most code. Where it is not, the result says so. */
    private static final Iterations ITERATIONS = new Iterations(10, 5, 200);

    /** Checks that there are at least two benchmarks, all different, and two blocks. */
    public Protocol {
        others = List.copyOf(others);
        long different = others.stream().map(JmhBenchmark::toString).distinct().count();
        if (others.isEmpty() || different != others.size() || others.contains(control)) {
            throw new IllegalArgumentException(
                    "Protocol of " + control + " with " + others + ": give at least one other benchmark, each once");
        }
        if (blocks < 2) {
            throw new IllegalArgumentException(
                    "Protocol: " + blocks + " blocks; an interval needs at least 2, a useful one 10");
        }
    }

    /**
     * Makes a protocol of ten blocks, seed 42, and forks of 2 s warm-up and 1 s measurement.
     *
     * @param control what the others are compared with
     * @param others the others
     * @return the protocol
     */
    public static Protocol of(JmhBenchmark control, JmhBenchmark... others) {
        return new Protocol(control, List.of(others), 10, 42, ITERATIONS);
    }

    /**
     * Returns a longer or shorter protocol.
     *
     * @param number how often each benchmark is measured
     * @return the same with so many blocks
     */
    public Protocol blocks(int number) {
        return new Protocol(control, others, number, seed, iterations);
    }

    /**
     * Returns a protocol with other forks.
     *
     * @param length how long each fork runs
     * @return the same with forks of this length
     */
    public Protocol iterations(Iterations length) {
        return new Protocol(control, others, blocks, seed, length);
    }

    /**
     * Measures. It takes {@code blocks} times the number of benchmarks plus one JVMs.
     *
     * @return what came out
     * @throws CostException if a fork fails
     */
    public ProtocolResult run() {
        Map<String, JmhBenchmark> byName = new LinkedHashMap<>();
        byName.put(control.toString(), control);
        others.forEach(other -> byName.put(other.toString(), other));
        return run(new JmhTimer(variant -> byName.get(variant.regularizer()), iterations), new Ruler());
    }

    ProtocolResult run(VariantTimer timer, Supplier<Reading> machine) {
        List<Block> measured = new ArrayList<>();
        for (int block = 1; block <= blocks; block++) {
            measured.add(Block.measure(block, seed, variants(), timer, machine, variant -> {}));
        }
        List<Sample> samples =
                measured.stream().flatMap(block -> block.samples().stream()).toList();
        return new ProtocolResult(
                Analysis.of(variants(), samples),
                samples,
                measured.stream().map(Block::conditions).toList());
    }

    private List<Variant> variants() {
        String name = control.toString();
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(name, name, name));
        variants.add(variants.getFirst().secondControl());
        others.forEach(other -> variants.add(new Variant(name, other.toString(), name)));
        return variants;
    }
}
