package dev.ridgeline.experiments.tikhonov;

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

class TikhonovCommandTest {
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
                .execute(Stream.concat(Stream.of("tikhonov", "--out=" + folder), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void theTableTellsBestLambdaErrorsAndDifferences() throws Exception {
        assertEquals(0, run("--seeds=2", "--epochs=20"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.get(2).matches("regularizer +lambda +error +error +interval +without +interval"), lines.get(2));
        assertTrue(lines.get(3).matches("none +0\\.\\d{4} +0\\.\\d{4} +\\[.*, .*\\]"), lines.get(3));
        assertTrue(
                lines.get(6)
                        .matches(
                                "order 2 +[0-9.E-]+( at the edge)? +0\\.\\d{4} +0\\.\\d{4} +\\[.*\\] +-?0.* +\\[.*\\]"),
                lines.get(6));
        assertTrue(lines.get(7).startsWith("input noise "), lines.get(7));
        assertTrue(lines.get(10).matches("digest [0-9a-f]{64}"), out::toString);
        assertEquals("report " + folder.resolve("report.html"), lines.getLast());
        assertTrue(lines.stream().limit(11).allMatch(l -> l.length() <= 112), out::toString);
        assertTrue(out.toString().chars().allMatch(c -> c < 128), "ASCII");
        assertEquals("", err.toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.of(
                            "result.json",
                            "history.csv",
                            "errors.csv",
                            "curves.png",
                            "errors.png",
                            "noise.png",
                            "report.html"),
                    files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void theFilesHoldWhatWasFitted() throws Exception {
        assertEquals(0, run("--seeds=2", "--epochs=15", "--seed=7", "--rows=12", "--noise=0.1"), err::toString);
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, configuration, models, regularizers]",
                result.keySet().toString());
        assertEquals(
                "{rows=12, noise=0.1, seeds=2, epochs=15}",
                result.get("configuration").toString());
        assertTrue(out.toString().contains("digest " + result.get("digest")));
        List<?> models = (List<?>) result.get("models");
        assertEquals(5, models.size());
        Map<?, ?> none = (Map<?, ?>) models.getFirst();
        assertEquals(121, none.get("parameters"));
        assertEquals(
                "[name, parameters, epochs, seconds, trainAccuracy, validationAccuracy, trainLoss, validationLoss]",
                none.keySet().toString());

        List<String> errors = Files.readAllLines(folder.resolve("errors.csv"));
        assertEquals("regularizer,lambda,seed,trainError,trueError", errors.getFirst());
        assertEquals(1 + (1 + 4 * 11) * 2, errors.size());
        String shown = errors.get(1); // none on the first training set is one of the curves
        assertEquals("none,0.0,7," + none.get("trainLoss") + "," + none.get("validationLoss"), shown);

        List<String> history = Files.readAllLines(folder.resolve("history.csv"));
        assertEquals(1 + 5 * 15, history.size());
        assertTrue(history.get(15).startsWith("none,15,"), history.get(15));
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains((String) result.get("digest")));
        assertTrue(page.contains("λ = σ²/2"), "Bishop's convention is told apart");
    }

    @Test
    void thePageIsSoundInABrowser() throws Exception {
        assertEquals(0, run("--seeds=3", "--epochs=60"), err::toString);
        Browser.check("tikhonov", Files.readString(folder.resolve("report.html")), 11);
    }

    @Test
    void aSingleTrainingSetHasNoIntervals() throws Exception {
        assertEquals(0, run("--seeds=1", "--epochs=10", "--rows=1"), err::toString);
        assertFalse(out.toString().contains("["), out::toString);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("That is one training set; what chance has in it, --seeds tells."));
    }

    @Test
    void threadsDoNotChangeTheDigestAndSeedsDo() {
        assertEquals(0, run("--seeds=2", "--epochs=5", "--threads=1"));
        String one = digest();
        assertEquals(0, run("--seeds=2", "--epochs=5", "--threads=3"));
        assertEquals(one, digest());
        assertEquals(0, run("--seeds=2", "--epochs=5", "--seed=3"));
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
            --rows=0      | --rows is 0; it must be at least 1
            --seeds=0     | --seeds is 0; it must be at least 1
            --epochs=-2   | --epochs is -2; it must be at least 1
            --noise=-1    | --noise is -1.0; it must be from 0 to 100 (the sine has 1)
            --noise=NaN   | --noise is NaN; it must be from 0 to 100 (the sine has 1)
            --noise=much  | Invalid value for option '--noise': 'much' is not a double
            """)
    void wrongUsageIsNamed(String option, String message) {
        assertEquals(2, run(option));
        assertEquals(message, err.toString().lines().findFirst().orElse(""));
    }
}
