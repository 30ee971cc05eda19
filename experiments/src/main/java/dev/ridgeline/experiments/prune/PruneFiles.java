package dev.ridgeline.experiments.prune;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ridgeline.experiments.study.TrainedModel;
import dev.ridgeline.report.Environment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The study's files of numbers, beside the history of the whole models. */
final class PruneFiles {
    private PruneFiles() {}

    /** Returns the content of {@code result.json}. */
    static Map<String, Object> result(PruneStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "prune");
        result.put("seed", study.seed());
        result.put("digest", study.digest());
        result.put("environment", environment.toMap());
        result.put("configuration", study.plan().toMap());
        result.put("models", study.whole().stream().map(TrainedModel::toMap).toList());
        result.put(
                "pruned",
                PruneStudy.lines(study.plan()).stream()
                        .map(line -> line(study, line))
                        .toList());
        return result;
    }

    private static Map<String, Object> line(PruneStudy study, PruneStudy.Line line) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("data", line.data().title());
        map.put("method", line.method().title());
        map.put("retrained", line.retrained());
        map.put("weightsNeeded", study.needed(line).weights());
        map.put("overMagnitude", study.overMagnitude(line).toMap());
        map.put("levels", study.levels(line).stream().map(PruneFiles::level).toList());
        return map;
    }

    private static Map<String, Object> level(PruneStudy.Level level) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("left", level.left());
        map.put("weights", level.weights());
        map.put("accuracy", level.accuracy().toMap());
        return map;
    }

    /** Returns the content of {@code pruning.csv}: a line for each model and removal. */
    static String removals(List<PrunedModel> models) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord("data", "method", "retrained", "seed", "weights", "testLoss", "testAccuracy");
            for (PrunedModel model : models) {
                for (PrunedModel.Point point : model.points()) {
                    csv.writeRecord(
                            model.data().title(),
                            model.method().title(),
                            Boolean.toString(model.retrained()),
                            Long.toString(model.seed()),
                            Integer.toString(point.weights()),
                            Double.toString(point.loss()),
                            Double.toString(point.accuracy()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
