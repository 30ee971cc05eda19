package dev.ridgeline.experiments.linear;

import dev.ridgeline.report.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The optimum for one λ of a path, and the proof that it is one.
 *
 * @param lambda λ
 * @param l1 λ₁, the factor of Σ|w|
 * @param l2 λ₂, the factor of ½ Σw²
 * @param coefficients outputs x features, row-major
 * @param intercepts one for each output
 * @param train loss and accuracy on the rows that it is fitted to
 * @param validation those on the rows that judge
 * @param crossValidationLoss the mean loss over the rows of all folds, each row judged by a model that has not seen it
 * @param crossValidationError the standard error of the folds' losses
 * @param violation the largest violation of the optimality conditions by a coefficient
 * @param violatedAt which coefficient that is
 * @param interceptGradient the largest |∂L/∂b|
 * @param iterations how many iterations the solver took from the optimum before
 */
record PathPoint(
        double lambda,
        double l1,
        double l2,
        double[] coefficients,
        double[] intercepts,
        Score train,
        Score validation,
        double crossValidationLoss,
        double crossValidationError,
        double violation,
        int violatedAt,
        double interceptGradient,
        int iterations) {
    /**
     * How well a model does on some rows.
     *
     * @param loss the mean of -log p(label)
     * @param accuracy the fraction of rows classified as labelled
     */
    record Score(double loss, double accuracy) {}

    /** Returns how many coefficients are exactly zero. */
    int exactZeros() {
        int zeros = 0;
        for (double w : coefficients) {
            zeros += w == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** Returns the point as it stands in files. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("lambda", lambda);
        map.put("l1", l1);
        map.put("l2", l2);
        map.put("exactZeros", exactZeros());
        map.put("trainLoss", train.loss());
        map.put("trainAccuracy", train.accuracy());
        map.put("validationLoss", validation.loss());
        map.put("validationAccuracy", validation.accuracy());
        map.put("crossValidationLoss", crossValidationLoss);
        map.put("crossValidationError", crossValidationError);
        map.put("violation", violation);
        map.put("violatedAt", violatedAt);
        map.put("interceptGradient", interceptGradient);
        map.put("iterations", iterations);
        map.put("coefficients", coefficients);
        map.put("intercepts", intercepts);
        return map;
    }

    /** Reads what {@link #toMap} gave. */
    static PathPoint of(Map<?, ?> map) {
        return new PathPoint(
                Json.number(map.get("lambda")),
                Json.number(map.get("l1")),
                Json.number(map.get("l2")),
                Json.numbers(map.get("coefficients")),
                Json.numbers(map.get("intercepts")),
                new Score(Json.number(map.get("trainLoss")), Json.number(map.get("trainAccuracy"))),
                new Score(Json.number(map.get("validationLoss")), Json.number(map.get("validationAccuracy"))),
                Json.number(map.get("crossValidationLoss")),
                Json.number(map.get("crossValidationError")),
                Json.number(map.get("violation")),
                ((Number) map.get("violatedAt")).intValue(),
                Json.number(map.get("interceptGradient")),
                ((Number) map.get("iterations")).intValue());
    }
}
