package dev.ridgeline.bench.cost;

import dev.ridgeline.report.Json;
import dev.ridgeline.report.Markdown;
import dev.ridgeline.report.OutputFolder;
import dev.ridgeline.report.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison and its gates as {@code compare.json}, {@code compare.md} and {@code compare.html}. */
public final class CompareReport {
    /** The version of the shape of {@code compare.json}. */
    public static final int SCHEMA_VERSION = 1;

    private static final String TITLE = "What changed between two runs";

    private final Comparison comparison;
    private final List<Gate.Judged> gates;

    /**
     * Makes the report.
     *
     * @param comparison the comparison
     * @param gates the gates that were judged, none or more
     */
    public CompareReport(Comparison comparison, List<Gate.Judged> gates) {
        this.comparison = comparison;
        this.gates = List.copyOf(gates);
    }

    /**
     * A table of the report.
     *
     * @param heading what stands above it
     * @param answer what it says, in a sentence
     * @param header the headings
     * @param rows the cells
     */
    public record Table(String heading, String answer, List<String> header, List<List<String>> rows) {
        /** Copies the lists. */
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /**
     * Returns the tables.
     *
     * @return that of the times, and where both runs have overheads that of those
     */
    public List<Table> tables() {
        return parts().stream().map(ComparePart::table).toList();
    }

    private List<ComparePart> parts() {
        ComparePart times = ComparePart.times(comparison);
        ComparePart overheads = ComparePart.overheads(comparison);
        return overheads.rows().isEmpty() ? List.of(times) : List.of(times, overheads);
    }

    /**
     * Returns what stands first: the files, and the answer of each table.
     *
     * @return a line for each
     */
    public String lead() {
        return tables().stream()
                .map(Table::answer)
                .collect(Collectors.joining(
                        "\n",
                        "A is " + comparison.a().name() + ", B is "
                                + comparison.b().name() + ".\n",
                        ""));
    }

    /**
     * Returns what a reader must know beside the numbers.
     *
     * @return sentences, none or more
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(comparison.notes());
        if (comparison.ruler() != null) {
            notes.add("The time of the ruler, a computation that is the same in both runs, changed by "
                    + CostText.percent(comparison.ruler())
                    + ": so much may be the machine itself. Times are called faster or slower beyond that alone;"
                    + " overheads are ratios within a block and free of it.");
        } else {
            notes.add(
                    "JMH's files name no processor, and hold neither a benchmark that is measured twice nor a computation that"
                            + " is the same in both runs. So there is no noise floor, and another machine, or one that was"
                            + " slower during one of the runs, looks like slower code.");
        }
        return notes;
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
                folder.write("compare.json", Json.write(json())),
                folder.write("compare.md", markdown()),
                folder.write("compare.html", html()));
    }

    Map<String, Object> json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", "compare");
        map.put("schemaVersion", SCHEMA_VERSION);
        map.put("a", run(comparison.a()));
        map.put("b", run(comparison.b()));
        map.put("marginPercent", 100 * comparison.margin());
        map.put(
                "rulerPercent",
                comparison.ruler() == null
                        ? null
                        : comparison.ruler().map(r -> 100 * r).toMap());
        map.put("notes", comparison.notes());
        map.put("gates", gates.stream().map(Gate.Judged::toMap).toList());
        map.put("rows", comparison.rows().stream().map(CompareReport::row).toList());
        return map;
    }

    private static Map<String, Object> run(TimedRun run) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", run.name());
        map.put("conditions", run.conditions());
        return map;
    }

    private static Map<String, Object> row(Comparison.Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("variant", row.label());
        map.put("nanos", row.time().toMap());
        map.put("overhead", row.overhead() == null ? null : row.overhead().toMap());
        return map;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# " + TITLE + "\n\n").append(Markdown.paragraphs(answer()));
        tables().forEach(table ->
                text.append("\n## " + table.heading + "\n\n").append(Markdown.table(table.header, table.rows)));
        text.append("\n## What to know\n\n").append(Markdown.paragraphs(notes()));
        text.append("\n## How to read it\n\n").append(Markdown.paragraphs(reading()));
        text.append("\n## Measured with\n\n").append(Markdown.properties(conditions()));
        return text.toString();
    }

    /** Returns the lead and what came of each gate. */
    private List<String> answer() {
        return Stream.concat(lead().lines(), gates.stream().map(Gate.Judged::toString))
                .toList();
    }

    String html() {
        Page page = new Page(TITLE, String.join("\n", answer()));
        for (ComparePart part : parts()) {
            Table table = part.table();
            page.section(table.heading, part.chart() + Page.table(table.header, table.rows));
        }
        return page.section("What to know", htmlParagraphs(notes()))
                .section("How to read it", htmlParagraphs(reading()))
                .section("Measured with", Page.properties(conditions()))
                .html();
    }

    private static String htmlParagraphs(List<String> paragraphs) {
        return paragraphs.stream().map(Page::paragraph).collect(Collectors.joining());
    }

    /** Returns the conditions that must be the same; where they are not, those of both runs. */
    private Map<String, Object> conditions() {
        Map<String, Object> a = comparison.a().conditions();
        Map<String, Object> b = comparison.b().conditions();
        Map<String, Object> both = new LinkedHashMap<>(a);
        both.putAll(b);
        both.replaceAll((field, value) -> Objects.equals(a.get(field), b.get(field))
                ? value
                : "A: " + a.getOrDefault(field, "unknown") + "; B: " + b.getOrDefault(field, "unknown"));
        return both;
    }

    private List<String> reading() {
        boolean cost = comparison.b().cost();
        return List.of(
                "The change of a time is in percent of A's."
                        + (cost
                                ? " The change of an overhead is the difference of the two overheads, in percent of the step"
                                        + " without a regularizer."
                                : "")
                        + " Behind it stands the range that the true change lies in, with 95 % confidence: Welch's t for the "
                        + (cost ? "blocks" : "forks, whose iterations count as one,") + " of the two runs.",
                "\u201cSlower\u201d and \u201cfaster\u201d: p, the probability of such a change by chance, corrected by Holm's"
                        + " method for the number of rows, is at most 0.05"
                        + (cost ? ", and the change is beyond the noise floors of both runs." : ".")
                        + " \u201cEquivalent\u201d: two one-sided tests, corrected likewise, prove that the change lies within "
                        + ComparePart.margin(comparison) + (cost ? ", and the noise floors are no larger." : ".")
                        + " \u201cCannot tell\u201d: none of this is proven; more " + (cost ? "blocks" : "forks")
                        + " narrow the range.",
                "Two runs are compared that were measured alike: what stands below must be the same, for each of these"
                        + " changes the time of the same code. The commit may differ: it is what one compares.");
    }
}
