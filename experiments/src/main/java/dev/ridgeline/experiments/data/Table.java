package dev.ridgeline.experiments.data;

import dev.ridgeline.experiments.data.CsvFile.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A user's table: feature columns as they are in the file, numbers and categories with gaps, and a target without. What
 * training takes is made of it by {@link Preprocessing}, which is fitted on some of the rows.
 */
public final class Table {
    /** With fewer rows nothing can be said of them. */
    static final int LEAST_ROWS = 20;

    /** A target of so many different whole numbers or fewer is one of classes, unless the user says otherwise. */
    private static final int CLASS_NUMBERS = 10;

    private static final int MOST_CLASSES = 100;

    /** The largest number of features that columns may become. */
    private static final int MOST_FEATURES = 2000;

    private final String name;
    private final String target;
    private final Task task;
    private final String rule;
    private final List<String> classes;
    private final int[] labels;
    private final double[] values;
    private final List<Column> columns;
    private final List<String> notes;

    private Table(
            String name,
            String target,
            Task task,
            String rule,
            Column answer,
            List<Column> columns,
            List<String> notes) {
        this.name = name;
        this.target = target;
        this.task = task;
        this.rule = rule;
        classes = answer instanceof Column.Categories categories ? categories.categories() : List.of();
        labels = answer instanceof Column.Categories categories ? categories.codes() : null;
        values = answer instanceof Column.Numbers numbers ? numbers.values() : null;
        this.columns = List.copyOf(columns);
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads a CSV file in UTF-8 with a header; cells are separated by commas, semicolons or tabs. A cell is missing if it is
     * empty, {@code ?}, {@code NA}, {@code N/A}, {@code NaN} or {@code null}. A column is one of numbers if every cell that is
     * not missing is a number, else one of categories. Columns from which nothing can be learnt, or which name the rows, are
     * left out, rows without a target too; {@link #notes} says so.
     *
     * @param file the file
     * @param target the name of the column to predict
     * @param task what to predict; null to tell by the target: text is for classes, and so are up to 10 different whole
     *     numbers with 5 rows each on average
     * @param ignored the names of columns to leave out
     * @param kept the names of columns to keep although they seem to name the rows
     * @return the table
     * @throws IllegalArgumentException if the file cannot be read or nothing can be learnt from it: names the place and the
     *     remedy
     */
    public static Table read(Path file, String target, Task task, Set<String> ignored, Set<String> kept) {
        CsvFile csv = CsvFile.read(file);
        int place = csv.column(target);
        Set<Integer> leftOut = csv.columns(ignored);
        Set<Integer> inAnyCase = csv.columns(kept);
        if (leftOut.contains(place)) {
            throw new IllegalArgumentException("The target, column \"" + target + "\", is to be ignored; choose one");
        }
        List<String> notes = new ArrayList<>();
        List<Row> rows = withTarget(csv, place, notes);
        ColumnReader answers = new ColumnReader(csv, rows, place);
        String rule = task == null ? rule(answers) : "as asked";
        Task chosen = task == null ? taskOf(answers) : task;
        Column answer = answer(csv, answers, target, chosen);
        if (answer instanceof Column.Categories categories) {
            noteRareClasses(categories, notes);
        }
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < csv.header().size(); c++) {
            if (c != place && !leftOut.contains(c)) {
                addColumn(new ColumnReader(csv, rows, c), inAnyCase.contains(c), columns, notes);
            }
        }
        Table table = new Table(csv.name(), target, chosen, rule, answer, columns, notes);
        table.requireFeatures();
        return table;
    }

    private static List<Row> withTarget(CsvFile csv, int place, List<String> notes) {
        List<Row> rows = csv.rows().stream()
                .filter(row -> !Cell.isMissing(row.cells().get(place)))
                .toList();
        int without = csv.rows().size() - rows.size();
        if (without > 0) {
            notes.add("%,d of %,d rows have no target; they are left out"
                    .formatted(without, csv.rows().size()));
        }
        if (rows.size() < LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "%s has %d rows with a target; give at least %d".formatted(csv.name(), rows.size(), LEAST_ROWS));
        }
        return rows;
    }

