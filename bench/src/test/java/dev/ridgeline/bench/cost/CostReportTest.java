package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class CostReportTest {
    private final CostResult result = CostRunTest.synthetic();
    private final CostReport report = new CostReport(result);

    @TempDir
    private Path temporary;

    @Test
    void writesThreeFiles() throws IOException {
        List<Path> files = report.write(OutputFolder.open(temporary));
        assertEquals(
                List.of("cost.json", "report.md", "report.html"),
                files.stream().map(file -> file.getFileName().toString()).toList());
        for (Path file : files) {
            String text = Files.readString(file);
            for (Object named : result.environment().toMap().values()) {
                assertTrue(named instanceof List || text.contains(named.toString()), file + " lacks " + named);
            }
        }
    }

    @Test
    void theJsonHoldsEveryForkAndTheSettings() throws IOException {
        Path file = report.write(OutputFolder.open(temporary)).getFirst();
        Map<String, Object> json = JSON.std.mapFrom(Files.readString(file));
        assertEquals(CostReport.SCHEMA_VERSION, json.get("schemaVersion"));
        assertEquals(42, json.get("seed"));
        List<?> samples = (List<?>) json.get("samples");
        assertEquals(24, samples.size());
        Map<?, ?> first = (Map<?, ?>) samples.getFirst();
        Sample sample = result.samples().getFirst();
        assertEquals(sample.timing().nanosPerStep(), first.get("nanosPerStep"));
        assertEquals(sample.timing().iterations(), first.get("iterationNanosPerStep"));
        Map<?, ?> none = (Map<?, ?>) ((List<?>) json.get("estimates")).getFirst();
        assertFalse(none.containsKey("overheadPercent"));
        Map<?, ?> dropout = (Map<?, ?>) ((List<?>) json.get("estimates")).get(2);
        assertEquals("costs", dropout.get("verdict"));
        assertEquals(25, (double) ((Map<?, ?>) dropout.get("overheadPercent")).get("mean"), 1e-9);
    }

    @Test
    void theAnswerComesFirst() {
        String iris = "A step of iris takes 1.1 \u00b5s without a regularizer. It takes longer with dropout (+25.0 %)."
                + " This run cannot tell for l1.";
        String mnist =
                "A step of mnist takes 8.6 \u00b5s without a regularizer. It takes longer with dropout (+25.0 %)."
                        + " This run cannot tell for l1.";
        assertEquals(iris + "\n" + mnist, CostText.answer(result));
        assertTrue(report.markdown().startsWith("# " + CostText.TITLE + "\n\nA step of iris takes"));
        assertEquals(Optional.empty(), report.doubt());
        assertTrue(report.html().contains("<p class=\"lead\">A step of iris takes"));
    }

    @Test
    void unsteadyForksAreToldFirst() {
        List<Sample> samples = new ArrayList<>(result.samples());
        for (int i = 0; i < 3; i++) {
            Sample s = samples.get(i);
            double nanos = s.timing().nanosPerStep();
            Timing disturbed = new Timing(1.5 * nanos, 0, List.of(1.5 * nanos, 1.5 * nanos));
            Timing cold = new Timing(nanos, 0, List.of(1.2 * nanos, nanos, nanos));
            samples.set(i, new Sample(s.round(), s.position(), s.variant(), i == 0 ? disturbed : cold));
        }
        CostReport unsteady = new CostReport(
                new CostResult(result.settings(), result.environment(), result.started(), result.took(), samples));
        assertTrue(unsteady.doubt().orElseThrow().contains("3 of 24 JVMs were"));
        assertTrue(unsteady.markdown().startsWith("# " + CostText.TITLE + "\n\nDo not trust these numbers"));
        assertTrue(unsteady.html().contains("<p class=\"lead\">Do not trust these numbers"));
    }

    @Test
    void theTableLinesUp() {
        String[] lines = report.table().toString().split("\n");
        assertEquals(
                "model  regularizer  ns per step    +/-  overhead %   95 % interval  B per step  verdict", lines[0]);
        assertEquals("iris   none               1,078    108                                     0.3", lines[1]);
        assertEquals("iris   dropout            1,347    135       +25.0  [+25.0, +25.0]         0.3  costs", lines[3]);
        assertEquals(7, lines.length);
        assertTrue(report.table().toString().chars().allMatch(c -> c < 128), "a terminal may know no more than ASCII");
    }

    @Test
    void theTableSurvivesAVmThatDoesNotCountBytes() {
        Estimate none = new Estimate(new Variant("iris", "none"), new Interval(1, 1, 1), null, Double.NaN);
        assertEquals("", new CostTable(List.of(none)).rows().getFirst().get(6));
        assertEquals("+0.0", CostTable.signed(-1e-6));
    }

    @Test
    void theChartShowsEveryOverhead() {
        String html = report.html();
        assertEquals(4, html.split("<circle", -1).length - 1);
        assertEquals(2, html.split("class=\"mean unclear\"", -1).length - 1);
    }
}
