package dev.ridgeline.experiments.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.CommandRun;
import dev.ridgeline.experiments.study.Browser;
import dev.ridgeline.report.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruneCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... options) {
        return CommandRun.of(List.of("prune", "--out=" + folder), options);
    }

    @Test
    void theTableTellsWeightsNeededAndDifferences() throws Exception {
        CommandRun run = run("--only=iris", "--seeds=2", "--epochs=6").exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(2).startsWith("pruned "), run::out);
        assertTrue(lines.get(3).matches("Iris, magnitude( +[\\d.]+){3} % +[\\d.]+"), lines.get(3));
        assertTrue(
                lines.get(12).matches("Iris, units, retrained( +[\\d.]+){3} % +[\\d.]+ +-?[\\d.]+ +\\[.*, .*]"),
                lines.get(12));
        assertTrue(lines.get(16).matches("digest [0-9a-f]{64}"), run::out);
        assertEquals("report " + folder.resolve("report.html"), lines.getLast());
        assertTrue(lines.stream().limit(16).allMatch(l -> l.length() <= 112), run::out);
        assertTrue(run.out().chars().allMatch(c -> c < 128), "ASCII");
        assertEquals("", run.err());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.of("result.json", "history.csv", "pruning.csv", "iris.png", "report.html"),
                    files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void theFilesHoldWhatWasPruned() throws Exception {
        CommandRun run =
                run("--only=iris", "--seeds=2", "--epochs=6", "--seed=7").exits(0);
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, configuration, models, pruned]",
                result.keySet().toString());
        assertEquals(
                "{data=[iris], seeds=2, epochs=[6]}",
                result.get("configuration").toString());
        assertTrue(run.out().contains("digest " + result.get("digest")));
        List<?> models = (List<?>) result.get("models");
        assertEquals(2, models.size());
        Map<?, ?> plain = (Map<?, ?>) models.getFirst();
        assertEquals("Iris, no penalty", plain.get("name"));
        assertEquals(112 + 19, plain.get("parameters"));
        List<?> pruned = (List<?>) result.get("pruned");
        assertEquals(10, pruned.size());
        assertEquals(
                "[data, method, retrained, weightsNeeded, overMagnitude, levels]",
                ((Map<?, ?>) pruned.getFirst()).keySet().toString());

        List<String> removals = Files.readAllLines(folder.resolve("pruning.csv"));
        assertEquals("data,method,retrained,seed,weights,testLoss,testAccuracy", removals.getFirst());
        assertEquals(
                "Iris,magnitude,false,7,112," + plain.get("validationLoss") + "," + plain.get("validationAccuracy"),
                removals.get(1),
                "the whole model is that of the history");
        assertEquals(1 + 2 * 2 * (4 * 12 + 8), removals.size());
        assertEquals(
                1 + 2 * 6, Files.readAllLines(folder.resolve("history.csv")).size());
    }

    @Test
    void thePageIsSoundInABrowserWithBandsAndWithout() throws Exception {
        run("--only=iris", "--seeds=3", "--epochs=20").exits(0);
        Browser.check("prune-iris", Files.readString(folder.resolve("report.html")), 2);
        CommandRun run = run("--seeds=1", "--epochs=2").exits(0);
        assertFalse(run.out().contains("["), "no intervals of a single seed: " + run.out());
        String page = Files.readString(folder.resolve("report.html"));
        assertFalse(page.contains(">NaN"));
        assertTrue(page.contains("its matrix of all 25,450 weights and biases would take 5.2 GB"), "why no surgeon");
        assertTrue(Files.exists(folder.resolve("images.png")));
        Browser.check("prune", page, 4);
    }

    @Test
    void threadsDoNotChangeTheDigestAndSeedsDo() {
        String one = run("--only=iris", "--seeds=2", "--epochs=2", "--threads=1")
                .exits(0)
                .digest();
        assertEquals(
                one,
                run("--only=iris", "--seeds=2", "--epochs=2", "--threads=3")
                        .exits(0)
                        .digest());
        assertNotEquals(
                one,
                run("--only=iris", "--seeds=2", "--epochs=2", "--seed=3")
                        .exits(0)
                        .digest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --only=roses   | --only is roses; it must be iris or images
            --seeds=0      | --seeds is 0; it must be at least 1
            --epochs=-1    | --epochs is -1; it must be at least 1
            --epochs=many  | Invalid value for option '--epochs': 'many' is not an int
            """)
    void wrongUsageIsNamed(String option, String message) {
        CommandRun run = run(option).exits(2);
        assertEquals(message, run.err().lines().findFirst().orElse(""));
    }
}
