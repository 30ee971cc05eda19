package dev.ridgeline.experiments.tikhonov;

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

class TikhonovCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... options) {
        return CommandRun.of(List.of("tikhonov", "--out=" + folder), options);
    }

    @Test
    void theTableTellsBestLambdaErrorsAndDifferences() throws Exception {
        CommandRun run = run("--seeds=2", "--epochs=20").exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(
                lines.get(2).matches("regularizer +lambda +error +error +interval +without +interval"), lines.get(2));
        assertTrue(lines.get(3).matches("none +0\\.\\d{4} +0\\.\\d{4} +\\[.*, .*\\]"), lines.get(3));
        assertTrue(
                lines.get(6)
                        .matches(
                                "order 2 +[0-9.E-]+( at the edge)? +0\\.\\d{4} +0\\.\\d{4} +\\[.*\\] +-?0.* +\\[.*\\]"),
                lines.get(6));
        assertTrue(lines.get(7).startsWith("input noise "), lines.get(7));
        assertTrue(lines.get(10).matches("digest [0-9a-f]{64}"), run::out);
        assertEquals("report " + folder.resolve("report.html"), lines.getLast());
        assertTrue(lines.stream().limit(11).allMatch(l -> l.length() <= 112), run::out);
        assertTrue(run.out().chars().allMatch(c -> c < 128), "ASCII");
        assertEquals("", run.err());
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
        CommandRun run = run("--seeds=2", "--epochs=15", "--seed=7", "--rows=12", "--noise=0.1")
                .exits(0);
        Map<String, Object> result = Json.read(Files.readString(folder.resolve("result.json")));
        assertEquals(
                "[command, seed, digest, environment, configuration, models, regularizers]",
                result.keySet().toString());
        assertEquals(
                "{rows=12, noise=0.1, seeds=2, epochs=15}",
                result.get("configuration").toString());
        assertTrue(run.out().contains("digest " + result.get("digest")));
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
        run("--seeds=3", "--epochs=60").exits(0);
        Browser.check("tikhonov", Files.readString(folder.resolve("report.html")), 11);
    }

    @Test
    void aSingleTrainingSetHasNoIntervals() throws Exception {
        CommandRun run = run("--seeds=1", "--epochs=10", "--rows=1").exits(0);
        assertFalse(run.out().contains("["), run::out);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("That is one training set; what chance has in it, --seeds tells."));
    }

    @Test
    void threadsDoNotChangeTheDigestAndSeedsDo() {
        String one = run("--seeds=2", "--epochs=5", "--threads=1").exits(0).digest();
        assertEquals(one, run("--seeds=2", "--epochs=5", "--threads=3").exits(0).digest());
        assertNotEquals(one, run("--seeds=2", "--epochs=5", "--seed=3").exits(0).digest());
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
        CommandRun run = run(option).exits(2);
        assertEquals(message, run.err().lines().findFirst().orElse(""));
    }
}
