package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareReportTest {
    private static final List<Double> TIMES = List.of(9.001, 8.999, 9.001, 8.999);
    private static final List<Double> SLOWER = List.of(9.101, 9.099, 9.101, 9.099);
    private static final List<Double> RATIOS = List.of(0.021, 0.019, 0.021, 0.019);

    private static TimedRun run(String name, List<Double> times, List<Double> ratios, List<Double> ruler) {
        return new TimedRun(
                name,
                true,
                Map.of("cpu", "one <of> these"),
                List.of(
                        new Series("none on iris", "iris", TIMES, List.of(), 0.005),
                        new Series("l2 on iris", "iris", times, ratios, 0.005),
                        new Series("l2 on wide", "wide", TIMES, ratios, 0.025)),
                ruler,
                List.of());
    }

    private final TimedRun a = run("a.json", TIMES, RATIOS, List.of());
    private final TimedRun b = run("b.json", SLOWER, RATIOS, List.of());
    private final Comparison comparison = Comparison.of(a, b, 0.01, false);
    private final CompareReport report = new CompareReport(
            comparison, List.of(Gate.parse("l2 on iris slower <= 3%").judge(b, comparison)));

    @TempDir
    private Path temporary;

    @Test
    void theAnswerComesFirst() {
        assertEquals("""
                A is a.json, B is b.json.
                Time of a step, B against A: slower: l2 on iris (+10.5 %); equivalent within \u00b11 %: none on iris; cannot \
                tell: l2 on wide.
                What the regularizer adds, B against A: equivalent within \u00b11 %: l2 on iris; cannot tell: l2 on wide.""", report.lead());
    }

    @Test
    void theTablesHoldEveryVariant() {
        CompareReport.Table times = report.tables().getFirst();
        assertEquals(
                List.of("variant", "A ns", "B ns", "change %", "interval", "floor %", "p", "outcome"), times.header());
        assertEquals(
                List.of("l2 on iris", "8,103", "8,955", "+10.5", "[+10.3, +10.7]", "0.5", "< 0.001", "slower"),
                times.rows().get(1));
        CompareReport.Table overheads = report.tables().get(1);
        assertEquals(2, overheads.rows().size(), "a step without a regularizer has none");
        assertEquals(
                List.of("l2 on iris", "+2.0", "+2.0", "+0.0", "[-0.2, +0.2]", "0.5", "1.000", "equivalent"),
                overheads.rows().getFirst());
    }

    @Test
    void writesWhatItSays() throws IOException {
        List<Path> files;
        try (OutputFolder folder = OutputFolder.open(temporary)) {
            files = report.write(folder);
        }
        Map<String, Object> json = Json.read(Files.readString(files.getFirst()));
        assertEquals("compare", json.get("command"));
        assertEquals(CompareReport.SCHEMA_VERSION, json.get("schemaVersion"));
        Map<?, ?> row = (Map<?, ?>) ((List<?>) json.get("rows")).get(1);
        assertEquals("l2 on iris", row.get("variant"));
        assertEquals("slower", ((Map<?, ?>) row.get("nanos")).get("outcome"));
        assertEquals("equivalent", ((Map<?, ?>) row.get("overhead")).get("outcome"));
        assertEquals("is breached", ((Map<?, ?>) ((List<?>) json.get("gates")).getFirst()).get("result"));
        assertEquals("a.json", ((Map<?, ?>) json.get("a")).get("file"));
        String markdown = Files.readString(files.get(1));
        assertTrue(markdown.contains("| l2 on iris | 8,103 | 8,955 | +10.5 |"), markdown);
        assertTrue(markdown.contains("\" is breached: +10.5 %"), markdown);
        String html = Files.readString(files.getLast());
        assertTrue(html.contains("is breached: +10.5&nbsp;%"), "the gate is in the lead");
        assertEquals(4, html.split("<svg", -1).length - 1);
        assertEquals(10, html.split("<circle", -1).length - 1);
        assertTrue(html.contains("one &lt;of&gt; these"));
    }

    @Test
    void theRulerIsTold() {
        TimedRun before = run("a.json", TIMES, RATIOS, TIMES);
        TimedRun after = run("b.json", SLOWER, RATIOS, SLOWER);
        CompareReport ruled = new CompareReport(Comparison.of(before, after, 0.01, false), List.of());
        String note = ruled.notes().getLast();
        assertTrue(
                note.startsWith(
                        "The time of the ruler, a computation that is the same in both runs, changed by +10.5 %"),
                note);
        assertTrue(ruled.json().get("rulerPercent") instanceof Map);
    }

    @Test
    void conditionsThatDifferAreShownOfBothRuns() {
        TimedRun other =
                new TimedRun("c.json", true, Map.of("cpu", "one", "cores", 2), a.series(), List.of(), List.of());
        String markdown = new CompareReport(Comparison.of(a, other, 0.01, true), List.of()).markdown();
        assertTrue(markdown.contains("- cpu: A: one <of> these; B: one\n"), markdown);
        assertTrue(markdown.contains("- cores: A: unknown; B: 2\n"), markdown);
        assertTrue(report.markdown().contains("- cpu: one <of> these\n"));
    }

    @Test
    void whatIsTrueOfAllIsNotListed() {
        List<Series> series =
                List.of(new Series("B.c", "B", TIMES, List.of(), 0), new Series("B.d", "B", TIMES, List.of(), 0));
        TimedRun run = new TimedRun("jmh.json", false, Map.of(), series, List.of(), List.of());
        String same = new CompareReport(Comparison.of(run, run, 0.01, false), List.of()).lead();
        assertTrue(same.endsWith("equivalent within \u00b11 %: all 2."), same);
    }

    @Test
    void aFileOfJmhHasOneTableAndNoFloor() {
        List<Series> series = List.of(
                new Series("B.c", "B", TIMES, List.of(), 0), new Series("B.d", "B", List.of(1.0), List.of(), 0));
        TimedRun run = new TimedRun("jmh.json", false, Map.of(), series, List.of(), List.of());
        CompareReport jmh = new CompareReport(Comparison.of(run, run, 0.01, false), List.of());
        assertEquals(1, jmh.tables().size());
        assertTrue(jmh.lead()
                .contains("Time of an operation, B against A: equivalent within \u00b11 %: B.c; cannot tell: B.d."));
        assertEquals(
                List.of("variant", "A ns", "B ns", "change %", "interval", "p", "outcome"),
                jmh.tables().getFirst().header());
        assertEquals(
                List.of("B.d", "2.72", "2.72", "", "", "", "cannot tell"),
                jmh.tables().getFirst().rows().getLast());
        assertTrue(jmh.notes().getLast().startsWith("JMH's files name no processor"), jmh.notes()::toString);
        assertFalse(jmh.html().contains("Shaded"), "there is no floor");
        Comparison single = Comparison.of(
                new TimedRun("a", false, Map.of(), series.subList(1, 2), List.of(), List.of()), run, 0.01, false);
        String html = new CompareReport(single, List.of()).html();
        assertFalse(html.contains("<svg"), "no interval, no chart: " + html);
    }
}
