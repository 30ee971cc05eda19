package dev.ridgeline.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pieces of a Markdown file. */
public final class Markdown {
    private Markdown() {}

    /**
     * Returns a table.
     *
     * @param header the headings
     * @param rows the cells, each row as long as the header
     * @return a line for the header, one below it, one for each row
     */
    public static String table(List<String> header, List<? extends List<String>> rows) {
        return row(header)
                + row(header.stream().map(h -> "---").toList())
                + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /**
     * Returns paragraphs.
     *
     * @param paragraphs the text of each
     * @return the same with an empty line between them
     */
    public static String paragraphs(List<String> paragraphs) {
        return paragraphs.stream().collect(Collectors.joining("\n\n", "", "\n"));
    }

    /**
     * Returns a list of names and values.
     *
     * @param properties the values by name
     * @return a line for each
     */
    public static String properties(Map<String, ?> properties) {
        return properties.entrySet().stream()
                .map(e -> "- " + e.getKey() + ": " + e.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
