package dev.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void theTotalIsAddedInTheOrderOfThePenalties() {
        // 0.1 + 0.2 + 0.3 depends on the order
        Evaluation evaluation = new Evaluation(0.1, 1, List.of(new Penalty("a", 0.2), new Penalty("b", 0.3)), Map.of());
        assertEquals((0.1 + 0.2) + 0.3, evaluation.totalLoss());
        assertNotEquals(0.1 + (0.2 + 0.3), evaluation.totalLoss());
        assertEquals(0.1, new Evaluation(0.1, 1).totalLoss());
    }

    @Test
    void itKeepsCopies() {
        List<Penalty> penalties = new ArrayList<>(List.of(new Penalty("a", 1)));
        Map<String, Double> metrics = new LinkedHashMap<>(Map.of("m", 2.0));
        Evaluation evaluation = new Evaluation(0, 0, penalties, metrics);
        penalties.clear();
        metrics.clear();
        assertEquals(1, evaluation.totalLoss());
        assertEquals(Map.of("m", 2.0), evaluation.metrics());
        assertThrows(
                UnsupportedOperationException.class,
                () -> evaluation.penalties().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> evaluation.metrics().clear());
    }

    @Test
    void metricsKeepTheirOrder() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : List.of("z", "y", "x", "a", "b")) {
            metrics.put(name, 1.0);
        }
        assertEquals(
                List.of("z", "y", "x", "a", "b"),
                List.copyOf(new Evaluation(0, 0, List.of(), metrics).metrics().keySet()));
    }
}
