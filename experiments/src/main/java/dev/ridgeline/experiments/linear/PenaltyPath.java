package dev.ridgeline.experiments.linear;

import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.report.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A penalty's path over λ on one split.
 *
 * @param penalty which penalty
 * @param seed the seed of the split and of its folds
 * @param fitted how many rows it is fitted to
 * @param judged how many rows judge
 * @param seconds how long path and cross-validation took
 * @param points the optima, the strongest penalty first
 */
record PenaltyPath(LinearPenalty penalty, long seed, int fitted, int judged, double seconds, List<PathPoint> points) {
    /** How the study keeps paths. */
    static final Codec<PenaltyPath> CODEC = new Codec<>(PenaltyPath::toMap, PenaltyPath::of);

    /** Copies the list. */
    PenaltyPath {
        points = List.copyOf(points);
    }

    /** Returns where the loss of cross-validation is lowest; of equals, where the penalty is strongest. */
    int best() {
        return IntStream.range(0, points.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> points.get(i).crossValidationLoss()))
                .orElseThrow();
    }

    /** Returns the model that cross-validation chooses. */
    PathPoint chosen() {
        return points.get(best());
    }

    /** Returns whether the best λ is the first or last of the path, so that a better one may lie beyond. */
    boolean atEdge() {
        return best() == 0 || best() == points.size() - 1;
    }

    /** Returns the largest violation of the optimality conditions on the whole path, intercepts included. */
    double largestViolation() {
        return points.stream()
                .mapToDouble(point -> Math.max(point.violation(), point.interceptGradient()))
                .max()
                .orElseThrow();
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("penalty", penalty.name());
        map.put("seed", seed);
        map.put("fitted", fitted);
        map.put("judged", judged);
        map.put("seconds", seconds);
        map.put("points", points.stream().map(PathPoint::toMap).toList());
        return map;
    }

    private static PenaltyPath of(Map<String, Object> map) {
        return new PenaltyPath(
                LinearPenalty.valueOf((String) map.get("penalty")),
                ((Number) map.get("seed")).longValue(),
                ((Number) map.get("fitted")).intValue(),
                ((Number) map.get("judged")).intValue(),
                Json.number(map.get("seconds")),
                ((List<?>) map.get("points"))
                        .stream().map(point -> PathPoint.of((Map<?, ?>) point)).toList());
    }
}
