package dev.ridgeline.experiments.data;

import dev.ridgeline.experiments.data.CsvFile.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells what a column of a CSV file holds: numbers, categories, or nothing to learn from. */
final class ColumnReader {
    /** A column with more different values than this, half of them numbers, is one of numbers with faults. */
    private static final int MIXED_CATEGORIES = 20;

    /** The squares of smaller numbers can be added up. */
    private static final double LARGEST = 1e100;

    private static final Pattern IDENTIFIER =
            Pattern.compile("(.*[ _.-])?(?i:id|index|key|uuid|nr|no|row)|.*[a-z]I[Dd]");

    private final CsvFile file;
    private final List<Row> rows;
    private final int place;
    private final String name;
    private final List<String> different;

    /** Reads the column at a place, in some rows. */
    ColumnReader(CsvFile file, List<Row> rows, int place) {
        this.file = file;
        this.rows = rows;
        this.place = place;
        name = file.header().get(place);
        different = rows.stream()
                .map(row -> row.cells().get(place))
                .filter(cell -> !Cell.isMissing(cell))
                .distinct()
                .sorted(inOrder())
                .toList();
    }

    private String cell(int row) {
        return rows.get(row).cells().get(place);
    }

    /** Orders numbers by value, before texts, which are ordered by their letters. */
    private Comparator<String> inOrder() {
        return Comparator.comparingDouble((String cell) ->
                        Cell.isNumber(cell, file.otherMark()) ? Cell.number(cell) : Double.POSITIVE_INFINITY)
                .thenComparing(Comparator.naturalOrder());
    }

    /** Returns the number of rows. */
    int rows() {
        return rows.size();
    }

    /** Returns the first value that is no number. */
    String firstText() {
        return cell(firstOther());
    }

    /** Returns the different values as they are written, in order, without the missing ones. */
    List<String> different() {
        return different;
    }

    /** Returns whether all values that are there are numbers. */
    boolean isNumeric() {
        return firstOther() < 0;
    }

    /** Returns the first row whose value is there and no number; -1 if there is none. */
    private int firstOther() {
        for (int r = 0; r < rows.size(); r++) {
            if (!Cell.isMissing(cell(r)) && !Cell.isNumber(cell(r), file.otherMark())) {
                return r;
            }
        }
        return -1;
    }

    /**
     * Reads the column.
     *
     * @throws IllegalArgumentException if a value is infinite, or a few values of a column of numbers are none
     */
    Column column() {
        int other = firstOther();
        if (other < 0) {
            return numbers();
        }
        for (int r = 0; r < rows.size(); r++) {
            if (Cell.isInfinite(cell(r))) {
                throw fault(r, "is infinite");
            }
        }
        long numeric = different.stream()
                .filter(cell -> Cell.isNumber(cell, file.otherMark()))
                .count();
        if (different.size() > MIXED_CATEGORIES && 2 * numeric > different.size()) {
            throw fault(other, "is no number, as most of the others are");
        }
        return categories();
    }

    /** Reads the column as numbers. */
    Column.Numbers numbers() {
        double[] values = new double[rows.size()];
        for (int r = 0; r < values.length; r++) {
            values[r] = Cell.isMissing(cell(r)) ? Double.NaN : Cell.number(cell(r));
            if (Math.abs(values[r]) > LARGEST) {
                throw fault(r, "is larger than " + LARGEST);
            }
        }
        return new Column.Numbers(name, values);
    }

    /** Reads the column as categories. */
    Column.Categories categories() {
        Map<String, Integer> code = new HashMap<>();
        different.forEach(category -> code.put(category, code.size()));
        int[] codes = new int[rows.size()];
        Arrays.setAll(codes, r -> code.getOrDefault(cell(r), -1));
        return new Column.Categories(name, different, codes);
    }

    private IllegalArgumentException fault(int row, String what) {
        return new IllegalArgumentException(
                "%s: column \"%s\", line %d: \"%s\" %s; correct it, write NA for a missing value, or leave the column out"
                        .formatted(file.name(), name, rows.get(row).line(), cell(row), what));
    }

    /** Says why nothing can be learnt from the column; null if something can. */
    String nothingToLearn() {
        if (different.isEmpty()) {
            return "\"" + name + "\" has no value in any row";
        }
        return constant() ? "\"" + name + "\" has the same value in all rows, " + different.getFirst() : null;
    }

    private boolean constant() {
        return different.size() == 1
                || isNumeric()
                        && different.stream().map(Cell::number).distinct().count() == 1;
    }

    /** Says why the column seems to name the rows rather than to describe them; null if it does not. */
    String identifier(Column column) {
        return switch (column) {
            case Column.Numbers numbers when counts(numbers.values()) -> "\"" + name + "\" counts the rows";
            case Column.Numbers numbers
            when IDENTIFIER.matcher(name).matches() && wholeAndDifferent(numbers.values()) ->
                "\"" + name + "\" is a number of its own in each row, and is called so";
            case Column.Categories categories
            when 2 * categories.categories().size() > rows.size() ->
                "\"%s\" has %d different texts in %d rows"
                        .formatted(name, categories.categories().size(), rows.size());
            default -> null;
        };
    }

    private static boolean counts(double[] values) {
        for (int r = 0; r < values.length; r++) {
            if (!(values[r] == values[0] + r)) {
                return false;
            }
        }
        return true;
    }

    private static boolean wholeAndDifferent(double[] values) {
        return Arrays.stream(values).allMatch(v -> v == Math.rint(v))
                && Arrays.stream(values).distinct().count() == values.length;
    }
}
