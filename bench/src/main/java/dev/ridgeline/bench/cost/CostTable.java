package dev.ridgeline.bench.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one table of a run, as text cells: for the terminal and, through {@link #header} and {@link #rows}, the reports. */
public final class CostTable {
    private static final List<String> HEADER = List.of(
            "model",
            "regularizer",
            "ns per step",
            "overhead %",
            "95 % interval",
            "verdict",
            "p",
            "overhead ns",
            "interval ns",
            "B per step");

    private static final Set<String> WORDS = Set.of("model", "regularizer", "verdict");

    /** Percentages of larger fractions, which two noisy blocks can have, are written as powers of ten. */
    private static final double LARGE = 1000;

    private final List<List<String>> rows;

    /**
     * Makes the table.
     *
     * @param estimates one a row
     */
    public CostTable(List<Estimate> estimates) {
        rows = estimates.stream().map(CostTable::row).toList();
    }

    private static List<String> row(Estimate estimate) {
        List<String> row = new ArrayList<>(List.of(
                estimate.variant().model(),
                estimate.variant().name(),
                format("%,.0f", estimate.nanosPerStep().mean())));
        Overhead overhead = estimate.overhead();
        row.addAll(overhead == null ? List.of("", "", "", "", "", "") : overheadCells(overhead));
        row.add(Double.isNaN(estimate.bytesPerStep()) ? "" : format("%.1f", estimate.bytesPerStep()));
        return List.copyOf(row);
    }

    private static List<String> overheadCells(Overhead overhead) {
        Interval fraction = overhead.fraction();
        Interval nanos = overhead.nanos();
        return List.of(
                signed(fraction.mean()),
                signed(fraction),
                overhead.verdict().toString(),
                p(overhead.p()),
                signedNanos(nanos.mean()),
                "[" + signedNanos(nanos.low()) + ", " + signedNanos(nanos.high()) + "]");
    }

    private static String signedNanos(double nanos) {
        String text = format("%+,.0f", nanos);
        return text.equals("-0") ? "+0" : text;
    }

    /**
     * Returns the ends of an interval in percent, with their signs.
     *
     * @param fraction an interval of fractions
     * @return for example {@code [+11.0, +13.6]}
     */
    public static String signed(Interval fraction) {
        return "[" + signed(fraction.low()) + ", " + signed(fraction.high()) + "]";
    }

    /**
     * Returns a fraction in percent, with its sign.
     *
     * @param fraction the fraction
     * @return for example {@code +12.3}
     */
    public static String signed(double fraction) {
        double size = Math.abs(fraction);
        String text = format(size <= 1 ? "%+.1f" : size < LARGE ? "%+.0f" : "%+.0e", 100 * fraction);
        return text.equals("-0.0") ? "+0.0" : text;
    }

    /** Returns a fraction of 0 or more in percent, for example {@code 12.3}, {@code 350} or {@code over 1000}. */
    static String percent(double fraction) {
        return fraction > 10 ? "over 1000" : format(fraction <= 1 ? "%.1f" : "%.0f", 100 * fraction);
    }

    /** Returns a p-value. */
    static String p(double p) {
        return p < 0.001 ? "< 0.001" : format("%.3f", p);
    }

    static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }

    /**
     * Returns the headings.
     *
     * @return a heading for each column
     */
    public List<String> header() {
        return HEADER;
    }

    /**
     * Returns the cells.
     *
     * @return a list of cells for each estimate
     */
    public List<List<String>> rows() {
        return rows;
    }

    /** Returns the table for a terminal, which may know no more than ASCII; numbers are flush right. */
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        lines.addAll(rows);
        int[] widths = IntStream.range(0, HEADER.size())
                .map(c -> lines.stream()
                        .mapToInt(line -> line.get(c).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String padding = " ".repeat(widths[c] - cells.get(c).length());
            boolean left = WORDS.contains(HEADER.get(c));
            line.append(left ? cells.get(c) + padding : padding + cells.get(c)).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
