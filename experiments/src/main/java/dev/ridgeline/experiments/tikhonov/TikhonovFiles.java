package dev.ridgeline.experiments.tikhonov;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ridgeline.bench.cost.Interval;
import dev.ridgeline.report.Environment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The study's files of numbers, beside the history of the curves that are shown. */
final class TikhonovFiles {
    private TikhonovFiles() {}

    /** Returns the content of {@code result.json}. */
    static Map<String, Object> result(TikhonovStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "tikhonov");
        result.put("seed", study.seed());
        result.put("digest", study.fits().digest());
        result.put("environment", environment.toMap());
        result.put("configuration", study.plan().toMap());
        result.put(
                "models",
                study.curves().stream().map(curve -> curve.model().toMap()).toList());
        result.put(
                "regularizers",
                Arrays.stream(Smoothing.values())
                        .map(smoothing -> regularizer(study.fits(), smoothing))
                        .toList());
        return result;
    }

    private static Map<String, Object> regularizer(Fits fits, Smoothing smoothing) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", smoothing.title());
        map.put("bestLambda", fits.best(smoothing));
        map.put("atEdge", fits.atEdge(smoothing));
        map.put("trueError", mean(fits.chosenErrors(smoothing)));
        map.put("lessThanWithout", mean(fits.gains(smoothing, Smoothing.NONE)));
        map.put(
                "lambdas",
                smoothing.lambdas().stream()
                        .map(lambda -> lambda(fits, smoothing, lambda))
                        .toList());
        return map;
    }

    private static Map<String, Object> lambda(Fits fits, Smoothing smoothing, double lambda) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("lambda", lambda);
        map.put("trainError", mean(fits.numbers(smoothing, lambda, Fit::trainError)));
        map.put("trueError", mean(fits.numbers(smoothing, lambda, Fit::trueError)));
        return map;
    }

    /** A mean with the ends of its 95 % interval; of a single value they are null. */
    private static Map<String, Object> mean(double[] values) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", TikhonovTable.mean(values));
        Interval interval = values.length < 2 ? null : Interval.of(values);
        map.put("low", interval == null ? null : interval.low());
        map.put("high", interval == null ? null : interval.high());
        return map;
    }

    /** Returns the content of {@code errors.csv}: a line for each fit. */
    static String errors(Fits fits) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord("regularizer", "lambda", "seed", "trainError", "trueError");
            for (Fit fit : fits.all()) {
                csv.writeRecord(List.of(
                        fit.smoothing().title(),
                        Double.toString(fit.lambda()),
                        Long.toString(fit.seed()),
                        Double.toString(fit.trainError()),
                        Double.toString(fit.trueError())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
