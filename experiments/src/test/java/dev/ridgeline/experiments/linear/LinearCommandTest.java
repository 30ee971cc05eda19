package dev.ridgeline.experiments.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.CommandRun;
import dev.ridgeline.experiments.study.Browser;
import dev.ridgeline.report.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearCommandTest {
    private static final Set<String> FILES = Set.of(
            "result.json",
            "history.csv",
            "path.csv",
            "report.html",
            "loss.png",
            "path-l1.png",
            "path-l2.png",
            "path-elastic-net.png");

    @TempDir
    private Path folder;

    @Test
    void onIrisItPrintsAccuraciesAndCoefficientsAndProvesThem() throws Exception {
        CommandRun run = run().exits(0);
        List<String> lines = run.out().lines().toList();
        for (String penalty : List.of("L1", "L2", "elastic net")) {
            assertTrue(
                    lines.stream()
                            .anyMatch(line -> line.matches(
                                    penalty + " +\\d\\S+ +0\\.9\\d{3} +0\\.9\\d{3} +0\\.\\d{4} +0\\.\\d{4} +\\d+ +12")),
                    run::out);
        }
        assertTrue(lines.stream().anyMatch(line -> line.matches("virginica +petal width( +\\d+\\.\\d{3}){3}")));
        assertTrue(lines.stream().anyMatch(line -> line.matches("\\w+ +(sepal|petal) \\w+ +0 .*")), "an exact zero");
        assertTrue(run.out().chars().allMatch(c -> c < 128), "a terminal may know ASCII alone");
        assertEquals(FILES, names());
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals("linear", result.get("command"));
        for (Object model : (List<?>) result.get("models")) {
            Map<?, ?> map = (Map<?, ?>) model;
            assertEquals(15, map.get("parameters"));
            assertTrue(Json.number(map.get("largestViolation")) < 1e-7, map::toString);
            assertEquals(12, ((List<?>) ((Map<?, ?>) map.get("chosen")).get("coefficients")).size());
        }
        assertEquals(
                1 + 3 * 60, Files.readAllLines(folder.resolve("history.csv")).size());
        assertEquals(
                1 + 3 * 60 * 15, Files.readAllLines(folder.resolve("path.csv")).size());
    }

    @Test
    void thePageShowsThePathOfEachClassAndTheProof() throws Exception {
        run("--lambdas", "12").exits(0);
        String page = Files.readString(folder.resolve("report.html"));
        assertEquals(9 + 1 + 3, page.split("<svg ", -1).length - 1, "paths, zeros, losses");
        assertTrue(page.contains("L1: setosa") && page.contains("elastic net: virginica"));
        assertTrue(page.contains("Every model is proved to be the optimum"));
        assertTrue(page.contains("Of 12 coefficients, so many are exactly zero: L1 "));
        assertFalse(withoutScript(page).contains("NaN"));
    }

    /** A page's script may ask what is no number. */
    private static String withoutScript(String page) {
        return page.replaceAll("(?s)<script>.*?</script>", "");
    }

    @Test
    void thePageIsSoundInABrowser() throws Exception {
        run("--seeds", "2").exits(0);
        Browser.check("linear", Files.readString(folder.resolve("report.html")), 9 + 1 + 3);
    }

    @Test
    void aTableOfTheUsersOwnIsRead() throws Exception {
        Path csv = table(200, "yes", "no");
        CommandRun run = run("--data", csv.toString(), "--target", "answer", "--lambdas", "10")
                .exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.matches("yes +signal +\\d+\\.\\d{3}.*")), run::out);
        assertTrue(lines.stream().anyMatch(line -> line.matches("yes +colour=red .*")), run::out);
        assertTrue(run.err().contains("column \"constant\""), "what was left out is said: " + run.err());
        assertTrue(Files.readString(folder.resolve("report.html")).contains("column &quot;constant&quot;"));
    }

    @Test
    void ofManyFeaturesThoseWithTheLargestCoefficientsAreShown() throws Exception {
        int features = 44;
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("answer");
        IntStream.range(0, features).forEach(i -> csv.append(",x").append(i));
        for (int row = 0; row < 90; row++) {
            double[] x = random.doubles(features, -1, 1).toArray();
            csv.append('\n').append(x[5] > 0.3 ? "high" : x[7] > 0 ? "low" : "none");
            Arrays.stream(x).forEach(value -> csv.append(',').append(value));
        }
        Path file = Files.writeString(folder.resolve("wide.csv"), csv);
        CommandRun run = run("--data", file.toString(), "--target", "answer", "--lambdas", "6")
                .exits(0);
        List<String> lines = run.out().lines().toList();
        assertEquals(
                3 * 13,
                lines.stream()
                        .filter(line -> line.matches("(high|low|none) +x.*"))
                        .count(),
                run::out);
        assertTrue(lines.stream().anyMatch(line -> line.matches("high +x5 +[1-9].*")), run::out);
        String sentence = "Shown are the 13 of 44 features with the largest coefficients; path.csv has all.";
        assertTrue(lines.contains(sentence), run::out);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains(sentence), page);
        assertTrue(page.contains("The 6 features with the largest ones have a name; others are grey."), page);
        assertTrue(page.contains("Features beyond the 40 with the largest ones are left out."), page);
        assertEquals(
                1 + 3 * 6 * 3 * (44 + 1),
                Files.readAllLines(folder.resolve("path.csv")).size());
    }

    /** A CSV table with a feature that tells, one that does not, texts, gaps, and a column to leave out. */
    private Path table(int rows, String one, String other) throws Exception {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("signal,noise,colour,constant,answer\n");
        for (int i = 0; i < rows; i++) {
            double signal = random.nextGaussian();
            csv.append(signal).append(',');
            csv.append(i % 10 == 0 ? "" : Double.toString(random.nextGaussian()))
                    .append(',');
            csv.append(i % 3 == 0 ? "red" : "blue").append(",5,");
            csv.append(signal + random.nextGaussian() > 0 ? one : other).append('\n');
        }
        return Files.writeString(folder.resolve("table.csv"), csv);
    }

    @Test
    void aTargetToRegressIsRefused() throws Exception {
        Path csv = table(60, "yes", "no");
        CommandRun run = run("--data", csv.toString(), "--target", "signal").exits(1);
        String message = run.err();
        assertTrue(message.contains("column \"signal\", is a number to predict (the target has 60 different"), message);
        assertTrue(message.contains("; logistic regression needs classes: name another --target"), message);
        assertFalse(message.contains("\tat "), "one line, no trace");
    }

    @Test
    void aClassOfTooFewRowsIsRefusedByName() throws Exception {
        Path csv = table(60, "yes", "no");
        String text = Files.readString(csv);
        int line = text.indexOf('\n') + 1;
        int end = text.indexOf('\n', line);
        String row = text.substring(line, end);
        Files.writeString(
                csv, text.substring(0, line) + row.substring(0, row.lastIndexOf(',')) + ",rare" + text.substring(end));
        CommandRun run = run("--data", csv.toString(), "--target", "answer").exits(1);
        assertTrue(run.err().contains("class \"rare\" has 1 row; to fit, "), run::err);
        assertTrue(run.err().contains(": give it more, merge it"), run::err);
    }

    @Test
    void aShareThatLeavesAClassAloneIsRefusedByName() throws Exception {
        Path csv = table(60, "yes", "no");
        CommandRun run = run("--data", csv.toString(), "--target", "answer", "--validation", "0.98")
                .exits(1);
        assertTrue(
                run.err().contains(" has 1 row to train on, and") && run.err().contains("lower --validation"),
                run::err);
    }

    @ParameterizedTest
    @CsvSource({
        "--target, answer, 'Missing --data; name a table'",
        "--data, table.csv, 'Missing --target; name a table'",
        "--ignore, answer, 'Missing --data; name a table'",
        "--lambdas, 1, --lambdas is 1; it must be at least 2",
        "--folds, 0, --folds is 0; it must be at least 2",
        "--seeds, 0, --seeds is 0; it must be at least 1",
        "--validation, 1, --validation is 1.0; it must be above 0 and below 1",
        "--validation, NaN, --validation is NaN; it must be above 0 and below 1",
        "--l1-ratio, 0, --l1-ratio is 0.0; it must be above 0 and below 1",
        "--task, guess, '--task is \"guess\"; it is classification or regression'",
    })
    void aWrongValueIsWrongUsage(String option, String value, String message) {
        CommandRun run = run(option, value).exits(2);
        assertTrue(run.err().startsWith(message), run::err);
        assertTrue(run.err().contains("Usage: ridgeline linear"), run::err);
    }

    @Test
    void moreFoldsThanRowsAreRefused() {
        CommandRun run = run("--folds", "500").exits(1);
        assertTrue(run.err().contains("500 parts of 112 rows; use from 2 to 112"), run::err);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        CommandRun run = run("--data", folder.resolve("none.csv").toString(), "--target", "answer")
                .exits(1);
        assertTrue(run.err().contains("none.csv"), run::err);
        assertFalse(run.err().contains("\tat "), "one line, no trace");
    }

    @Test
    void threadsDoNotChangeTheFiles() throws Exception {
        run("--threads", "1", "--lambdas", "8", "--seeds", "2").exits(0);
        byte[] history = Files.readAllBytes(folder.resolve("history.csv"));
        byte[] path = Files.readAllBytes(folder.resolve("path-l1.png"));
        run("--threads", "3", "--lambdas", "8", "--seeds", "2").exits(0);
        assertArrayEquals(history, Files.readAllBytes(folder.resolve("history.csv")));
        assertArrayEquals(path, Files.readAllBytes(folder.resolve("path-l1.png")));
    }

    private CommandRun run(String... options) {
        return CommandRun.of(List.of("linear", "--out", folder.toString()), options);
    }

    private Set<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toSet());
        }
    }
}
