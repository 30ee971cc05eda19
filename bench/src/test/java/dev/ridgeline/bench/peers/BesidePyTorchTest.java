package dev.ridgeline.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.bench.Models;
import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesidePyTorchTest {
    @TempDir
    private Path temporary;

    private Path file;

    /** Two rounds, the second on a machine twice as slow: dropout adds 4 % here and 40 % there, l1 nothing and 10 %. */
    @BeforeEach
    void run() {
        List<PeersRun.Sample> samples = new ArrayList<>();
        for (int round = 1; round <= 2; round++) {
            add(samples, round, "dropout", 1.04, 1.4);
            add(samples, round, "none", 1, 1);
            add(samples, round, "l1", 1, 1.1);
            samples.add(new PeersRun.Sample(round, Work.Product.of("nn", "8x8x8"), "ridgeline", 10));
        }
        file = write(samples);
    }

    private static void add(List<PeersRun.Sample> samples, int round, String regularizer, double ours, double theirs) {
        Work step = new Work.Step(Models.named("iris"), regularizer);
        samples.add(new PeersRun.Sample(round, step, "torch", round * 50_000 * theirs));
        samples.add(new PeersRun.Sample(round, step, "ridgeline", round * 20_000 * ours));
        samples.add(new PeersRun.Sample(round, step, "torch-compiled", round * 90_000));
    }

    private Path write(List<PeersRun.Sample> samples) {
        PeersResult result =
                new PeersResult(Map.of("ridgeline", "0.1.0", "torch", "PyTorch 2.13.0"), List.of(), samples);
        try (OutputFolder folder = OutputFolder.open(temporary)) {
            return new PeersReport(result, Map.of("rounds", 2, "cpu", "fast one", "threads", 1))
                    .write(folder)
                    .get(1);
        }
    }

    @Test
    void theRunIsReadBack() {
        BesidePyTorch beside = BesidePyTorch.read(file);
        assertEquals(
                "l1 on iris: +0.0 % [+0.0, +0.0] in Ridgeline, +10.0 % [+10.0, +10.0] in PyTorch\ndropout on iris: +4.0 %"
                        + " [+4.0, +4.0] in Ridgeline, +40.0 % [+40.0, +40.0] in PyTorch",
                beside.text());
        assertEquals(
                List.of("iris", "dropout", "+4.0", "[+4.0, +4.0]", "+1.1", "+40.0", "[+40.0, +40.0]", "+28.3", "eager"),
                beside.rows().getLast());
        assertEquals(beside.header().size(), beside.rows().getLast().size());
    }

    @Test
    void theSectionShowsBothInEveryForm() {
        Section section = BesidePyTorch.read(file).section("fast one");
        assertEquals("Beside PyTorch", section.heading());
        assertEquals(2 * 4, section.html().split("<circle", -1).length - 1, "wide and narrow");
        assertTrue(section.html().contains(">dropout</text>") && section.html().contains(">dropout, PyTorch</text>"));
        assertTrue(section.markdown().contains("| iris | dropout | +4.0 | [+4.0, +4.0] | +1.1 | +40.0 |"));
        assertTrue(section.markdown().contains(": Ridgeline 0.1.0 and PyTorch 2.13.0. Each")
                && section.markdown().contains("weight_decay"));
        assertFalse(section.markdown().contains("another processor"));
        Map<?, ?> dropout = (Map<?, ?>) ((List<?>) section.json().get("besidePyTorch")).getLast();
        assertEquals("dropout", dropout.get("regularizer"));
        assertEquals(40, (double) ((Map<?, ?>) dropout.get("overheadPercent")).get("mean"), 1e-9);
        String other = BesidePyTorch.read(file).section("slow one").markdown();
        assertTrue(
                other.contains("on one thread of fast one, another processor than in the rest of this report"), other);
    }

    @Test
    void thePeersReportHasItToo() throws IOException {
        String text = Files.readString(temporary.resolve("peers.txt"));
        assertTrue(text.contains("iris      dropout              +4.0     [+4.0, +4.0]     +1.1      +40.0"), text);
        String html = Files.readString(temporary.resolve("report.html"));
        assertTrue(html.contains("<h2") && html.contains("Beside PyTorch</h2>"), html);
    }

    @Test
    void aRunWithoutRegularizersHasNone() throws IOException {
        Path plain = write(List.of(new PeersRun.Sample(1, new Work.Step(Models.named("iris")), "torch", 1)));
        assertFalse(Files.readString(temporary.resolve("report.html")).contains("Beside PyTorch"));
        assertEquals(
                plain
                        + " has no training step with a regularizer in both Ridgeline and PyTorch, in two rounds"
                        + " or more; run peers with --regularizers and a --python that has PyTorch",
                refusal());
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws IOException {
        String whole = Files.readString(file);
        String field = " is damaged: a field is missing or holds what it cannot; copy it again, or run peers again";
        for (String[] broken : new String[][] {
            {
                whole.replace("\"peers\"", "\"cost\""),
                " is not written by the command peers; name the peers.json of a run of the profile peers"
            },
            {
                whole.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 7"),
                " has schema version 7, and this release reads 1; run peers again"
            },
            {whole.replace("\"samples\"", "\"simples\""), field},
            {whole.replace("\"measuredWith\"", "\"with\""), field},
            {whole.replace("\"round\" : 2", "\"round\" : \"two\""), field},
            {
                whole.replaceAll("\"nanos\" : [0-9.]+\n", "\"nanos\" : -1\n"),
                " is damaged: iris with dropout takes -1.0 ns; copy it again, or run peers again"
            }
        }) {
            Files.writeString(file, broken[0]);
            assertEquals(file + broken[1], refusal());
        }
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        String half = refusal();
        assertTrue(half.startsWith(file + " is damaged: Json: not a whole JSON object: "), half);
        assertTrue(half.endsWith("; copy it again, or run peers again"), half);
        Files.writeString(file, "");
        assertEquals(file + " is empty; name the peers.json of a run of the profile peers", refusal());
        Files.delete(file);
        assertEquals("There is no file " + file + "; name the peers.json of a run of the profile peers", refusal());
    }

    private String refusal() {
        return assertThrows(IllegalArgumentException.class, () -> BesidePyTorch.read(file))
                .getMessage();
    }

    @Test
    void aRegularizerThatIsNotForTheModelIsNoWork() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Work.Step(Models.named("conv"), "tikhonov"))
                .getMessage();
        assertTrue(message.startsWith("tikhonov is not for conv, whose inputs are "), message);
        assertEquals("step iris l1", new Work.Step(Models.named("iris"), "l1").name());
        assertEquals("step iris", new Work.Step(Models.named("iris")).name());
    }
}
