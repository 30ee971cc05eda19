package dev.ridgeline.experiments.fashion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.experiments.CommandLines;
import dev.ridgeline.experiments.image.IdxFiles;
import dev.ridgeline.experiments.study.Browser;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path data;

    @BeforeEach
    void writeImages() throws Exception {
        data = Files.createDirectory(folder.resolve("images"));
        IdxFiles.writeSmallSet(data);
    }

    private int run(String... options) {
        String[] args =
                Stream.concat(Stream.of("fashion-mnist"), Stream.of(options)).toArray(String[]::new);
        return CommandLines.ridgeline(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
    }

    private int small(Path to, String... options) {
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
        assertEquals(0, small(folder.resolve("out")), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).matches(" +test +test"), lines.get(0));
        assertTrue(lines.get(1).matches("model +parameters +epochs +seconds +accuracy +loss"), lines.get(1));
        assertTrue(lines.get(2).matches("baseline +53 +3 +\\d+\\.\\d\\d +\\d\\.\\d{4} +\\d\\.\\d{4}"), lines.get(2));
        assertTrue(lines.get(6).matches("batch norm +73 +3 .*"), lines.get(6));
        assertTrue(lines.get(7).startsWith("early stopping"), lines.get(7));
        assertTrue(lines.get(8).matches("digest [0-9a-f]{64}"), lines.get(8));
        assertEquals("report " + folder.resolve("out/report.html"), lines.get(9));
        assertEquals("", err.toString());
    }

    @Test
    void severalSeedsGiveSpreadAndDifferences() throws Exception {
        Path to = folder.resolve("out");
        assertEquals(0, small(to, "--seeds", "3", "--seed", "7"), err::toString);
        assertTrue(out.toString().lines().toList().get(1).matches("model +.* accuracy +sd +loss +sd"), out::toString);
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 110), "fits a terminal");
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
        assertTrue(out.toString().contains("digest " + result.get("digest")));
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
        assertEquals(0, small(to), err::toString);
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
        assertEquals(0, small(to, "--epochs", "12", "--seeds", "2"), err::toString);
        Browser.check("fashion", Files.readString(to.resolve("report.html")), 13);
    }

    @Test
    void threadsDoNotChangeTheResults() throws Exception {
        assertEquals(0, small(folder.resolve("one"), "--threads", "1", "--seeds", "2"), err::toString);
        assertEquals(0, small(folder.resolve("two"), "--threads", "3", "--seeds", "2"), err::toString);
        for (String name : List.of("history.csv", "weights.png")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)),
                    name);
        }
        assertEquals(
                2,
                out.toString()
                        .lines()
                        .filter(line -> line.startsWith("digest "))
                        .count());
        assertEquals(
                1,
                out.toString()
                        .lines()
                        .filter(line -> line.startsWith("digest "))
                        .distinct()
                        .count());
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
        assertEquals(2, run(option, value));
        assertTrue(err.toString().startsWith(message), err::toString);
        assertTrue(err.toString().contains("Usage: ridgeline fashion-mnist"), err::toString);
    }

    @Test
    void onlyOneSourceCanBeNamed() {
        assertEquals(2, run("--sample", "--data", data.toString()));
        assertTrue(err.toString().contains("mutually exclusive"), err::toString);
    }

    @Test
    void wrongFilesFailInOneLine() throws Exception {
        assertEquals(
                1,
                run("--data", folder.toString(), "--out", folder.resolve("out").toString()));
        assertTrue(
                err.toString().startsWith("ridgeline: \"" + folder + "\" has no train-images-idx3-ubyte"),
                err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        err.getBuffer().setLength(0);
        Files.write(data.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 3, 0, 0});
        assertEquals(1, small(folder.resolve("out")));
        assertTrue(err.toString().contains("starts with 00000803, not with 00000801; give labels"), err::toString);
        assertFalse(Files.exists(folder.resolve("out")), "nothing was begun");
    }
}
