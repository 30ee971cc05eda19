package dev.ridgeline.bench.cost;

import dev.ridgeline.report.IntervalChart;
import dev.ridgeline.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of the two things that a comparison compares: the times, or what the regularizers add.
 *
 * @param comparison the comparison
 * @param heading what stands above it
 * @param subject what is compared, at the start of a sentence
 * @param unit the unit of the numbers
 * @param rows the variants that have it
 * @param difference finds it in a row
 * @param number writes a number of it
 */
record ComparePart(
        Comparison comparison,
        String heading,
        String subject,
        String unit,
        List<Comparison.Row> rows,
        Function<Comparison.Row, Difference> difference,
        Function<Double, String> number) {
    /** The axis of the chart is linear up to this many per cent. */
    private static final double LINEAR = 5;

    /** The column of the noise floor, which JMH's files have not. */
    private static final int FLOOR = 5;

    static ComparePart times(Comparison comparison) {
        return new ComparePart(
                comparison,
                "Time",
                comparison.b().cost() ? "Time of a step" : "Time of an operation",
                "ns",
                comparison.rows(),
                Comparison.Row::time,
                nanos -> CostTable.format(nanos < 100 ? "%,.2f" : "%,.0f", nanos));
    }

    static ComparePart overheads(Comparison comparison) {
        return new ComparePart(
                comparison,
                "Overhead",
                "What the regularizer adds",
                "%",
                comparison.rows().stream().filter(row -> row.overhead() != null).toList(),
                Comparison.Row::overhead,
                CostTable::signed);
    }

    CompareReport.Table table() {
        List<String> header =
                new ArrayList<>(List.of("variant", "A " + unit, "B " + unit, "change %", "interval", "p", "outcome"));
        if (comparison.b().cost()) {
            header.add(FLOOR, "floor %");
        }
        return new CompareReport.Table(
                heading, answer(), header, rows.stream().map(this::cells).toList());
    }

    private List<String> cells(Comparison.Row row) {
        Difference found = difference.apply(row);
        Interval change = found.change();
        List<String> cells = new ArrayList<>(List.of(
                row.label(),
                number.apply(found.before()),
                number.apply(found.after()),
                change == null ? "" : CostTable.signed(change.mean()),
                change == null ? "" : CostTable.signed(change),
                change == null ? "" : CostTable.p(found.p()),
                found.outcome().toString()));
        if (comparison.b().cost()) {
            cells.add(FLOOR, CostTable.percent(found.floor()));
        }
        return cells;
    }

    /** Returns which variants are slower, faster, the same, and of which nothing is known. */
    private String answer() {
        List<String> clauses = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.SLOWER, Outcome.FASTER, Outcome.EQUIVALENT, Outcome.CANNOT_TELL)) {
            List<Comparison.Row> alike = rows.stream()
                    .filter(row -> difference.apply(row).outcome() == outcome)
                    .toList();
            if (!alike.isEmpty()) {
                boolean all = alike.size() == rows.size() && rows.size() > 1 && !changed(outcome);
                String list = all
                        ? "all " + rows.size()
                        : alike.stream()
                                .map(row -> row.label() + change(difference.apply(row)))
                                .collect(Collectors.joining(", "));
                clauses.add(
                        outcome + (outcome == Outcome.EQUIVALENT ? " within " + margin(comparison) : "") + ": " + list);
            }
        }
        return subject + ", B against A: " + String.join("; ", clauses) + ".";
    }

    private static boolean changed(Outcome outcome) {
        return outcome == Outcome.SLOWER || outcome == Outcome.FASTER;
    }

    private static String change(Difference difference) {
        return changed(difference.outcome())
                ? " (" + CostTable.signed(difference.change().mean()) + " %)"
                : "";
    }

    /** Returns for example {@code ±1 %}. */
    static String margin(Comparison comparison) {
        return "\u00b1" + CostTable.format("%.3g", 100 * comparison.margin()).replaceFirst("\\.?0+$", "") + " %";
    }

    /** Returns a figure; nothing where no change has an interval. */
    String chart() {
        IntervalChart chart = new IntervalChart(subject + ": change with its 95 % interval", " %", LINEAR);
        List<Comparison.Row> known = rows.stream()
                .filter(row -> difference.apply(row).change() != null)
                .toList();
        String group = null;
        for (Comparison.Row row : known) {
            Difference found = difference.apply(row);
            if (!row.group().equals(group)) {
                group = row.group();
                double floor = found.floor();
                String words = floor == 0 ? "" : "noise floor " + CostTable.percent(floor) + " %";
                chart.group(group, words, 100 * floor);
            }
            Interval change = found.change();
            chart.interval(
                    within(row),
                    CostText.percent(change),
                    kind(found.outcome()),
                    100 * change.mean(),
                    100 * change.low(),
                    100 * change.high());
        }
        String caption = subject
                + ": how it changed from A to B, with 95 % intervals. Filled: slower or faster. Hollow:"
                + " equivalent. Grey: these runs cannot tell."
                + (comparison.b().cost() ? " Shaded: the larger noise floor of the two runs." : "")
                + (chart.isBent() ? " Beyond " + CostTable.format("%.0f", LINEAR) + " % the axis is logarithmic." : "");
        return known.isEmpty() ? "" : Page.figure(chart.html(), caption);
    }

    private static IntervalChart.Kind kind(Outcome outcome) {
        return switch (outcome) {
            case SLOWER, FASTER -> IntervalChart.Kind.EFFECT;
            case EQUIVALENT -> IntervalChart.Kind.WITHIN;
            case CANNOT_TELL -> IntervalChart.Kind.UNCLEAR;
        };
    }

    /** Returns what a row is called below the name of its group. */
    private static String within(Comparison.Row row) {
        return row.label().replace(Gate.ON + row.group(), "").replace(row.group() + ".", "");
    }
}
