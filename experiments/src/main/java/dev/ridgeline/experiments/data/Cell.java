package dev.ridgeline.experiments.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a cell stands for. */
final class Cell {
    private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][-+]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?inf(inity)?", Pattern.CASE_INSENSITIVE);

    private Cell() {}

    /** Returns whether the value is missing: the cell is empty, {@code ?}, {@code NA}, {@code N/A}, {@code NaN} or {@code null}. */
    static boolean isMissing(String cell) {
        return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** Returns whether it is a decimal number. Its fraction begins with a point, or with the other mark given. */
    static boolean isNumber(String cell, char otherMark) {
        return NUMBER.matcher(cell).matches() && (otherMark == ',' || cell.indexOf(',') < 0);
    }

    /** Returns the value of a number; infinite if it is too large for a double. */
    static double number(String cell) {
        return Double.parseDouble(cell.replace(',', '.'));
    }

    /** Returns whether it is a word for infinity. */
    static boolean isInfinite(String cell) {
        return INFINITE.matcher(cell).matches();
    }
}
