package dev.ridgeline.bench.cost;

import dev.ridgeline.bench.Catalogue;
import dev.ridgeline.report.IntervalChart;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.Markdown;
import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Page;
import dev.ridgeline.report.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final String SCHEMA = "cost.schema.json";

    /** The axis of the chart is linear up to this many per cent. */
    private static final double LINEAR = 5;

    private final CostResult result;
    private final List<Section> sections;
    private final Analysis analysis;
    private final CostTable table;
    private final Drift drift;

    /**
     * Makes the report of the overheads alone.
     *
     * @param result the run
     */
    public CostReport(CostResult result) {
        this(result, List.of());
    }

    /**
     * Makes the report.
     *
     * @param result the run
     * @param sections what else was found out, between the overheads and how they were measured
     */
    public CostReport(CostResult result, List<Section> sections) {
        this.result = result;
        this.sections = List.copyOf(sections);
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
     * Writes the three files, and the schema of the first.
     *
     * @param folder where to
     * @return the files
     * @throws dev.ridgeline.report.OutputException if one cannot be written
     */
    public List<Path> write(OutputFolder folder) {
        return List.of(
                folder.write("cost.json", Json.write(json())),
                folder.write(SCHEMA, schema()),
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
        sections.forEach(section -> map.putAll(section.json()));
        return map;
    }

    /** Returns the JSON Schema of {@link #json}, with what each field means. */
    static String schema() {
        try (InputStream in = CostReport.class.getResourceAsStream(SCHEMA)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                .append(Markdown.paragraphs(lead().lines().toList()))
                .append('\n')
                .append(Markdown.table(table.header(), table.rows()));
        sections.forEach(section -> append(text, section.heading(), section.markdown()));
        append(text, "How to read it", Markdown.paragraphs(CostText.reading()));
        append(text, "How it was measured", Markdown.paragraphs(CostText.method(result, analysis)));
        append(
                text,
                "The machine meanwhile",
                Markdown.paragraphs(List.of(drift.text())) + "\n" + Markdown.table(drift.header(), drift.rows()));
        append(text, "Regularizers", Markdown.properties(settings()));
        append(text, "Every fork", CostText.FORKS + "\n\n" + Markdown.table(forksHeader(), forks()));
        append(text, "Measured with", Markdown.properties(measuredWith()));
        return text.toString();
    }

    private static void append(StringBuilder text, String heading, String content) {
        text.append("\n## ").append(heading).append("\n\n").append(content);
    }

    String html() {
        Page page = new Page(CostText.TITLE, lead())
                .section("Overhead", chart() + Page.table(table.header(), table.rows()));
        sections.forEach(section -> page.section(section.heading(), section.html()));
        return page.section("How to read it", htmlParagraphs(CostText.reading()))
                .section(
                        "How it was measured",
                        htmlParagraphs(CostText.method(result, analysis)) + Page.properties(settings()))
                .section("Every fork", Page.paragraph(CostText.FORKS) + Page.table(forksHeader(), forks()))
                .section(
                        "The machine meanwhile",
                        Page.paragraph(drift.text())
                                + Page.figure(drift.chart().svg(640, 240), "The ruler before and after each block.")
                                + Page.table(drift.header(), drift.rows()))
                .section("Measured with", Page.properties(measuredWith()))
                .html();
    }

    private String chart() {
        IntervalChart chart = new IntervalChart("Overhead of each regularizer with its 95 % interval", " %", LINEAR);
        for (Noise noise : analysis.noises()) {
            String floor = "noise floor " + CostTable.percent(noise.floor()) + " %";
            chart.group(noise.model(), floor, 100 * noise.floor());
            analysis.estimates().stream()
                    .filter(e -> e.overhead() != null && e.variant().model().equals(noise.model()))
                    .sorted(Comparator.comparingDouble(
                            e -> -e.overhead().fraction().mean()))
                    .forEach(e -> draw(chart, e));
        }
        return Page.figure(
                chart.html(),
                "Added time per step, with 95 % intervals. Filled: costs or saves. Hollow: free. Grey: this run cannot tell."
                        + " Shaded: the noise floor, within which two measurements of the same step may differ."
                        + (chart.isBent()
                                ? " Beyond " + CostTable.format("%.0f", LINEAR) + " % the axis is logarithmic."
                                : ""));
    }

    private static void draw(IntervalChart chart, Estimate estimate) {
        Interval fraction = estimate.overhead().fraction();
        IntervalChart.Kind kind = switch (estimate.verdict()) {
            case COSTS, SAVES -> IntervalChart.Kind.EFFECT;
            case FREE, FREE_MEASURABLE -> IntervalChart.Kind.WITHIN;
            case CANNOT_TELL -> IntervalChart.Kind.UNCLEAR;
        };
        chart.interval(
                estimate.variant().name(),
                CostText.percent(fraction),
                kind,
                100 * fraction.mean(),
                100 * fraction.low(),
                100 * fraction.high());
    }

    private static String htmlParagraphs(List<String> paragraphs) {
        return paragraphs.stream().map(Page::paragraph).collect(Collectors.joining());
    }

    private List<String> forksHeader() {
        List<String> header = new ArrayList<>(List.of("model", "regularizer"));
        IntStream.rangeClosed(1, result.settings().blocks()).forEach(block -> header.add("block " + block));
        return header;
    }

    /** Returns the time of each fork: a row a variant, a column a block. */
    List<List<String>> forks() {
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
        return rows;
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
