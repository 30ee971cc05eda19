package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class CostReportTest {
    private final CostResult result = CostRunTest.synthetic();
    private final CostReport report = new CostReport(result);

    @TempDir
    private Path temporary;

    @Test
    void writesThreeFilesAndASchema() throws IOException {
        List<Path> files = new ArrayList<>(report.write(OutputFolder.open(temporary)));
        assertEquals(
                List.of("cost.json", "cost.schema.json", "report.md", "report.html"),
                files.stream().map(file -> file.getFileName().toString()).toList());
        assertEquals(CostReport.schema(), Files.readString(files.remove(1)));
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
        assertEquals(32, samples.size());
        Map<?, ?> first = (Map<?, ?>) samples.getFirst();
        Sample sample = result.samples().getFirst();
        assertEquals(sample.timing().nanosPerStep(), first.get("nanosPerStep"));
        assertEquals(sample.timing().iterations(), first.get("iterationNanosPerStep"));
        Map<?, ?> noise = (Map<?, ?>) ((List<?>) json.get("noise")).getFirst();
        assertEquals(100 * result.analysis().noises().getFirst().floor(), noise.get("floorPercent"));
        List<?> estimates = (List<?>) json.get("estimates");
        assertFalse(((Map<?, ?>) estimates.get(0)).containsKey("overheadPercent"));
        assertEquals("none-2", ((Map<?, ?>) estimates.get(1)).get("name"));
        assertEquals("none", ((Map<?, ?>) estimates.get(1)).get("regularizer"));
        Map<?, ?> dropout = (Map<?, ?>) estimates.get(3);
        assertEquals("costs", dropout.get("verdict"));
        assertEquals(25, (double) ((Map<?, ?>) dropout.get("overheadPercent")).get("mean"), 1e-9);
        assertEquals(268.98, (double) ((Map<?, ?>) dropout.get("overheadNanos")).get("mean"), 0.01);
        assertTrue((double) dropout.get("adjustedP") < 1e-4);
        assertTrue(dropout.containsKey("bootstrapPercent") && dropout.get("bootstrapPercent") == null);
    }

    @Test
    void noiseAndAnswerComeFirst() {
        String floor = "Noise floor on iris: 1.8 %. Smallest effect that this run could have seen: 3.2 %.";
        String iris = "A step of iris takes 1.1 \u00b5s without a regularizer. It takes longer with dropout (+25.0 %)."
                + " This run cannot tell for l1.";
        String mnist =
                "A step of mnist takes 8.6 \u00b5s without a regularizer. It takes longer with dropout (+25.0 %)."
                        + " This run cannot tell for l1.";
        String[] lead = report.lead().split("\n");
        assertEquals(4, lead.length);
        assertEquals(floor + " The floor is above 1 %, so nothing on iris can be called free.", lead[0]);
        assertEquals(iris, lead[2]);
        assertEquals(mnist, lead[3]);
        assertTrue(report.markdown().startsWith("# " + CostText.TITLE + "\n\n" + floor));
        assertEquals(Optional.empty(), report.doubt());
        assertTrue(report.html().contains("<p class=\"lead\">Noise floor on iris: 1.8&nbsp;%."));
        assertTrue(report.html().contains("<p class=\"lead\">A step of iris takes"));
    }

    @Test
    void whatIsFreeSaysSo() {
        CostResult quiet = CostRun.measure(
                CostRunTest.begin(result.settings()),
                variant -> new Timing(variant.name().equals("l1") ? 1002 : 1000, 0, List.of(1000.0)),
                CostRunTest.STEADY,
                variant -> {},
                r -> {});
        String lead = new CostReport(quiet).lead();
        assertTrue(
                lead.startsWith("Noise floor on iris: 0.0 %. Smallest effect that this run could have seen: 0.0 %.\n"));
        assertTrue(lead.contains("Free within \u00b11 %: dropout (+0.0 %)."), lead);
        assertTrue(lead.contains("Free within \u00b11 %, but measurable: l1 (+0.2 %)."), lead);
    }

    @Test
    void unsteadyForksAreToldFirst() {
        List<Sample> samples = new ArrayList<>(result.samples());
        for (int i = 0; i < 4; i++) {
            Sample s = samples.get(i);
            double nanos = s.timing().nanosPerStep();
            Timing disturbed = new Timing(1.5 * nanos, 0, List.of(1.5 * nanos, 1.5 * nanos));
            Timing cold = new Timing(nanos, 0, List.of(1.2 * nanos, nanos, nanos));
            samples.set(i, new Sample(s.block(), s.position(), s.variant(), i == 0 ? disturbed : cold));
        }
        CostReport unsteady = report(samples, result.conditions());
        assertTrue(unsteady.doubt().orElseThrow().contains("4 of 32 JVMs were"));
        assertTrue(unsteady.markdown().contains("\n\nDo not trust these numbers"));
        assertTrue(unsteady.markdown().contains("The run was interrupted once"));
        assertTrue(unsteady.html().contains("<p class=\"lead\">Do not trust these numbers"));
    }

    /** The ruler takes 4.9 % longer at the end: that is no doubt yet. With a block at half the speed it is one. */
    @Test
    void aMachineThatDidNotKeepItsSpeedIsToldFirst() {
        List<Conditions> conditions = new ArrayList<>(result.conditions());
        conditions.set(3, new Conditions(100, 104.9, 1, 1, 0));
        assertEquals(Optional.empty(), report(result.samples(), conditions).doubt());
        conditions.set(1, new Conditions(100, 200, 1, 9.25, 0.25));
        CostReport drifting = report(result.samples(), conditions);
        String doubt = drifting.doubt().orElseThrow();
        assertTrue(
                doubt.startsWith("The machine did not keep its speed: a fixed computation took up to 100.0 % longer"),
                doubt);
        assertTrue(doubt.contains("changed by up to 100.0 % within a block"), doubt);
        assertTrue(drifting.lead().contains("\n" + doubt + "\n"), drifting.lead());
        assertTrue(drifting.html().contains("<p class=\"lead\">The machine did not keep its speed"));
        String row = "| 2 | 0.00 | 0.00 | +100.0 | 1.00 | 9.25 | 25.0 |";
        assertTrue(drifting.markdown().contains("\n" + row + "\n"), drifting.markdown());
        assertTrue(drifting.html().contains("Speed of the machine"), "the chart");
        assertTrue(drifting.html().contains("<td class=\"number\">9.25</td>"), "the table");
    }

    @Test
    void theJsonHoldsTheMachineAndItsConditions() {
        Map<String, Object> json = report.json();
        assertEquals(3, json.get("schemaVersion"));
        Map<?, ?> environment = (Map<?, ?>) json.get("environment");
        for (String field : List.of("cpu", "vectorFlags", "cores", "caches", "governor", "quota", "flags", "commit")) {
            assertTrue(environment.containsKey(field), field);
        }
        List<?> conditions = (List<?>) json.get("conditions");
        assertEquals(4, conditions.size());
        assertEquals(
                "{block=4, rulerNanosBefore=100.0, rulerNanosAfter=100.0, loadBefore=0.5, loadAfter=0.5,"
                        + " stolenPercent=0.0}",
                conditions.getLast().toString());
    }

    private CostReport report(List<Sample> samples, List<Conditions> conditions) {
        return new CostReport(new CostResult(
                result.settings(), result.environment(), result.started(), result.took(), 1, samples, conditions));
    }

    /** Forks deviate by a factor of 2: nothing can be told, and the report says so and is written all the same. */
    @Test
    void aMachineTooNoisyToSayAnythingSaysSo() {
        Random random = new Random(5);
        CostResult noisy = CostRun.measure(
                CostRunTest.begin(result.settings()),
                variant -> {
                    double nanos = 1000 * Math.exp(random.nextGaussian());
                    return new Timing(nanos, 0, List.of(nanos));
                },
                CostRunTest.STEADY,
                variant -> {},
                r -> {});
        CostReport report = new CostReport(noisy);
        assertTrue(
                noisy.analysis().estimates().stream()
                        .allMatch(e -> e.verdict() == null || e.verdict() == Verdict.CANNOT_TELL),
                report.table().toString());
        assertTrue(
                report.lead()
                        .contains("The machine was too noisy, or the run too short, to say anything of l1, dropout."),
                report.lead());
        assertEquals(4, report.write(OutputFolder.open(temporary)).size());
    }

    @Test
    void aRunOfFewerThanTwoBlocksHasNoReport() {
        CostResult begun = CostRunTest.begin(result.settings());
        String message = assertThrows(IllegalStateException.class, () -> new CostReport(begun))
                .getMessage();
        assertEquals(
                "Cost: finished blocks: 0; an interval needs at least 2, so let the run go on with --resume", message);
    }

    @Test
    void theTableLinesUp() {
        String[] lines = report.table().toString().split("\n");
        assertEquals(
                "model  regularizer  ns per step  overhead %   95 % interval  verdict            p  overhead ns"
                        + "       interval ns  B per step",
                lines[0]);
        assertEquals("iris   none               1,078" + " ".repeat(90) + "0.3", lines[1]);
        assertEquals(
                "iris   dropout            1,347       +25.0  [+23.9, +26.1]  costs        < 0.001         +269"
                        + "      [+257, +281]         0.3",
                lines[4]);
        assertEquals(9, lines.length);
        assertTrue(report.table().toString().chars().allMatch(c -> c < 128), "a terminal may know no more than ASCII");
    }

    @Test
    void theTableSurvivesAVmThatDoesNotCountBytes() {
        Estimate none = new Estimate(new Variant("iris", "none"), new Interval(1, 1, 1), null, Double.NaN);
        assertEquals("", new CostTable(List.of(none)).rows().getFirst().getLast());
        assertEquals("+0.0", CostTable.signed(-1e-6));
    }

    @Test
    void theChartShowsEveryOverheadTheLargestFirst() {
        String html = report.html();
        String chart = html.substring(html.indexOf("<div class=\"wide\">"), html.indexOf("<div class=\"narrow\">"));
        assertEquals(4, chart.split("<circle", -1).length - 1);
        assertEquals(2, chart.split("class=\"mean unclear\"", -1).length - 1);
        assertEquals(2, chart.split("class=\"band\"", -1).length - 1);
        assertTrue(chart.indexOf(">dropout<") < chart.indexOf(">l1<"));
        assertTrue(chart.contains(">noise floor 1.8 %<"), chart);
    }

    @Test
    void furtherSectionsStandBetweenTheAnswerAndTheMethodInEachFile() {
        Section ledger = new Section("Ledger", "<p>html</p>", "markdown\n", Map.of("ledger", List.of(7)));
        CostReport longer = new CostReport(result, List.of(ledger));
        for (String text : List.of(longer.html(), longer.markdown())) {
            int at = text.indexOf("Ledger");
            assertTrue(at > text.indexOf("+25.0") && at < text.indexOf("How to read it", at), text);
        }
        assertTrue(longer.html().contains("Ledger</h2>\n<p>html</p>"));
        assertTrue(longer.markdown().contains("\n\n## Ledger\n\nmarkdown\n\n## How to read it\n\n"));
        assertEquals(List.of(7), longer.json().get("ledger"));
    }

    @Test
    void theMarkdownHasTheNumbersOfEveryFork() {
        String row = report.forks().getFirst().stream().collect(Collectors.joining(" | ", "| ", " |"));
        assertTrue(report.markdown().contains("| model | regularizer | block 1 | block 2 | block 3 | block 4 |\n"));
        assertTrue(report.markdown().contains(row), row);
    }

    /** The second control takes a hundred times as long as the first, and a hundredth, in turn. */
    @Test
    void aHugeNoiseFloorIsInWordsAndTheJsonHasItsNumber() {
        int[] forks = {0};
        CostResult mad = CostRun.measure(
                CostRunTest.begin(result.settings()),
                variant -> {
                    boolean even = forks[0]++ / result.settings().variants().size() % 2 == 0;
                    double nanos = variant.name().equals("none-2") ? (even ? 1e5 : 10) : 1000;
                    return new Timing(nanos, 0, List.of(nanos));
                },
                CostRunTest.STEADY,
                variant -> {},
                r -> {});
        CostReport report = new CostReport(mad);
        String floor = "Noise floor on iris: over 1000 %. Smallest effect that this run could have seen: over 1000 %.";
        assertTrue(report.lead().startsWith(floor), report.lead());
        assertTrue(report.markdown().contains(floor));
        assertTrue(report.html().contains(floor.replace(" %", "&nbsp;%")));
        assertTrue(report.html().contains(">noise floor over 1000 %<"), "the chart");
        Map<?, ?> noise = (Map<?, ?>) ((List<?>) report.json().get("noise")).getFirst();
        assertEquals(100 * mad.analysis().noises().getFirst().floor(), noise.get("floorPercent"));
    }

    @Test
    void percentagesAboveAHundredHaveNoDecimals() {
        assertEquals("100.0", CostTable.percent(1));
        assertEquals("350", CostTable.percent(3.5));
        assertEquals("1000", CostTable.percent(10));
        assertEquals("over 1000", CostTable.percent(10.01));
        assertEquals("over 1000", CostTable.percent(Double.POSITIVE_INFINITY));
        assertEquals("+100.0", CostTable.signed(1));
        assertEquals("-350", CostTable.signed(-3.5));
    }

    @Test
    void hugePercentagesArePowersOfTen() {
        assertEquals("+99999", CostTable.signed(999.99));
        assertEquals("+2e+15", CostTable.signed(2e13));
        assertEquals("[-100.0, +3e+08]", CostTable.signed(new Interval(1, -1, 3e6)));
    }
}
