package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.bench.Models;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run measures.
 *
 * @param models the names of the models
 * @param regularizers the names of the regularizers; {@code none}, the control, is always among them, first
 * @param rounds how often each variant is measured, at least 2
 * @param seed the seed of the order within each round
 * @param threads the threads of a training step
 * @param iterations how long each fork runs
 */
public record Settings(
        List<String> models, List<String> regularizers, int rounds, long seed, int threads, Iterations iterations) {
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
        if (models.isEmpty() || regularizers.size() < 2) {
            throw new IllegalArgumentException(
                    "Cost: nothing to measure; name at least one model and one regularizer besides " + Catalogue.NONE);
        }
        if (rounds < 2) {
            throw new IllegalArgumentException(
                    "Cost: " + rounds + " rounds; an interval needs at least 2, a useful one 5");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("Cost: " + threads + " threads; there must be at least 1");
        }
    }

    /**
     * Returns what is measured in each round.
     *
     * @return every model with every regularizer, in the order of the names
     */
    public List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (String model : models) {
            for (String regularizer : regularizers) {
                variants.add(new Variant(model, regularizer));
            }
        }
        return variants;
    }

    /**
     * Returns how many forks a run takes.
     *
     * @return variants times rounds
     */
    public int forks() {
        return rounds * models.size() * regularizers.size();
    }

    /** Returns the settings as they stand in a JSON file. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("models", models);
        map.put("regularizers", regularizers);
        map.put("rounds", rounds);
        map.put("threads", threads);
        map.put("warmupIterations", iterations.warmups());
        map.put("measuredIterations", iterations.measured());
        map.put("iterationMillis", iterations.millis());
        return map;
    }
}
