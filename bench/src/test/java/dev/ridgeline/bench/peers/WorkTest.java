package dev.ridgeline.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static List<String> steps(List<String> models, List<String> regularized) {
        return Work.Step.of(models, regularized, List.of("l1", "dropout")).stream()
                .map(Work::name)
                .toList();
    }

    private static String refusal(List<String> models, String regularized) {
        return assertThrows(IllegalArgumentException.class, () -> steps(models, List.of(regularized)))
                .getMessage();
    }

    @Test
    void theRegularizedHaveEveryRegularizerAndTheOthersNone() {
        assertEquals(
                List.of("step wide", "step iris", "step iris l1", "step iris dropout"),
                steps(List.of("wide", "iris"), List.of("iris")));
        assertEquals(List.of("step wide"), steps(List.of("wide"), List.of()));
    }

    @Test
    void whatIsRegularizedMustBeAmongTheModels() {
        assertEquals(
                "--regularized iris: it is not among --models (wide, conv); add it there, or leave it out here",
                refusal(List.of("wide", "conv"), "iris"));
        assertTrue(refusal(List.of(), "iris").contains("--models (none)"));
        assertTrue(refusal(List.of("iris"), "irs").startsWith("Unknown model \"irs\": did you mean \"iris\""));
    }
}
