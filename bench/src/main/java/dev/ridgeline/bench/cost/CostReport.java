package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.report.IntervalChart;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A finished run as {@code cost.json}, {@code report.md} and {@code report.html}. */
public final class CostReport {
    /** The version of the shape of {@code cost.json}. */
    public static final int SCHEMA_VERSION = 3;

    private final CostResult result;
    private final Analysis analysis;
    private final CostTable table;
    private final Drift drift;

    /**
     * Makes the report.
     *
     * @param result the run
     */
    public CostReport(CostResult result) {
        this.result = result;
        analysis = result.analysis();
        table = new CostTable(analysis.estimates());
        drift = new Drift(result.conditions());
    }

    /**
     * Returns the table.
     *
     * @return one row a variant
     */
    public CostTable table() {
        return table;
    }

    /**
     * Writes the three files.
     *
     * @param folder where to
     * @return the files
     * @throws dev.ridgeline.report.OutputException if one cannot be written
     */
    public List<Path> write(OutputFolder folder) {
        return List.of(
                folder.write("cost.json", Json.write(json())),
                folder.write("report.md", markdown()),
                folder.write("report.html", html()));
    }

    /**
     * Returns what makes the numbers doubtful.
     *
     * @return a line for each reason, or nothing
     */
    public Optional<String> doubt() {
        return CostText.doubt(result.samples(), result.conditions());
    }

    /**
     * Returns what was asked for and cannot be measured.
     *
     * @return a sentence, or nothing
     */
    public Optional<String> leftOut() {
        return CostText.leftOut(result.settings());
    }

    /**
     * Returns what stands first: noise floor and smallest effect of each model, what makes the numbers doubtful, the
     * answer.
     *
     * @return a line or more for each
     */
    public String lead() {
        return CostText.noise(analysis) + "\n"
                + doubt().map(doubt -> doubt + "\n").orElse("") + CostText.answer(analysis);
    }

    Map<String, Object> json() {
        Map<String, Object> map = result.toMap();
        map.put("noise", analysis.noises().stream().map(Noise::toMap).toList());
        map.put(
                "estimates",
                analysis.estimates().stream().map(CostReport::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Estimate estimate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", estimate.variant().model());
        map.put("name", estimate.variant().name());
        map.put("regularizer", estimate.variant().regularizer());
        map.put("setting", Catalogue.named(estimate.variant().regularizer()).setting());
        map.put("nanosPerStep", estimate.nanosPerStep().toMap());
        map.put("bytesPerStep", estimate.bytesPerStep());
        Overhead overhead = estimate.overhead();
        if (overhead != null) {
            map.put("overheadPercent", percent(overhead.fraction()));
            map.put("overheadNanos", overhead.nanos().toMap());
            map.put("bootstrapPercent", overhead.bootstrap() == null ? null : percent(overhead.bootstrap()));
            map.put("adjustedP", overhead.p());
            map.put("adjustedEquivalenceP", overhead.equivalenceP());
            map.put("verdict", overhead.verdict());
        }
        return map;
    }

    private static Map<String, Object> percent(Interval fraction) {
        return fraction.map(f -> 100 * f).toMap();
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# " + CostText.TITLE + "\n\n")
                .append(paragraphs(lead().lines().toList()))
                .append('\n');
        appendTable(text, table.header(), table.rows());
        text.append("\n## How to read it\n\n").append(paragraphs(CostText.reading()));
        text.append("\n## How it was measured\n\n").append(paragraphs(CostText.method(result, analysis)));
        text.append("\n## The machine meanwhile\n\n")
                .append(paragraphs(List.of(drift.text())))
                .append('\n');
        appendTable(text, drift.header(), drift.rows());
        text.append("\n## Regularizers\n\n");
        settings()
                .forEach((name, setting) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(setting)
                        .append('\n'));
        text.append("\n## Measured with\n\n");
        measuredWith()
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        return text.toString();
    }

    private static void appendTable(StringBuilder text, List<String> header, List<List<String>> rows) {
        appendRow(text, header);
        appendRow(text, header.stream().map(h -> "---").toList());
        rows.forEach(row -> appendRow(text, row));
    }

    private static void appendRow(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String paragraphs(List<String> paragraphs) {
        return paragraphs.stream().collect(Collectors.joining("\n\n", "", "\n"));
    }

    String html() {
        return new Page(CostText.TITLE, lead())
                .section("Overhead", chart() + Page.table(table.header(), table.rows()))
                .section("How to read it", htmlParagraphs(CostText.reading()))
                .section(
                        "How it was measured",
                        htmlParagraphs(CostText.method(result, analysis)) + Page.properties(settings()))
                .section("Every fork", Page.paragraph("Nanoseconds per step in each block.") + blocks())
                .section(
                        "The machine meanwhile",
                        Page.paragraph(drift.text())
                                + Page.figure(drift.chart().svg(640, 240), "The ruler before and after each block.")
                                + Page.table(drift.header(), drift.rows()))
                .section("Measured with", Page.properties(measuredWith()))
                .html();
    }

    private String chart() {
        IntervalChart chart = new IntervalChart("Overhead of each regularizer with its 95 % interval", " %");
        for (Noise noise : analysis.noises()) {
            chart.group(noise.model(), 100 * noise.floor());
            for (Estimate estimate : analysis.estimates()) {
                Overhead overhead = estimate.overhead();
                if (overhead != null && estimate.variant().model().equals(noise.model())) {
                    Interval fraction = overhead.fraction();
                    chart.interval(
                            estimate.variant().name(),
                            CostText.percent(fraction),
                            100 * fraction.mean(),
                            100 * fraction.low(),
                            100 * fraction.high());
                }
            }
        }
        return Page.figure(
                chart.svg(),
                "Added time per step, with 95 % intervals. Grey interval: it contains 0. Shaded: the noise floor of the model,"
                        + " within which two measurements of the same step may differ.");
    }

    private static String htmlParagraphs(List<String> paragraphs) {
        return paragraphs.stream().map(Page::paragraph).collect(Collectors.joining());
    }

    private String blocks() {
        List<String> header = new ArrayList<>(List.of("model", "regularizer"));
        IntStream.rangeClosed(1, result.settings().blocks()).forEach(block -> header.add("block " + block));
        List<List<String>> rows = new ArrayList<>();
        for (Estimate estimate : analysis.estimates()) {
            List<String> row = new ArrayList<>(
                    List.of(estimate.variant().model(), estimate.variant().name()));
            result.samples().stream()
                    .filter(sample -> sample.variant().equals(estimate.variant()))
                    .forEach(sample ->
                            row.add(CostTable.format("%,.0f", sample.timing().nanosPerStep())));
            rows.add(row);
        }
        return Page.table(header, rows);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        result.settings()
                .regularizers()
                .forEach(name -> settings.put(name, Catalogue.named(name).setting()));
        return settings;
    }

    private Map<String, Object> measuredWith() {
        Map<String, Object> all = new LinkedHashMap<>(result.environment().toMap());
        all.put("seed", result.settings().seed());
        all.put("started", result.started());
        all.put("seconds", result.took().toSeconds());
        return all;
    }
}
