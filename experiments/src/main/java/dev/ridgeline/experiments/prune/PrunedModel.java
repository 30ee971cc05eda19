package dev.ridgeline.experiments.prune;

import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.layer.Parameter;
import dev.ridgeline.report.Json;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.Model;
import dev.ridgeline.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model that was pruned further and further.
 *
 * @param data what it was trained on
 * @param method how weights were chosen
 * @param retrained whether it was trained on after each removal
 * @param seed the seed of split and start
 * @param digest the SHA-256 of the weights at the end
 * @param points what was left, and how good it was: first the whole model
 */
record PrunedModel(
        PruneData data, PruneMethod method, boolean retrained, long seed, String digest, List<Point> points) {
    /** How the study keeps its models. */
    static final Codec<PrunedModel> CODEC = new Codec<>(PrunedModel::toMap, PrunedModel::of);

    /** What part of the kernels' weights is left after each removal: 1/√2 of that before, down to 1/64. */
    static final double[] LEFT =
            IntStream.rangeClosed(0, 12).mapToDouble(k -> Math.pow(2, -k / 2.0)).toArray();

    /** Copies the list. */
    PrunedModel {
        points = List.copyOf(points);
    }

    /**
     * A model after a removal.
     *
     * @param weights the weights of the kernels that are left
     * @param loss the cross-entropy of the test rows
     * @param accuracy the accuracy on them
     */
    record Point(int weights, double loss, double accuracy) {}

    /** Returns the job that computes it. */
    static Job<PrunedModel> job(PrunePlan plan, PruneData data, PruneMethod method, boolean retrained, long seed) {
        Map<String, ?> configuration =
                Map.of("data", data.title(), "method", method.title(), "retrained", retrained, "seed", seed);
        return new Job<>(configuration, LEFT.length, stepDone -> prune(plan, data, method, retrained, seed, stepDone));
    }

    private static PrunedModel prune(
            PrunePlan plan, PruneData data, PruneMethod method, boolean retrained, long seed, Runnable stepDone) {
        PruneData.Rows rows = data.rows(seed);
        try (Model model = data.model(rows, method, seed)) {
            PruneData.trainer(model, plan.epochs(data)).fit(rows.train());
            Trainer retraining = PruneData.trainer(model, plan.retraining(data));
            List<Point> points = new ArrayList<>();
            points.add(point(model, rows));
            stepDone.run();
            for (int k = 1; k < LEFT.length; k++) {
                method.pruner().prune(model, rows.derivatives(), 1 - LEFT[k]);
                // a unit is the least that goes, and one stays
                if (weights(model) < points.getLast().weights()) {
                    if (retrained) {
                        retraining.fit(rows.train());
                    }
                    points.add(point(model, rows));
                }
                stepDone.run();
            }
            return new PrunedModel(data, method, retrained, seed, model.digest(), points);
        }
    }

    private static Point point(Model model, PruneData.Rows rows) {
        Evaluation evaluation = model.predictor().evaluate(rows.test());
        return new Point(weights(model), evaluation.loss(), evaluation.accuracy());
    }

    private static int weights(Model model) {
        return model.parameters().stream()
                .filter(p -> p.role() == Parameter.Role.KERNEL)
                .mapToInt(PrunedModel::left)
                .sum();
    }

    private static int left(Parameter kernel) {
        float[] mask = kernel.mask();
        return mask == null
                ? kernel.value().length
                : (int) IntStream.range(0, mask.length)
                        .filter(i -> mask[i] != 0)
                        .count();
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("data", data.title());
        map.put("method", method.title());
        map.put("retrained", retrained);
        map.put("seed", seed);
        map.put("digest", digest);
        map.put(
                "points",
                points.stream()
                        .map(p -> List.of(p.weights(), p.loss(), p.accuracy()))
                        .toList());
        return map;
    }

    private static PrunedModel of(Map<String, Object> map) {
        return new PrunedModel(
                PruneData.of((String) map.get("data")),
                PruneMethod.of((String) map.get("method")),
                (Boolean) map.get("retrained"),
                ((Number) map.get("seed")).longValue(),
                (String) map.get("digest"),
                ((List<?>) map.get("points"))
                        .stream()
                                .map(point -> (List<?>) point)
                                .map(p -> new Point(
                                        ((Number) p.get(0)).intValue(), Json.number(p.get(1)), Json.number(p.get(2))))
                                .toList());
    }
}