    private static Task taskOf(ColumnReader answers) {
        return !answers.isNumeric() || fewWholeNumbers(answers) ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private static String rule(ColumnReader answers) {
        int different = answers.different().size();
        if (!answers.isNumeric()) {
            return "the target is text";
        }
        return fewWholeNumbers(answers)
                ? "the target has only " + different + " different values, all whole numbers"
                : String.format(Locale.ROOT, "the target has %,d different numbers", different);
    }

    private static boolean fewWholeNumbers(ColumnReader answers) {
        List<String> different = answers.different();
        return different.size() <= CLASS_NUMBERS
                && 5 * different.size() <= answers.rows()
                && different.stream().mapToDouble(Cell::number).allMatch(v -> v == Math.rint(v));
    }

    private static Column answer(CsvFile csv, ColumnReader answers, String target, Task task) {
        String column = "%s: the target, column \"%s\", ".formatted(csv.name(), target);
        List<String> different = answers.different();
        if (task == Task.CLASSIFICATION) {
            if (different.size() == 1) {
                throw new IllegalArgumentException(
                        column + "has one class only, \"" + different.getFirst() + "\"; there must be at least 2");
            }
            if (different.size() > MOST_CLASSES || 2 * different.size() > answers.rows()) {
                throw new IllegalArgumentException(
                        "%shas %d different values in %d rows; classes need rows to learn from: "
                                        .formatted(column, different.size(), answers.rows())
                                + "use another target, or --task regression if it is a number");
            }
            return answers.categories();
        }
        if (!answers.isNumeric()) {
            throw new IllegalArgumentException(column + "is text, for example \"" + answers.firstText()
                    + "\"; regression needs numbers: correct it, or use --task classification");
        }
        Column.Numbers numbers = answers.numbers();
        if (Arrays.stream(numbers.values()).distinct().count() == 1) {
            throw new IllegalArgumentException(
                    column + "is " + different.getFirst() + " in every row; there is nothing to predict");
        }
        return numbers;
    }

    private static void noteRareClasses(Column.Categories target, List<String> notes) {
        for (int c = 0; c < target.categories().size(); c++) {
            int label = c;
            long rows =
                    Arrays.stream(target.codes()).filter(code -> code == label).count();
            if (rows < 5) {
                notes.add("class \"%s\" has %d %s; what is said of it is by chance"
                        .formatted(target.categories().get(c), rows, rows == 1 ? "row" : "rows"));
            }
        }
    }

    private static void addColumn(ColumnReader reader, boolean inAnyCase, List<Column> columns, List<String> notes) {
        String nothing = reader.nothingToLearn();
        if (nothing != null) {
            notes.add("column " + nothing + "; it is left out");
            return;
        }
        Column column = reader.column();
        String identifier = reader.identifier(column);
        if (identifier != null && !inAnyCase) {
            notes.add("column " + identifier + "; it is left out (--keep keeps it)");
            return;
        }
        columns.add(column);
    }

    private void requireFeatures() {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(name + ": no column is left to predict \"" + target + "\" from"
                    + notes.stream().map(note -> "; " + note).collect(Collectors.joining()));
        }
        int features = columns.stream().mapToInt(c -> c.features().size()).sum();
        if (features > MOST_FEATURES) {
            Column widest = columns.stream()
                    .max((a, b) ->
                            Integer.compare(a.features().size(), b.features().size()))
                    .orElseThrow();
            throw new IllegalArgumentException(
                    "%s: its columns become %,d features, at most %,d are taken; \"%s\" alone "
                                    .formatted(name, features, MOST_FEATURES, widest.name())
                            + "becomes " + widest.features().size() + ": leave it out with --ignore");
        }
    }

    /**
     * Returns the file.
     *
     * @return its path in quotes
     */
    public String name() {
        return name;
    }

    /**
     * Returns what is predicted.
     *
     * @return the name of the target column
     */
    public String target() {
        return target;
    }

    /**
     * Returns the kind of the target.
     *
     * @return classification or regression
     */
    public Task task() {
        return task;
    }

    /**
     * Says how the task was told.
     *
     * @return for example {@code the target is text}
     */
    public String rule() {
        return rule;
    }

    /**
     * Returns the classes.
     *
     * @return their names in order; none for regression
     */
    public List<String> classes() {
        return classes;
    }

    /**
     * Returns the number of rows that have a target.
     *
     * @return at least 20
     */
    public int rows() {
        return task == Task.CLASSIFICATION ? labels.length : values.length;
    }

    /**
     * Returns all rows.
     *
     * @return 0, 1, 2 ...
     */
    public int[] allRows() {
        return IntStream.range(0, rows()).toArray();
    }

    /**
     * Returns the number of feature columns.
     *
     * @return at least 1
     */
    public int columnCount() {
        return columns.size();
    }

    /**
     * Returns the names of the features that the columns become: one a column of numbers, one a category.
     *
     * @return for example {@code age} and {@code colour=red}
     */
    public List<String> features() {
        return columns.stream().flatMap(column -> column.features().stream()).toList();
    }

    /**
     * Returns what the reader did to the table of its own accord.
     *
     * @return a sentence each, without a full stop
     */
    public List<String> notes() {
        return notes;
    }

    List<Column> columns() {
        return columns;
    }

    /** Returns the class of a row. */
    int label(int row) {
        return labels[row];
    }

    /** Returns the target of a row, its class as a number. */
    double value(int row) {
        return task == Task.CLASSIFICATION ? labels[row] : values[row];
    }
}
