package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.CommandRun;
import dev.ridgeline.experiments.image.IdxFiles;
import dev.ridgeline.experiments.study.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

class FashionCommandTest {
    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writeImages() throws Exception {
        data = Files.createDirectory(folder.resolve("images"));
        IdxFiles.writeSmallSet(data);
    }

    private static CommandRun run(String... options) {
        return CommandRun.of(List.of("fashion-mnist"), options);
    }

    private CommandRun small(Path to, String... options) {
        List<String> args =
                new ArrayList<>(List.of("--data", data.toString(), "--out", to.toString(), "--hidden", "5"));
        if (!List.of(options).contains("--epochs")) {
            args.addAll(List.of("--epochs", "3"));
        }
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    @Test
    void theTableHasALineForEachModel() {
        CommandRun run = small(folder.resolve("out")).exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches(" +test +test"), lines.get(0));
        assertTrue(lines.get(1).matches("model +parameters +epochs +seconds +accuracy +loss"), lines.get(1));
        assertTrue(lines.get(2).matches("baseline +53 +3 +\\d+\\.\\d\\d +\\d\\.\\d{4} +\\d\\.\\d{4}"), lines.get(2));
        assertTrue(lines.get(6).matches("batch norm +73 +3 .*"), lines.get(6));
        assertTrue(lines.get(7).startsWith("early stopping"), lines.get(7));
        assertTrue(lines.get(8).matches("digest [0-9a-f]{64}"), lines.get(8));
        assertEquals("report " + folder.resolve("out/report.html"), lines.get(9));
        assertEquals("", run.err());
    }

    @Test
    void severalSeedsGiveSpreadAndDifferences() throws Exception {
        Path to = folder.resolve("out");
        CommandRun run = small(to, "--seeds", "3", "--seed", "7").exits(0);
        assertTrue(run.out().lines().toList().get(1).matches("model +.* accuracy +sd +loss +sd"), run::out);
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 110), "fits a terminal");
        String page = Files.readString(to.resolve("report.html"));
        assertTrue(page.contains("Against the baseline"), "the paired differences");
        assertTrue(page.contains("The mean test loss over 3 seeds is "), "the answer");
        assertFalse(page.contains("One seed only"));
        assertTrue(page.contains("IDX files in " + data), "what the images are");
        assertFalse(page.contains("in Keras"), "the published figures belong to other images");
        Map<String, Object> result = JSON.std.mapFrom(Files.readString(to.resolve("result.json")));
        assertEquals("fashion-mnist", result.get("command"));
        assertEquals(7, result.get("seed"));
        assertEquals(List.of(7, 8, 9), result.get("seeds"));
        assertEquals(List.of(5), result.get("hidden"));
        assertTrue(run.out().contains("digest " + result.get("digest")));
        Map<?, ?> model = (Map<?, ?>) ((List<?>) result.get("models")).getFirst();
        assertEquals(
                "[name, parameters, epochs, seconds, trainAccuracy, validationAccuracy, trainLoss, validationLoss,"
                        + " testAccuracy, testLoss, digest]",
                model.keySet().toString());
        Map<?, ?> spread = (Map<?, ?>) ((List<?>) result.get("overSeeds")).get(1);
        assertEquals(
                "[name, testAccuracy, testLoss, accuracyAboveBaseline, lossAboveBaseline]",
                spread.keySet().toString());
        assertEquals(3, ((List<?>) ((Map<?, ?>) spread.get("testLoss")).get("values")).size());
    }

    @Test
    void theFilesAreThereAndThePageNeedsNothingElse() throws Exception {
        Path to = folder.resolve("out");
        small(to).exits(0);
        try (Stream<Path> files = Files.list(to)) {
            assertEquals(
                    Set.of("result.json", "history.csv", "accuracy.png", "loss.png", "weights.png", "report.html"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        List<String> history = Files.readAllLines(to.resolve("history.csv"));
        assertEquals("model,epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy", history.getFirst());
        assertEquals(1 + 6 * 3, history.size());
        String page = Files.readString(to.resolve("report.html"));
        assertFalse(page.matches("(?s).*(src=|<link|@import|url\\(http).*"), "nothing is loaded");
        assertTrue(page.contains("Weights without and with L2"));
        assertTrue(page.contains("The lowest test loss is that with"), "the answer");
        assertTrue(page.contains("One seed only: --seeds shows what of it is chance."));
    }

    /** Curves of loss and of accuracy for each of six models, and the weights. */
    @Test
    void thePageIsSoundInABrowser() throws Exception {
        Path to = folder.resolve("out");
        small(to, "--epochs", "12", "--seeds", "2").exits(0);
        Browser.check("fashion", Files.readString(to.resolve("report.html")), 13);
    }

    @Test
    void threadsDoNotChangeTheResults() throws Exception {
        CommandRun one =
                small(folder.resolve("one"), "--threads", "1", "--seeds", "2").exits(0);
        CommandRun two =
                small(folder.resolve("two"), "--threads", "3", "--seeds", "2").exits(0);
        for (String name : List.of("history.csv", "weights.png")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)),
                    name);
        }
        assertEquals(one.digest(), two.digest());
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs, 0, --epochs is 0; it must be at least 1",
        "--seeds, 0, --seeds is 0; it must be at least 1",
        "--hidden, '128,0', --hidden is 0; it must be at least 1",
        "--hidden, wide, Invalid value for option '--hidden'",
        "--cache, '', --cache is empty; name a folder",
        "--data, '', --data is empty; name a folder",
    })
    void aWrongValueIsWrongUsage(String option, String value, String message) {
        CommandRun run = run(option, value).exits(2);
        assertTrue(run.err().startsWith(message), run::err);
        assertTrue(run.err().contains("Usage: ridgeline fashion-mnist"), run::err);
    }

    @Test
    void onlyOneSourceCanBeNamed() {
        CommandRun run = run("--sample", "--data", data.toString()).exits(2);
        assertTrue(run.err().contains("mutually exclusive"), run::err);
    }

    @Test
    void wrongFilesFailInOneLine() throws Exception {
        CommandRun run = run(
                        "--data",
                        folder.toString(),
                        "--out",
                        folder.resolve("out").toString())
                .exits(1);
        assertTrue(run.err().startsWith("ridgeline: \"" + folder + "\" has no train-images-idx3-ubyte"), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        Files.write(data.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 3, 0, 0});
        run = small(folder.resolve("out")).exits(1);
        assertTrue(run.err().contains("starts with 00000803, not with 00000801; give labels"), run::err);
        assertFalse(Files.exists(folder.resolve("out")), "nothing was begun");
    }
}
