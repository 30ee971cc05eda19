package dev.ridgeline.experiments.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table for a terminal: the first column flush left, the others flush right, headings broken into short lines. */
public final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * Returns the lines of a table.
     *
     * @param header the headings
     * @param rows the cells, each row as long as the header
     * @return the lines, each with its line end
     */
    public static String of(List<String> header, List<List<String>> rows) {
        List<List<String>> headings =
                header.stream().map(heading -> List.of(heading.split(" "))).toList();
        int depth = headings.stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            int line = i;
            lines.add(headings.stream()
                    .map(words -> line + words.size() < depth ? "" : words.get(line + words.size() - depth))
                    .toList());
        }
        rows.forEach(row -> lines.add(row.stream().map(TextTable::ascii).toList()));
        int[] widths = IntStream.range(0, header.size())
                .map(c -> lines.stream()
                        .mapToInt(row -> row.get(c).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String space = " ".repeat(widths[c] - line.get(c).length());
                padded.append(c == 0 ? line.get(c) + space : GAP + space + line.get(c));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** A terminal may know no more than ASCII. */
    private static String ascii(String cell) {
        return cell.replace(" \u00b1 ", "+/-").replace("\u00b1", "+/-").replace('\u2013', '-');
    }
}
