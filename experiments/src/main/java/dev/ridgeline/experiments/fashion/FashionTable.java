package dev.ridgeline.experiments.fashion;

import dev.ridgeline.experiments.study.Distribution;
import dev.ridgeline.experiments.study.TextTable;
import dev.ridgeline.train.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The table of the study: what each model makes of the test images, over the seeds.
 *
 * @param study the results
 */
record FashionTable(FashionStudy study) {
    List<String> header() {
        boolean repeated = study.plan().seeds().length > 1;
        List<String> header = new ArrayList<>(List.of("model", "parameters", "epochs", "seconds"));
        for (String figure : List.of("accuracy", "loss")) {
            header.add("test " + figure);
            if (repeated) {
                header.add(figure + " sd");
            }
        }
        if (study.isPublished()) {
            header.addAll(List.of("accuracy in Keras", "loss in Keras"));
        }
        return header;
    }

    List<List<String>> rows() {
        return Arrays.stream(FashionModel.values()).map(this::row).toList();
    }

    private List<String> row(FashionModel kind) {
        List<FashionRun> runs = study.runs(kind);
        List<String> row = new ArrayList<>();
        row.add(kind.title());
        row.add(String.format(Locale.ROOT, "%,d", runs.getFirst().trained().parameters()));
        row.add(epochs(runs));
        double seconds =
                runs.stream().mapToDouble(run -> run.trained().seconds()).sum() / runs.size();
        row.add(String.format(Locale.ROOT, "%.2f", seconds));
        for (Distribution figure : List.of(study.accuracy(kind), study.loss(kind))) {
            row.add(fraction(figure.mean()));
            if (runs.size() > 1) {
                row.add(fraction(figure.deviation()));
            }
        }
        if (study.isPublished()) {
            row.add(published(kind, Evaluation::accuracy));
            row.add(published(kind, Evaluation::loss));
        }
        return row;
    }

    private static String epochs(List<FashionRun> runs) {
        int[] sorted = runs.stream()
                .flatMapToInt(run -> IntStream.of(run.trained().epochs()))
                .sorted()
                .toArray();
        int least = sorted[0];
        int most = sorted[sorted.length - 1];
        return least == most ? Integer.toString(least) : least + "-" + most;
    }

    private static String published(FashionModel kind, Function<Evaluation, Double> figure) {
        return kind.published().map(figure).map(FashionTable::fraction).orElse("");
    }

    static String fraction(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns the table for a terminal. */
    String text() {
        return TextTable.of(header(), rows());
    }
}
