package dev.ridgeline.experiments.lambda;

import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.experiments.lambda.LambdaStudy.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of the study as text, for terminal and page: ASCII alone. */
final class LambdaTable {
    static final List<String> SLOPES_HEADER =
            List.of("models", "slope", "95% interval", "scatter", "training sets", "at an edge", "published");

    static final List<String> PREDICTIONS_HEADER =
            List.of("rows", "models", "lambda", "95% prediction interval", "law");

    static final String LEGEND = """
            Best lambda: geometric mean over the training sets; x: one standard error is this factor.
            Where some chose the first or last lambda of the grid, "at edge" says how many; they are left out.
            Scatter: the factor by which the best lambda of one training set is typically off the line.
            """;

    private LambdaTable() {}

    static List<String> pointsHeader() {
        return Stream.concat(Stream.of("rows"), Arrays.stream(Family.values()).map(Family::title))
                .toList();
    }

    /** Returns a row for each number of rows: the best λ of each family. */
    static List<List<String>> points(LambdaStudy study) {
        List<List<Point>> columns =
                Arrays.stream(Family.values()).map(study::points).toList();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < study.plan().rows().size(); i++) {
            List<String> row = new ArrayList<>();
            row.add(String.format(Locale.ROOT, "%,d", study.plan().rows().get(i)));
            for (List<Point> column : columns) {
                row.add(cell(column.get(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String cell(Point point) {
        String edge = point.atEdge() == 0 ? "" : point.atEdge() + " at edge";
        if (point.used() == 0) {
            return edge;
        }
        String error = point.used() < 2 ? "" : " " + factor(Math.exp(point.error()));
        return number(point.lambda()) + error + (edge.isEmpty() ? "" : " " + edge);
    }

    /** Returns a row for each family: its slope beside the published one. */
    static List<List<String>> slopes(LambdaStudy study) {
        List<List<String>> rows = new ArrayList<>();
        for (Family family : Family.values()) {
            List<BestLambda> best = study.best(family, study.plan().grid());
            long atEdge = best.stream().filter(BestLambda::atEdge).count();
            Optional<PowerLaw> law = study.law(family);
            rows.add(List.of(
                    family.title(),
                    law.map(l -> slope(l.slope())).orElse(""),
                    law.map(l -> interval(l.slopeInterval())).orElse("too few within the grid"),
                    law.map(l -> factor(Math.exp(l.deviation()))).orElse(""),
                    Integer.toString(best.size()),
                    Long.toString(atEdge),
                    family.published()));
        }
        return rows;
    }

    /** Returns a row for each number of rows and family of networks: the λ to expect, and what to doubt. */
    static List<List<String>> predictions(Map<Family, PowerLaw> laws, List<Integer> rows) {
        return rows.stream()
                .flatMap(n -> LambdaRun.NETWORKS.stream().map(family -> prediction(family, laws.get(family), n)))
                .toList();
    }

    private static List<String> prediction(Family family, PowerLaw law, int rows) {
        String number = String.format(Locale.ROOT, "%,d", rows);
        if (law == null) {
            return List.of(number, family.title(), "", "", "no law: too few within the grid");
        }
        Interval own = law.prediction(rows);
        String fitted = String.format(Locale.ROOT, "%,.0f to %,.0f rows", law.least(), law.most());
        return List.of(
                number,
                family.title(),
                number(own.mean()),
                number(own.low()) + " to " + number(own.high()),
                (law.extrapolates(rows) ? "extrapolated from " : "fitted to ") + fitted);
    }

    static String slope(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String interval(Interval interval) {
        return "[" + slope(interval.low()) + ", " + slope(interval.high()) + "]";
    }

    static String factor(double value) {
        return String.format(Locale.ROOT, "x%.2f", value);
    }

    /** Returns a λ with three digits. */
    static String number(double lambda) {
        int digits = (int) Math.max(0, 2 - Math.floor(Math.log10(lambda)));
        return String.format(Locale.ROOT, "%." + digits + "f", lambda);
    }
}
