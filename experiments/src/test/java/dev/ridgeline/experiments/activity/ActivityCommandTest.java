package dev.ridgeline.experiments.activity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class ActivityCommandTest {
    @TempDir
    private Path folder;

    @Test
    void tablesAndPageStandBesideThePublishedRunAndTheTrial() throws Exception {
        requireTables(run("--splits", "3", "--epochs", "3").exits(0));
        requireWords(Files.readString(folder.resolve("report.html")).replace("&nbsp;", " "));
    }

    private static void requireTables(CommandRun run) {
        List<String> lines = run.out().lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.matches("deep +152,515 +\\d+\\.\\d\\+/-\\d+\\.\\d +96\\.43 +97\\.0\\+/-0\\.7"
                                        + " +\\d+\\.\\d\\+/-\\d+\\.\\d +92\\.11 +93\\.9\\+/-4\\.5")),
                run::out);
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.matches("deep, activity L1 +152,515 .* 98\\.21 .* 94\\.74 +93\\.6\\+/-4\\.4")),
                run::out);
        assertTrue(lines.stream().anyMatch(line -> line.matches("500 units, penalised +4,003 .*")), run::out);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.matches("deep, activity L1 +validation loss +[-+]0\\.\\d{4} +"
                                + "\\[[-+]0\\.\\d{4}, [-+]0\\.\\d{4}] +\\[.*] +\\d / \\d / \\d")),
                run::out);
        assertTrue(lines.get(lines.size() - 2).matches("digest [0-9a-f]{64}"), run::out);
        assertTrue(run.out().chars().allMatch(c -> c < 128), "a terminal may know ASCII alone");
        assertTrue(lines.stream().allMatch(line -> line.length() <= 125), run::out);
    }

    @Test
    void theResultHasEveryRunAndThePairedDifferences() throws Exception {
        run("--splits", "2", "--seeds", "2", "--epochs", "2", "--seed", "7").exits(0);
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, splits, seeds, models, effects]",
                result.keySet().toString());
        assertEquals("activity", result.get("command"));
        assertEquals(7, result.get("seed"));
        List<?> models = (List<?>) result.get("models");
        assertEquals(4, models.size());
        Map<?, ?> penalised = (Map<?, ?>) models.get(1);
        assertEquals("deep, activity L1", penalised.get("name"));
        assertEquals(4, ((List<?>) penalised.get("runs")).size());
        Map<?, ?> effect = (Map<?, ?>) ((List<?>) result.get("effects")).getFirst();
        assertEquals("deep", effect.get("against"));
        double change = Json.number(((Map<?, ?>) effect.get("validationLoss")).get("mean"));
        double difference = Json.number(penalised.get("validationLoss"))
                - Json.number(((Map<?, ?>) models.getFirst()).get("validationLoss"));
        assertEquals(difference, change, 1e-12);
        assertEquals(2, ((List<?>) ((Map<?, ?>) effect.get("validationLoss")).get("values")).size());
        assertEquals(
                1 + 4 * 4 * 2, Files.readAllLines(folder.resolve("history.csv")).size());
    }

    private static void requireWords(String page) {
        assertTrue(page.contains("The published run rose with it from 92.11 to 94.74 %: one validation flower of 38."));
        assertTrue(page.contains("One run&#39;s difference can mean nothing: of the 3 pairs of runs here, "), page);
        assertTrue(page.contains(
                "over 12 splits (PyTorch) found 93.9 \u00b1 4.5 % without and 93.6 \u00b1 4.4 % with it."));
        assertTrue(page.contains(" 3 splits"), "its own figures");
        assertTrue(page.contains(
                "of that network the layer of 500 units alone is given, and here the output layer follows it"));
        assertEquals(2 + 4 + 4 + 4, page.split("<svg ", -1).length - 1, "effects, runs, accuracy, loss");
        assertFalse(withoutScript(page).contains("NaN"), "no figure that is none");
    }

    /** A page's script may ask what is no number. */
    private static String withoutScript(String page) {
        return page.replaceAll("(?s)<script>.*?</script>", "");
    }

    @Test
    void onePairOfRunsIsSaidToShowNothing() throws Exception {
        CommandRun run = run("--splits", "1", "--epochs", "2").exits(0);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("in one pair of runs, which says nothing of another: --splits 12 shows"), page);
        assertFalse(withoutScript(page).contains("NaN"), page);
        assertFalse(run.out().contains("NaN"), run::out);
    }

    @Test
    void thePageIsSoundInABrowser() throws Exception {
        run("--splits", "4", "--epochs", "12").exits(0);
        Browser.check("activity", Files.readString(folder.resolve("report.html")), 2 + 4 + 4 + 4);
    }

    @Test
    void seedsOnOneSplitAreNotTakenForSplits() throws Exception {
        CommandRun run = run("--splits", "1", "--seeds", "3", "--epochs", "2").exits(0);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("3 seeds on one split"), page);
        assertTrue(run.out().contains("] "), run::out);
    }

    @Test
    void aSecondRunGivesTheSameFilesForAnyNumberOfThreads() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        for (Path target : List.of(one, two)) {
            String threads = target == one ? "1" : "3";
            CommandRun.of(
                            "activity",
                            "--splits",
                            "2",
                            "--epochs",
                            "2",
                            "--threads",
                            threads,
                            "--out",
                            target.toString())
                    .exits(0);
        }
        Set<String> files = Set.of(
                "result.json", "history.csv", "report.html", "effects.png", "runs.png", "accuracy.png", "loss.png");
        assertEquals(files, names(one));
        assertEquals(files, names(two));
        for (String name : List.of("history.csv", "effects.png", "runs.png", "accuracy.png", "loss.png")) {
            assertArrayEquals(Files.readAllBytes(one.resolve(name)), Files.readAllBytes(two.resolve(name)), name);
        }
        assertEquals(digest(one), digest(two));
    }

    private static Object digest(Path folder) throws Exception {
        return Json.read(Files.readString(folder.resolve("result.json"))).get("digest");
    }

    @ParameterizedTest
    @CsvSource({
        "--splits, 0, --splits is 0; it must be at least 1",
        "--seeds, -1, --seeds is -1; it must be at least 1",
        "--epochs, 0, --epochs is 0; it must be at least 1",
        "--splits, many, Invalid value for option '--splits': 'many' is not an int",
    })
    void aWrongValueIsWrongUsage(String option, String value, String message) {
        CommandRun run = run(option, value).exits(2);
        assertTrue(run.err().startsWith(message), run::err);
        assertTrue(run.err().contains("Usage: ridgeline activity"), run::err);
    }

    @Test
    void anotherNumberOfSplitsIsNotResumed() throws Exception {
        Files.writeString(
                folder.resolve("unfinished.jsonl"), "{\"command\":\"activity\",\"configuration\":{\"splits\":5}}\n");
        CommandRun run = run("--splits", "3", "--resume").exits(1);
        assertTrue(run.err().contains("Cannot resume: "), run::err);
    }

    private CommandRun run(String... options) {
        return CommandRun.of(List.of("activity", "--out", folder.toString()), options);
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toSet());
        }
    }
}
