package dev.ridgeline.experiments.tikhonov;

import dev.ridgeline.data.Dataset;
import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.experiments.study.Job;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.report.Json;
import dev.ridgeline.train.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A fit that is shown: trained once more, with all that its epochs measure.
 *
 * @param smoothing what keeps it smooth
 * @param lambda its strength
 * @param model what the epochs measured; its validation rows are those of {@link NoisySine#truth()}
 * @param y the curve at these points
 */
record FittedCurve(Smoothing smoothing, double lambda, TrainedModel model, double[] y) {
    /** How the study keeps them. */
    static final Codec<FittedCurve> CODEC = new Codec<>(FittedCurve::toMap, FittedCurve::of);

    /** Returns the job that computes it. */
    static Job<FittedCurve> job(TikhonovPlan plan, Smoothing smoothing, double lambda, long seed) {
        return new Job<>(
                Map.of("shown", smoothing.title(), "lambda", lambda, "seed", seed), plan.epochs(), epochDone -> {
                    Dataset step = smoothing.step(plan.draw(seed));
                    Dataset truth = NoisySine.truth();
                    try (Model model = Fit.model(plan, smoothing, lambda, seed)) {
                        TrainedModel trained = TrainedModel.train(
                                title(smoothing, lambda),
                                model,
                                Fit.trainer(plan, model, step).listener(epoch -> epochDone.run()),
                                step,
                                truth);
                        return new FittedCurve(
                                smoothing,
                                lambda,
                                trained,
                                doubles(model.predictor().predict(truth.x())));
                    }
                });
    }

    private static String title(Smoothing smoothing, double lambda) {
        return smoothing == Smoothing.NONE ? smoothing.title() : smoothing.title() + ", lambda " + lambda;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("regularizer", smoothing.title());
        map.put("lambda", lambda);
        map.put("model", TrainedModel.CODEC.write().apply(model));
        map.put("y", y);
        return map;
    }

    @SuppressWarnings("unchecked")
    private static FittedCurve of(Map<String, Object> map) {
        return new FittedCurve(
                Smoothing.of((String) map.get("regularizer")),
                Json.number(map.get("lambda")),
                TrainedModel.CODEC.read().apply((Map<String, Object>) map.get("model")),
                Json.numbers(map.get("y")));
    }
}
