package dev.ridgeline.experiments.select;

import dev.ridgeline.experiments.data.Task;
import dev.ridgeline.experiments.study.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of a selection: a row a candidate, with what it buys and what it costs. */
record SelectTable(Task task, List<Offer> offers, Choice choice) {
    private static final String P = "p (Holm)";

    /** Returns the headings. */
    List<String> header() {
        return List.of(
                "candidate",
                "strength",
                "validation loss",
                task == Task.CLASSIFICATION ? "accuracy" : "RMSE",
                "benefit",
                "from",
                "to",
                P,
                "per step %",
                "+- %",
                "best at ms",
                "");
    }

    /** Returns a row for each candidate, those with the largest benefit first. */
    List<List<String>> rows() {
        return offers.stream()
                .sorted((a, b) -> Double.compare(b.benefit(), a.benefit()))
                .map(this::row)
                .toList();
    }

    private List<String> row(Offer offer) {
        Finding finding = offer.finding();
        boolean none = offer.candidate() == Candidate.NONE;
        return List.of(
                offer.candidate().title(),
                finding.recipe().strength() + (finding.atEdge() ? "*" : ""),
                format("%.4f", finding.loss()),
                task == Task.CLASSIFICATION
                        ? format("%.4f", finding.accuracy())
                        : significant(finding.rootMeanSquare()),
                none ? "" : format("%+.4f", offer.benefit()),
                none ? "" : format("%+.4f", finding.benefit().low()),
                none ? "" : format("%+.4f", finding.benefit().high()),
                none ? "" : pValue(finding.p()),
                none ? "" : format("%+.1f", 100 * offer.overhead().mean()),
                none ? "" : format("%.1f", 100 * offer.overhead().halfWidth()),
                significant(1e3 * offer.secondsToBest()),
                String.join(", ", marks(offer)));
    }

    /** Returns what there is to say of a candidate in a word or two. */
    private List<String> marks(Offer offer) {
        List<String> marks = new ArrayList<>();
        if (offer == choice.offer()) {
            marks.add("CHOSEN");
        }
        if (offer.finding().proven()) {
            marks.add("better");
        }
        if (offer.finding().harmful()) {
            marks.add("worse");
        }
        if (offer.dearStep() && offer.dearTime()) {
            marks.add("dominated");
        }
        return marks;
    }

    static String pValue(double p) {
        return p < 0.001 ? "<0.001" : format("%.3f", p);
    }

    /** Returns a number with three significant digits, without an exponent. */
    static String significant(double value) {
        int digits = value == 0 ? 0 : Math.clamp(2 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 6);
        return format("%." + digits + "f", value);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    /** Returns the table for a terminal: without the p-values, which the last column sums up. */
    String text() {
        int p = header().indexOf(P);
        return TextTable.of(
                without(p, header()),
                rows().stream().map(row -> without(p, row)).toList());
    }

    private static List<String> without(int column, List<String> row) {
        List<String> rest = new ArrayList<>(row);
        rest.remove(column);
        return rest;
    }
}
