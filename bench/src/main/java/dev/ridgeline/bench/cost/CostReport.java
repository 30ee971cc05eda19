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
    public static final int SCHEMA_VERSION = 1;

    private final CostResult result;
    private final List<Estimate> estimates;
    private final CostTable table;

    /**
     * Makes the report.
     *
     * @param result the run
     */
    public CostReport(CostResult result) {
        this.result = result;
        estimates = result.estimates();
        table = new CostTable(estimates);
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
     * @return a sentence or two, or nothing
     */
    public Optional<String> doubt() {
        return CostText.doubt(result);
    }

    /**
     * Returns what was asked for and cannot be measured.
     *
     * @return a sentence, or nothing
     */
    public Optional<String> leftOut() {
        return CostText.leftOut(result.settings());
    }

    private String lead() {
        return doubt().map(doubt -> doubt + "\n").orElse("") + CostText.answer(result);
    }

    Map<String, Object> json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", "cost");
        map.put("schemaVersion", SCHEMA_VERSION);
        map.put("seed", result.settings().seed());
        map.put("started", result.started().toString());
        map.put("seconds", result.took().toMillis() / 1e3);
        map.put("environment", result.environment().toMap());
        map.put("settings", result.settings().toMap());
        map.put("estimates", estimates.stream().map(CostReport::toMap).toList());
        map.put("samples", result.samples().stream().map(CostReport::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Estimate estimate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", estimate.variant().model());
        map.put("regularizer", estimate.variant().regularizer());
        map.put("setting", Catalogue.named(estimate.variant().regularizer()).setting());
        map.put("nanosPerStep", estimate.nanosPerStep().toMap());
        map.put("bytesPerStep", estimate.bytesPerStep());
        if (estimate.overhead() != null) {
            map.put("overheadPercent", estimate.overhead().map(o -> 100 * o).toMap());
            map.put("verdict", estimate.verdict());
        }
        return map;
    }

    private static Map<String, Object> toMap(Sample sample) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("round", sample.round());
        map.put("position", sample.position());
        map.put("model", sample.variant().model());
        map.put("regularizer", sample.variant().regularizer());
        map.put("nanosPerStep", sample.timing().nanosPerStep());
        map.put("bytesPerStep", sample.timing().bytesPerStep());
        map.put("iterationNanosPerStep", sample.timing().iterations());
        return map;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# " + CostText.TITLE + "\n\n")
                .append(paragraphs(lead().lines().toList()))
                .append('\n');
        appendRow(text, table.header());
        appendRow(text, table.header().stream().map(h -> "---").toList());
        table.rows().forEach(row -> appendRow(text, row));
        text.append("\n## How to read it\n\n").append(paragraphs(CostText.reading()));
        text.append("\n## How it was measured\n\n").append(paragraphs(CostText.method(result)));
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
                .section("How it was measured", htmlParagraphs(CostText.method(result)) + Page.properties(settings()))
                .section("Every fork", Page.paragraph("Nanoseconds per step in each round.") + rounds())
                .section("Measured with", Page.properties(measuredWith()))
                .html();
    }

    private String chart() {
        IntervalChart chart = new IntervalChart("Overhead of each regularizer with its 95 % interval", " %");
        String model = "";
        for (Estimate estimate : estimates) {
            if (!estimate.variant().model().equals(model)) {
                model = estimate.variant().model();
                chart.group(model);
            }
            Interval overhead = estimate.overhead();
            if (overhead != null) {
                chart.interval(
                        estimate.variant().regularizer(),
                        CostText.percent(overhead),
                        100 * overhead.mean(),
                        100 * overhead.low(),
                        100 * overhead.high());
            }
        }
        return Page.figure(
                chart.svg(),
                "Added time per step, with 95 % intervals. Grey: the interval contains 0, so this run cannot tell.");
    }

    private static String htmlParagraphs(List<String> paragraphs) {
        return paragraphs.stream().map(Page::paragraph).collect(Collectors.joining());
    }

    private String rounds() {
        List<String> header = new ArrayList<>(List.of("model", "regularizer"));
        IntStream.rangeClosed(1, result.settings().rounds()).forEach(round -> header.add("round " + round));
        List<List<String>> rows = new ArrayList<>();
        for (Estimate estimate : estimates) {
            List<String> row = new ArrayList<>(
                    List.of(estimate.variant().model(), estimate.variant().regularizer()));
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
