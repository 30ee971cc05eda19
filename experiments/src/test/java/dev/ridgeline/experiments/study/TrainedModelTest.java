package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgeline.report.Json;
import dev.ridgeline.train.Evaluation;
import dev.ridgeline.train.History;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainedModelTest {
    @Test
    void whatIsKeptComesBack() {
        List<History.Epoch> epochs = List.of(
                new History.Epoch(1, new Evaluation(1 / 3.0, 0.1), new Evaluation(Double.POSITIVE_INFINITY, 0.2)),
                new History.Epoch(2, new Evaluation(1e-300, 0.7), new Evaluation(Double.NaN, 1)));
        TrainedModel model = new TrainedModel(
                "L1", 1L << 40, "digest", History.of(epochs), 1.25, new Evaluation(0.1f, 0.9), new Evaluation(2, 0.3));
        TrainedModel back = TrainedModel.CODEC
                .read()
                .apply(Json.read(Json.line(TrainedModel.CODEC.write().apply(model))));
        assertEquals(model.toMap(), back.toMap());
        assertEquals(model.digest(), back.digest());
        assertEquals(model.seconds(), back.seconds());
        assertEquals(model.history().epochs(), back.history().epochs());
    }
}
