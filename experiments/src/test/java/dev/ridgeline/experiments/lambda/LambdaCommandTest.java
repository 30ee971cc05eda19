package dev.ridgeline.experiments.lambda;

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

class LambdaCommandTest {
    private static final String[] SMALL = {"--from=8", "--to=32", "--steps=3", "--seeds=2", "--epochs=300"};

    @TempDir
    private Path folder;

    private CommandRun run(String... more) {
        return CommandRun.of(arguments(more));
    }

    /** Returns a small study with some other options. */
    private String[] arguments(String... others) {
        List<String> names = Stream.of(others).map(o -> o.split("=")[0]).toList();
        return Stream.of(
                        Stream.of("lambda", "--out=" + folder),
                        Stream.of(SMALL).filter(o -> !names.contains(o.split("=")[0])),
                        Stream.of(others))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    @Test
    void theTablesTellLambdaAndSlopes() throws Exception {
        CommandRun run = run().exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches(" +L2 +L2 +L2 +L1 +ridge"), run::out);
        assertTrue(lines.get(1).matches("rows +f=1 +f=0.1 +f=10 +f=1 +control"), run::out);
        assertTrue(lines.get(2).matches("8 +.*2\\.00 x1\\.00"), run::out);
        assertTrue(
                lines.stream()
                        .anyMatch(l ->
                                l.matches("L2 f=1 +-0\\.\\d+ +\\[.*, .*\\] +x\\d\\.\\d\\d +6 +\\d +-0.685; -0.79")),
                run::out);
        assertTrue(lines.stream().anyMatch(l -> l.matches("digest [0-9a-f]{64}")), run::out);
        assertEquals("report " + folder.resolve("report.html"), lines.getLast());
        assertTrue(lines.stream().limit(lines.size() - 1).allMatch(l -> l.length() <= 110), run::out);
        assertTrue(run.out().chars().allMatch(c -> c < 128), "ASCII");
        assertEquals("", run.err());
        assertEquals(
                Set.of(
                        "result.json",
                        "lambda-by-rows.csv",
                        "validation-losses.csv",
                        "log-log.png",
                        "linear.png",
                        "report.html"),
                files());
    }

    private Set<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void theFilesHoldWhatWasFound() throws Exception {
        CommandRun run = run("--seed=7", "--threads=2").exits(0);
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, configuration, networks, seconds, models]",
                result.keySet().toString());
        assertEquals("lambda", result.get("command"));
        assertEquals(7, result.get("seed"));
        assertEquals(3 * 2 * 96, result.get("networks"));
        assertTrue(run.out().contains("digest " + result.get("digest")));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) result.get("models")).getFirst();
        assertEquals("L2 f=1", first.get("name"));
        assertEquals(181, first.get("parameters"));
        assertEquals(3, ((List<?>) first.get("points")).size());

        List<String> points = Files.readAllLines(folder.resolve("lambda-by-rows.csv"));
        assertEquals("models,rows,lambda,errorOfLog,trainingSets,atEdge", points.getFirst());
        assertEquals(1 + 5 * 3, points.size());
        List<String> losses = Files.readAllLines(folder.resolve("validation-losses.csv"));
        assertEquals("models,rows,seed,lambda,validationLoss", losses.getFirst());
        assertEquals(1 + 5 * 3 * 2 * 24, losses.size());
        assertTrue(losses.get(1).startsWith("L2 f=1,8,7,1.0E-5,0."), losses.get(1));

        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains((String) result.get("digest")));
        assertTrue(page.contains("-1.31, -0.79 and -0.11"));
        Browser.check("lambda", page, 6);
    }

    @Test
    void threadsDoNotChangeTheDigest() {
        String one = run("--threads=1").exits(0).digest();
        assertEquals(one, run("--threads=3").exits(0).digest());
        assertNotEquals(one, run("--raw").exits(0).digest());
    }

    @Test
    void aPredictionComesFromTheResultsThatAreThere() throws Exception {
        String told = predictions(run("--predict=20,1000").exits(0));
        assertTrue(told.contains("fitted to 8 to 32 rows"), told);
        assertTrue(told.contains("extrapolated from 8 to 32 rows"), told);
        assertTrue(Files.readString(folder.resolve("report.html")).contains("extrapolated from 8 to 32 rows"));
        Files.delete(folder.resolve("log-log.png"));
        CommandRun run = run("--predict=20,1000").exits(0);
        assertEquals(told, predictions(run));
        assertFalse(files().contains("log-log.png"), "nothing was run again");
        assertFalse(run.out().contains("digest"), run::out);
        run = run("--predict=20", "--epochs=20").exits(0);
        assertTrue(run.out().contains("digest"), "other options are another study");
    }

    private static String predictions(CommandRun run) {
        return run.out()
                .lines()
                .filter(l -> l.startsWith("20 ") && l.contains("rows") || l.startsWith("1,000 "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aFileOfAnotherHandIsNoResult() throws Exception {
        Files.writeString(folder.resolve("result.json"), "{\"command\":\"lambda\",\"configuration\":3}");
        CommandRun run = run("--predict=20").exits(0);
        assertTrue(run.out().contains("digest"), run::out);
    }

    @Test
    void aGridThatIsTooShortSaysSo() throws Exception {
        CommandRun run = run("--grid=published", "--epochs=5").exits(0);
        assertTrue(run.out().contains("2 at edge"), run::out);
        assertTrue(run.out().contains("too few within the grid"), run::out);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("This run cannot tell"));
        assertFalse(files().contains("linear.png") && !page.contains("<svg"), "no picture of nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --grid=nope     | --grid is nope; it must be wide or published
            --seeds=0       | --seeds is 0; it must be at least 1
            --epochs=0      | --epochs is 0; it must be at least 1
            --batch=-1      | --batch is -1; it must be at least 1
            --predict=5,0   | --predict is 0; it must be at least 1
            --from=1        | lambda: 3 numbers of rows from 1 to 32; there must be at least 2 of them, ascending from at least 2
            --steps=x       | Invalid value for option '--steps': 'x' is not an int
            """)
    void wrongUsageIsNamed(String option, String message) {
        CommandRun run = run(option).exits(2);
        assertEquals(message, run.err().lines().findFirst().orElse(""));
    }
}
