package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run measures.
 *
 * @param models the names of the models
 * @param regularizers the names of the regularizers; {@code none}, the control, is always among them, first
 * @param blocks how often each variant is measured, at least 2
 * @param seed the seed of the order within each block
 * @param threads the threads of a training step
 * @param iterations how long each fork runs
 */
public record Settings(
        List<String> models, List<String> regularizers, int blocks, long seed, int threads, Iterations iterations) {
    /**
     * Checks the names and numbers.
     *
     * @throws dev.ridgeline.bench.UnknownNameException if a model or regularizer is unknown
     */
    public Settings {
        models.forEach(Models::named);
        regularizers.forEach(Catalogue::named);
        models = List.copyOf(new LinkedHashSet<>(models));
        Set<String> withControl = new LinkedHashSet<>(List.of(Catalogue.NONE));
        withControl.addAll(regularizers);
        regularizers = List.copyOf(withControl);
        if (pairs(models, regularizers, true).allMatch(Variant::isControl)) {
            throw new IllegalArgumentException("Cost: nothing to measure; name at least one model and one regularizer"
                    + " besides " + Catalogue.NONE + " that is for this model");
        }
        if (blocks < 2) {
            throw new IllegalArgumentException(
                    "Cost: " + blocks + " blocks; an interval needs at least 2, a useful one 10");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("Cost: " + threads + " threads; there must be at least 1");
        }
    }

    /**
     * Returns what is measured in each block.
     *
     * @return every model with every regularizer that is for it, in the order of the names; without one twice
     */
    public List<Variant> variants() {
        return pairs(models, regularizers, true)
                .flatMap(variant ->
                        variant.isControl() ? Stream.of(variant, variant.secondControl()) : Stream.of(variant))
                .toList();
    }

    /**
     * Returns what is left out.
     *
     * @return every model with every regularizer that is not for it, in the order of the names
     */
    public List<Variant> leftOut() {
        return pairs(models, regularizers, false).toList();
    }

    private static Stream<Variant> pairs(List<String> models, List<String> regularizers, boolean measurable) {
        return models.stream()
                .flatMap(model -> regularizers.stream().map(regularizer -> new Variant(model, regularizer)))
                .filter(variant -> variant.measurable() == measurable);
    }

    /**
     * Returns how many forks a run takes.
     *
     * @return variants times blocks
     */
    public int forks() {
        return blocks * variants().size();
    }

    /** Returns the settings as they stand in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("models", models);
        map.put("regularizers", regularizers);
        map.put("leftOut", leftOut().stream().map(Variant::toString).toList());
        map.put("blocks", blocks);
        map.put("seed", seed);
        map.put("threads", threads);
        map.put("warmupIterations", iterations.warmups());
        map.put("measuredIterations", iterations.measured());
        map.put("iterationMillis", iterations.millis());
        return map;
    }
}
