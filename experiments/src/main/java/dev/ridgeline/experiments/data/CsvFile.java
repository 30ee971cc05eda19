package dev.ridgeline.experiments.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.ridgeline.bench.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CSV file as text (RFC 4180): a header of different names and rows of as many cells. Cells are separated by commas,
 * semicolons or tabs: by whichever splits the header into the most names. Empty lines are skipped. Space around cells does not
 * count.
 */
final class CsvFile {
    /** The number of cells above which a file is refused. */
    static final int MOST_CELLS = 5_000_000;

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
    private static final int OFFERED = 10;

    private final String name;
    private final char separator;
    private final List<String> header;
    private final List<Row> rows;

    private CsvFile(String name, char separator, List<String> header, List<Row> rows) {
        this.name = name;
        this.separator = separator;
        this.header = header;
        this.rows = rows;
    }

    /**
     * A row of a file.
     *
     * @param line the line that it starts in, from 1
     * @param cells its cells, without the space around them
     */
    record Row(long line, List<String> cells) {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no CSV file with a header and rows: says in which line, and the remedy
     */
    static CsvFile read(Path file) {
        String name = "\"" + file + "\"";
        String text = TextFile.read(file);
        char separator = ',';
        int most = 0;
        for (char candidate : SEPARATORS) {
            int names = names(candidate, text);
            if (names > most) {
                separator = candidate;
                most = names;
            }
        }
        List<Row> rows = rows(name, separator, most, text);
        List<String> header = header(name, rows.removeFirst().cells());
        if (rows.isEmpty()) {
            throw empty(name);
        }
        return new CsvFile(name, separator, header, rows);
    }

    /** Returns how many cells a separator makes of the first line; 0 if it leaves none well quoted. */
    private static int names(char separator, String text) {
        try (CsvReader<CsvRecord> reader = parser(separator).ofCsvRecord(text)) {
            return reader.stream().findFirst().map(CsvRecord::getFieldCount).orElse(0);
        } catch (CsvParseException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(String name, char separator, int columns, String text) {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = parser(separator).ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                long line = record.getStartingLineNumber();
                if (record.getFieldCount() != columns) {
                    throw new IllegalArgumentException("%s: line %d has %d cells, the header has %d; "
                                    .formatted(name, line, record.getFieldCount(), columns)
                            + "make them equal, with quotes around a cell that contains the separator");
                }
                rows.add(new Row(line, cells(record)));
                if ((long) rows.size() * columns > MOST_CELLS) {
                    throw new IllegalArgumentException(name + " has more than " + MOST_CELLS / 1_000_000
                            + " million cells; give a sample of its rows, or fewer columns");
                }
            }
        } catch (CsvParseException e) {
            throw unreadable(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows.isEmpty()) {
            throw empty(name);
        }
        return rows;
    }

    private static CsvReaderBuilder parser(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // rows of another length are refused here, by line
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    private static List<String> cells(CsvRecord record) {
        return record.getFields().stream().map(String::strip).toList();
    }

    private static IllegalArgumentException empty(String name) {
        return new IllegalArgumentException(name + " has no rows; it needs a header and a line for each row");
    }

    private static IllegalArgumentException unreadable(String name, CsvParseException e) {
        return new IllegalArgumentException(
                name + ": " + e.getMessage() + "; quote whole cells, and write a quote within one twice", e);
    }

    /** Returns the names of the columns, different ones. One without is called by its place. */
    private static List<String> header(String name, List<String> cells) {
        if (cells.size() < 2) {
            throw new IllegalArgumentException(name + ": the first line is a single cell, " + quoted(cells.getFirst())
                    + "; separate the cells with commas, semicolons or tabs");
        }
        if (cells.stream().allMatch(cell -> Cell.isNumber(cell, '.'))) {
            throw new IllegalArgumentException(name + ": the first line has nothing but numbers: "
                    + cells.stream().limit(OFFERED).collect(Collectors.joining(", "))
                    + "; put a line with the names of the columns in front");
        }
        List<String> header = new ArrayList<>();
        for (String cell : cells) {
            String column =
                    cell.isEmpty() ? "column " + (header.size() + 1) : cell; // pandas leaves row numbers unnamed
            if (header.contains(column)) {
                throw new IllegalArgumentException(
                        "%s: columns %d and %d have the same name, \"%s\"; rename one of them"
                                .formatted(name, header.indexOf(column) + 1, header.size() + 1, column));
            }
            header.add(column);
        }
        return List.copyOf(header);
    }

    /** Returns the file as messages name it. */
    String name() {
        return name;
    }

    /** Returns the mark before a fraction that is allowed beside the point: a comma, where it separates no cells. */
    char otherMark() {
        return separator == ',' ? '.' : ',';
    }

    List<String> header() {
        return header;
    }

    List<Row> rows() {
        return rows;
    }

    /**
     * Returns the place of a column.
     *
     * @throws IllegalArgumentException if there is none of this name: offers the nearest names
     */
    int column(String column) {
        int place = header.indexOf(column);
        if (place < 0) {
            String known = header.stream().limit(OFFERED).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("%s has no column %s: did you mean %s? There are: %s%s"
                    .formatted(
                            name,
                            quoted(column),
                            Names.nearest(column, header).stream()
                                    .map(CsvFile::quoted)
                                    .collect(Collectors.joining(" or ")),
                            known,
                            header.size() > OFFERED ? " and " + (header.size() - OFFERED) + " more" : ""));
        }
        return place;
    }

    /** Returns the places of some columns; {@link #column} says what is thrown. */
    Set<Integer> columns(Set<String> names) {
        return names.stream().map(this::column).collect(Collectors.toCollection(HashSet::new));
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
