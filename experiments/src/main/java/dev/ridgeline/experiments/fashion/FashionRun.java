package dev.ridgeline.experiments.fashion;

import dev.ridgeline.experiments.study.Codec;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.report.Json;
import dev.ridgeline.train.Evaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the study keeps of one training.
 *
 * @param trained the model; its validation rows are what {@link FashionStudy} says
 * @param test the test images in one pass of inference after the training
 * @param weights the weights of the first layer
 */
record FashionRun(TrainedModel trained, Evaluation test, WeightHistogram weights) {
    /** How runs are kept. */
    static final Codec<FashionRun> CODEC = new Codec<>(FashionRun::write, FashionRun::read);

    private Map<String, Object> write() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("trained", TrainedModel.CODEC.write().apply(trained));
        map.put("test", List.of(test.loss(), test.accuracy()));
        map.put("weights", weights.counts());
        return map;
    }

    @SuppressWarnings("unchecked")
    private static FashionRun read(Map<String, Object> map) {
        List<?> test = (List<?>) map.get("test");
        List<?> counts = (List<?>) map.get("weights");
        return new FashionRun(
                TrainedModel.CODEC.read().apply((Map<String, Object>) map.get("trained")),
                new Evaluation(Json.number(test.get(0)), Json.number(test.get(1))),
                new WeightHistogram(counts.stream()
                        .mapToInt(count -> ((Number) count).intValue())
                        .toArray()));
    }
}
