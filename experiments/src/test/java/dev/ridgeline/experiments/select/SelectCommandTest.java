package dev.ridgeline.experiments.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.CommandRun;
import dev.ridgeline.experiments.study.Browser;
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
import tools.jackson.jr.ob.JSON;

class SelectCommandTest {
    private static final Set<String> FILES = Set.of("result.json", "candidates.csv", "pareto.png", "report.html");

    @TempDir
    private Path folder;

    @Test
    void theAnswerIsPrintedAndWritten() throws Exception {
        Path data = Tables.classes(folder, 60);
        Path target = folder.resolve("out");
        CommandRun run = quick(data, target).exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.length() <= 120 || line.startsWith("Use ")), run::out);
        for (Candidate candidate : Candidate.values()) {
            assertEquals(
                    1,
                    lines.stream()
                            .filter(line -> line.startsWith(candidate.title() + "  "))
                            .count(),
                    candidate.title());
        }
        assertEquals(1, lines.stream().filter(line -> line.contains("CHOSEN")).count());
        assertEquals(FILES, names(target));
        Map<String, Object> result = JSON.std.mapFrom(Files.readString(target.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, data, target, task, rule, rows, features, notes, plan, models, chosen,"
                        + " proven, answer, code]",
                result.keySet().toString());
        assertTrue(lines.contains(result.get("answer")), "the answer of the page and the file is the one printed");
        assertTrue(lines.contains("digest " + result.get("digest")));
        assertEquals("classification", result.get("task"));
        assertEquals("the target is text", result.get("rule"));
        List<?> models = (List<?>) result.get("models");
        assertEquals(Candidate.values().length, models.size());
        for (Object model : models) {
            for (String field : List.of(
                    "name",
                    "parameters",
                    "epochs",
                    "trainAccuracy",
                    "validationAccuracy",
                    "trainLoss",
                    "validationLoss")) {
                assertTrue(((Map<?, ?>) model).get(field) != null, field);
            }
        }
        List<String> csv = Files.readAllLines(target.resolve("candidates.csv"));
        assertTrue(csv.getFirst().startsWith("name,recipe,parameters,epochs,trainAccuracy,"), csv.getFirst());
        assertEquals(1 + Candidate.values().length, csv.size());
        assertTrue(csv.get(1).startsWith("none,no regularizer,"), csv.get(1));
    }

    @Test
    void thePageHoldsTableChartsAndCodeAndTheWorkIsAnnounced() throws Exception {
        Path target = folder.resolve("out");
        Path data = Tables.numbers(folder, 60);
        List<String> lines = Files.readAllLines(data);
        lines.replaceAll(line -> line.startsWith("a,") ? "same," + line : "7," + line);
        Files.write(data, lines);
        CommandRun run = CommandRun.of(arguments(data, target)).exits(0);
        assertTrue(
                run.err().startsWith("select: regression of \"y\" from 4 features, 60 rows: the target has "),
                run::err);
        assertTrue(run.err().contains("select: column \"same\" has the same value in all rows, 7; it is left out"));
        String work = "select: %,d trainings of 4-4-1, "
                .formatted(Candidate.allTrained().size() * 2 * 4);
        assertTrue(run.err().contains(work) && run.err().contains(" at once: about "), run::err);
        String page = Files.readString(target.resolve("report.html"));
        assertTrue(page.contains("RMSE") && page.contains("squared error of the standardised target"), "a regression");
        for (String program : List.of("new Trainer(model)", "keras.Sequential", "nn.Sequential")) {
            assertTrue(page.contains(program), program);
        }
        assertFalse(page.matches("(?s).*(src=|<link|@import|url\\().*"), "nothing is loaded");
        Browser.check("select", page, 2);
    }

    @Test
    void neitherThreadsNorAnEarlierRunChangeWhatIsFound() throws Exception {
        Path data = Tables.classes(folder, 60);
        Path target = folder.resolve("out");
        quick(data, target, "--threads=1").exits(0);
        Map<String, Object> one = JSON.std.mapFrom(Files.readString(target.resolve("result.json")));
        quick(data, target, "--threads=3").exits(0);
        Map<String, Object> two = JSON.std.mapFrom(Files.readString(target.resolve("result.json")));
        assertEquals(one.get("digest"), two.get("digest"));
        for (int i = 0; i < Candidate.values().length; i++) {
            Map<?, ?> before = (Map<?, ?>) ((List<?>) one.get("models")).get(i);
            Map<?, ?> after = (Map<?, ?>) ((List<?>) two.get("models")).get(i);
            for (String field :
                    List.of("recipe", "validationLoss", "benefit", "benefitLow", "benefitHigh", "bestEpoch")) {
                assertEquals(before.get(field), after.get(field), field);
            }
        }
        assertEquals(FILES, names(target), "nothing is left over");
    }

    @ParameterizedTest
    @CsvSource({
        "--hidden, 0, --hidden has 0 units; a layer has from 1 to 4096",
        "'--hidden', '8,x', Invalid value for option '--hidden'",
        "--hidden, 5000, --hidden has 5000 units; a layer has from 1 to 4096",
        "--folds, 0, --folds is 0; it must be at least 1",
        "--repeats, 0, --repeats is 0; it must be at least 1",
        "--epochs, 0, --epochs is 0; it must be at least 1",
        "--threads, 0, --threads is 0; it must be at least 1",
        "--task, clustering, '--task is \"clustering\"; it is classification or regression'",
        "--no-such, 1, 'Unknown options: ''--no-such'', ''1'''",
    })
    void aWrongOptionIsWrongUsage(String option, String value, String message) {
        CommandRun run = CommandRun.of("select", option, value).exits(2);
        assertTrue(run.err().startsWith(message), run::err);
        assertTrue(run.err().contains("Usage: ridgeline select"), run::err);
    }

    @Test
    void aTableAndATargetMustBeNamed() {
        CommandRun run = CommandRun.of("select", "--target=y").exits(2);
        assertTrue(run.err().startsWith("Missing --data; name a table and what to predict: --data FILE.csv"));
        run = CommandRun.of("select", "--data=x.csv").exits(2);
        assertTrue(run.err().startsWith("Missing --target;"), run::err);
    }

    @ParameterizedTest
    @CsvSource({
        "--data=no-such.csv --target=y, There is no file \"no-such.csv\"",
        "--target=z, 'has no column \"z\": did you mean '",
        "--target=y --ignore=q, 'has no column \"q\": did you mean '",
        "--target=y --folds=30, --folds is 30; with 60 rows use from 2 to 15",
        "--target=y --task=regression, 'is text, for example'",
    })
    void whatTheTableDoesNotAllowIsSaidInOneLine(String options, String message) throws Exception {
        Path data = Tables.classes(folder, 60);
        Stream<String> table = options.contains("--data") ? Stream.of() : Stream.of("--data=" + data);
        String[] arguments = Stream.of(
                        Stream.of("select", "--out=" + folder.resolve("out")), table, Stream.of(options.split(" ")))
                .flatMap(s -> s)
                .toArray(String[]::new);
        CommandRun run = CommandRun.of(arguments).exits(1);
        assertTrue(run.err().startsWith("ridgeline: "), run::err);
        assertTrue(run.err().contains(message), run::err);
        assertEquals(1, run.err().lines().count(), "no trace");
        assertFalse(Files.exists(folder.resolve("out")), "nothing was begun");
    }

    private static CommandRun quick(Path data, Path target, String... more) {
        return CommandRun.of(
                Stream.concat(Stream.of(arguments(data, target)), Stream.of("--quiet"))
                        .toList(),
                more);
    }

    private static String[] arguments(Path data, Path target) {
        return new String[] {
            "select",
            "--data=" + data,
            "--target=y",
            "--out=" + target,
            "--folds=2",
            "--repeats=1",
            "--epochs=2",
            "--hidden=4"
        };
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
