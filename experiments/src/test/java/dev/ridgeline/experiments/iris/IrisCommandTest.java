package dev.ridgeline.experiments.iris;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.CommandRun;
import dev.ridgeline.experiments.study.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

class IrisCommandTest {
    private static final Set<String> FILES =
            Set.of("result.json", "history.csv", "accuracy.png", "loss.png", "report.html");

    @TempDir
    private Path folder;

    @Test
    void theTableStandsBesideThatOfKeras() {
        CommandRun run = run("--out", folder.toString(), "--epochs", "5").exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(2).matches("model +parameters +seconds +accuracy +accuracy +loss +loss +accuracy +.*"));
        assertTrue(lines.get(3).matches("base +2,499 +\\d+\\.\\d{3}( +\\d\\.\\d{4}){4} +1\\.0000 +0\\.9333"), run::out);
        assertTrue(lines.get(6).matches("batch norm +2,883 .* 1\\.0000 +0\\.9667-1\\.0000"), run::out);
        assertTrue(lines.get(7).matches("digest [0-9a-f]{64}"), run::out);
        assertEquals("report " + folder.resolve("report.html"), lines.get(8));
        assertEquals("", run.err());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 110), "fits a terminal");
    }

    @Test
    void theResultFollowsItsSchema() throws Exception {
        CommandRun run = run("--out", folder.toString(), "--epochs", "5", "--seed", "7", "--threads", "2")
                .exits(0);
        Map<String, Object> result = JSON.std.mapFrom(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, models, modelDigests]",
                result.keySet().toString());
        assertEquals("iris", result.get("command"));
        assertEquals(7, result.get("seed"));
        assertTrue(run.out().contains("digest " + result.get("digest")));
        assertEquals(2, ((Map<?, ?>) result.get("environment")).get("threads"));
        List<?> models = (List<?>) result.get("models");
        assertEquals(4, models.size());
        for (Object model : models) {
            assertEquals(
                    "[name, parameters, epochs, seconds, trainAccuracy, validationAccuracy, trainLoss, validationLoss]",
                    ((Map<?, ?>) model).keySet().toString());
            assertEquals(5, ((Map<?, ?>) model).get("epochs"));
        }
    }

    @Test
    void thePageIsSoundInABrowser() throws Exception {
        run("--out", folder.toString(), "--epochs", "60").exits(0);
        Browser.check("iris", Files.readString(folder.resolve("report.html")), 8);
    }

    @Test
    void theHistoryHasALineForEachEpochOfEachModel() throws Exception {
        run("--out", folder.toString(), "--epochs", "5").exits(0);
        List<String> lines = Files.readAllLines(folder.resolve("history.csv"));
        assertEquals("model,epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy", lines.getFirst());
        assertEquals(1 + 4 * 5, lines.size());
        assertTrue(lines.get(1).matches("base,1(,\\d\\.\\d+){4}"), lines.get(1));
        assertTrue(lines.getLast().matches("batch norm,5(,\\d\\.\\d+){4}"), lines.getLast());
    }

    @Test
    void thePageNeedsNothingElse() throws Exception {
        run("--out", folder.toString(), "--epochs", "5").exits(0);
        String page = Files.readString(folder.resolve("report.html"));
        assertEquals(8, page.split("<svg ", -1).length - 1, "a chart of accuracy and one of loss for each model");
        assertFalse(page.matches("(?s).*(src=|<link|@import|url\\().*"), "nothing is loaded");
        assertTrue(page.length() < 200_000, "small: " + page.length());
    }

    @Test
    void aSecondRunGivesTheSameFilesButForTimes() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        run("--out", one.toString(), "--epochs", "40").exits(0);
        run("--out", two.toString(), "--epochs", "40").exits(0);
        assertEquals(FILES, names(one));
        for (String name : List.of("history.csv", "accuracy.png", "loss.png")) {
            assertArrayEquals(Files.readAllBytes(one.resolve(name)), Files.readAllBytes(two.resolve(name)), name);
        }
        assertEquals(withoutTimes(one, "result.json"), withoutTimes(two, "result.json"));
        assertEquals(withoutTimes(one, "report.html"), withoutTimes(two, "report.html"));
    }

    /** Times stand in the field of the results, and in the one table that has three decimals. */
    private static String withoutTimes(Path folder, String name) throws Exception {
        return Files.readString(folder.resolve(name))
                .replaceAll("\"seconds\" : [0-9.E-]+", "\"seconds\" : ?")
                .replaceAll(">\\d+\\.\\d{3}<", ">?<");
    }

    @Test
    void threadsDoNotChangeTheResults() {
        CommandRun one = run("--out", folder.resolve("one").toString(), "--epochs", "30", "--threads", "1")
                .exits(0);
        CommandRun three = run("--out", folder.resolve("three").toString(), "--epochs", "30", "--threads", "3")
                .exits(0);
        assertEquals(one.digest(), three.digest());
    }

    @Test
    void aRunReplacesTheFilesOfAnEarlierOne() throws Exception {
        Files.writeString(folder.resolve("result.json"), "old");
        Files.writeString(folder.resolve("history.csv"), "old");
        Files.writeString(folder.resolve("notes.txt"), "the user's own");
        run("--out", folder.toString(), "--epochs", "2").exits(0);
        assertTrue(Files.readString(folder.resolve("result.json")).startsWith("{"));
        assertEquals("the user's own", Files.readString(folder.resolve("notes.txt")));
        String before = Files.readString(folder.resolve("history.csv"));
        run("--out", folder.toString(), "--epochs", "2", "--seed", "3").exits(0);
        assertNotEquals(before, Files.readString(folder.resolve("history.csv")));
        assertEquals(FILES.size() + 1, names(folder).size(), "nothing is left over");
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedBeforeTheTraining() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "the user's own");
        String[] longRun = {"--epochs", "1000000000"};
        for (Path out : List.of(file, file.resolve("below"), Path.of("/proc/no-such-folder"))) {
            CommandRun run = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> run("--out", out.toString(), longRun[0], longRun[1]));
            run.exits(1);
            assertTrue(run.err().contains("\"" + out + "\""), run::err);
            assertTrue(run.err().contains("; name a folder"), run::err);
            assertFalse(run.err().contains("\tat "), "one line, no trace");
        }
        assertEquals("the user's own", Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs, 0, --epochs is 0; it must be at least 1",
        "--epochs, -1, --epochs is -1; it must be at least 1",
        "--epochs, many, Invalid value for option '--epochs': 'many' is not an int",
        "--epochs, 3000000000, Invalid value for option '--epochs': '3000000000' is not an int",
        "--seeds, 0, --seeds is 0; it must be at least 1",
        "--splits, -2, --splits is -2; it must be at least 1",
        "--threads, 0, --threads is 0; it must be at least 1",
        "--threads, -3, --threads is -3; it must be at least 1",
        "--seed, x, Invalid value for option '--seed': 'x' is not a long",
        "--out, '', --out is empty; name a folder",
    })
    void aWrongValueIsWrongUsage(String option, String value, String message) {
        CommandRun run = run(option, value).exits(2);
        assertTrue(run.err().startsWith(message), run::err);
        assertTrue(run.err().contains("Usage: ridgeline iris"), run::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--epoch=3", "--no-such-option", "surplus"})
    void anUnknownOptionIsWrongUsage(String argument) {
        CommandRun run = run(argument).exits(2);
        assertTrue(run.err().contains("'" + argument + "'"), run::err);
    }

    @Test
    void aMisspeltOptionOrStudyIsGuessed() {
        CommandRun run = run("--epohcs=3").exits(2);
        assertTrue(run.err().contains("Possible solutions: --epochs"), run::err);
        run = CommandRun.of("irsi").exits(2);
        assertTrue(run.err().contains("Did you mean: ridgeline iris"), run::err);
    }

    @Test
    void helpNamesTheDefaultFolder() {
        CommandRun run = run("--help").exits(0);
        String help = run.out().replaceAll("\\s+", " ");
        assertTrue(help.contains("(default: iris, below the current folder)"), help);
        assertTrue(help.contains("(default: 2000)") && help.contains("(default: 42)"), help);
    }

    @Test
    void severalSeedsAreTheRunsThatEachSeedGivesAlone() throws Exception {
        String table = run("--out", folder.toString(), "--epochs", "15", "--seeds", "3", "--seed", "7")
                .exits(0)
                .out();
        assertTrue(
                table.lines()
                        .anyMatch(
                                line -> line.matches(
                                        "base +validation( +0\\.\\d{4}) +0\\.\\d{4}-[01]\\.\\d{4} +0\\.\\d{4} +\\S.* +0\\.9333")),
                table);
        assertTrue(names(folder).containsAll(FILES) && names(folder).contains("runs.png"), names(folder)::toString);
        List<?> models = (List<?>) JSON.std
                .mapFrom(Files.readString(folder.resolve("result.json")))
                .get("models");
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("over 3 seeds") && page.contains("The same 30 flowers judge every run"));
        Path alone = folder.resolve("alone");
        run("--out", alone.toString(), "--epochs", "15", "--seed", "9").exits(0);
        Map<?, ?> digests = (Map<?, ?>)
                JSON.std.mapFrom(Files.readString(alone.resolve("result.json"))).get("modelDigests");
        assertEquals(4, models.size());
        for (Object model : models) {
            Map<?, ?> map = (Map<?, ?>) model;
            Map<?, ?> last = (Map<?, ?>) ((List<?>) map.get("runs")).getLast();
            assertEquals(9, last.get("seed"));
            assertEquals(digests.get(map.get("name")), last.get("digest"), map.get("name") + " of seed 9");
        }
    }

    @Test
    void thePageOfSeveralRunsIsSoundInABrowser() throws Exception {
        run("--out", folder.toString(), "--epochs", "60", "--splits", "3", "--seeds", "2")
                .exits(0);
        Browser.check("iris-runs", Files.readString(folder.resolve("report.html")), 4 + 4 + 4);
    }

    @Test
    void severalSplitsHaveOtherFlowersToJudgeBy() throws Exception {
        run("--out", folder.toString(), "--epochs", "3", "--splits", "3").exits(0);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("over 3 splits with 1 seed each"), page);
        assertTrue(page.contains("The first split is the published one"), page);
        assertTrue(names(folder).contains("runs.png"));
        assertFalse(page.replaceAll("(?s)<script>.*?</script>", "").contains("NaN"), page);
        assertEquals(
                1 + 3 * 4 * 3, Files.readAllLines(folder.resolve("history.csv")).size());
        run("--out", folder.toString(), "--epochs", "3").exits(0);
        assertEquals(FILES, names(folder), "nothing is left of the larger study");
    }

    private static CommandRun run(String... options) {
        return CommandRun.of(List.of("iris"), options);
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
