package dev.ridgeline.experiments.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.Main;
import dev.ridgeline.experiments.study.Browser;
import dev.ridgeline.report.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("prune", "--out=" + folder), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void theTableTellsWeightsNeededAndDifferences() throws Exception {
        assertEquals(0, run("--only=iris", "--seeds=2", "--epochs=6"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(2).startsWith("pruned "), out::toString);
        assertTrue(lines.get(3).matches("Iris, magnitude( +[\\d.]+){3} % +[\\d.]+"), lines.get(3));
        assertTrue(
                lines.get(12).matches("Iris, units, retrained( +[\\d.]+){3} % +[\\d.]+ +-?[\\d.]+ +\\[.*, .*]"),
                lines.get(12));
        assertTrue(lines.get(16).matches("digest [0-9a-f]{64}"), out::toString);
        assertEquals("report " + folder.resolve("report.html"), lines.getLast());
        assertTrue(lines.stream().limit(16).allMatch(l -> l.length() <= 112), out::toString);
        assertTrue(out.toString().chars().allMatch(c -> c < 128), "ASCII");
        assertEquals("", err.toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.of("result.json", "history.csv", "pruning.csv", "iris.png", "report.html"),
                    files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void theFilesHoldWhatWasPruned() throws Exception {
        assertEquals(0, run("--only=iris", "--seeds=2", "--epochs=6", "--seed=7"), err::toString);
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, configuration, models, pruned]",
                result.keySet().toString());
        assertEquals(
                "{data=[iris], seeds=2, epochs=[6]}",
                result.get("configuration").toString());
        assertTrue(out.toString().contains("digest " + result.get("digest")));
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
        assertEquals(0, run("--only=iris", "--seeds=3", "--epochs=20"), err::toString);
        Browser.check("prune-iris", Files.readString(folder.resolve("report.html")), 2);
        assertEquals(0, run("--seeds=1", "--epochs=2"), err::toString);
        assertFalse(out.toString().contains("["), "no intervals of a single seed: " + out);
        String page = Files.readString(folder.resolve("report.html"));
        assertFalse(page.contains(">NaN"));
        assertTrue(page.contains("its matrix of all 25,450 weights and biases would take 5.2 GB"), "why no surgeon");
        assertTrue(Files.exists(folder.resolve("images.png")));
        Browser.check("prune", page, 4);
    }

    @Test
    void threadsDoNotChangeTheDigestAndSeedsDo() {
        assertEquals(0, run("--only=iris", "--seeds=2", "--epochs=2", "--threads=1"));
        String one = digest();
        assertEquals(0, run("--only=iris", "--seeds=2", "--epochs=2", "--threads=3"));
        assertEquals(one, digest());
        assertEquals(0, run("--only=iris", "--seeds=2", "--epochs=2", "--seed=3"));
        assertNotEquals(one, digest());
    }

    private String digest() {
        return out.toString()
                .lines()
                .filter(l -> l.startsWith("digest "))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --only=roses   | --only is roses; it must be iris or images
            --seeds=0      | --seeds is 0; it must be at least 1
            --epochs=-1    | --epochs is -1; it must be at least 1
            --epochs=many  | Invalid value for option '--epochs': 'many' is not an int
            """)
    void wrongUsageIsNamed(String option, String message) {
        assertEquals(2, run(option));
        assertEquals(message, err.toString().lines().findFirst().orElse(""));
    }
}
