package dev.ridgeline.experiments.linear;

import dev.ridgeline.experiments.study.CsvText;
import dev.ridgeline.report.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The study as data: {@code result.json}, {@code history.csv} and {@code path.csv}. */
final class LinearFiles {
    private LinearFiles() {}

    /** Returns the content of {@code result.json}: of each penalty the chosen models, the first split's in full. */
    static Map<String, Object> result(LinearStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "linear");
        result.put("seed", study.seed());
        result.put("digest", study.digest());
        result.put("environment", environment.toMap());
        result.put("data", study.rows().name());
        result.put("features", study.rows().features());
        result.put("classes", study.rows().classes());
        result.put("notes", study.rows().notes());
        result.put("settings", study.settings().toMap());
        List<Map<String, Object>> models = new ArrayList<>();
        for (LinearPenalty penalty : LinearPenalty.values()) {
            models.add(model(study, penalty));
        }
        result.put("models", models);
        return result;
    }

    private static Map<String, Object> model(LinearStudy study, LinearPenalty penalty) {
        PenaltyPath first = study.path(penalty, 0);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", penalty.title());
        map.put("parameters", study.coefficients() + study.outputs().size());
        map.put("epochs", null); // the solver's iterations are none
        map.put("seconds", Math.round(first.seconds() * 1e3) / 1e3);
        map.put(
                "trainAccuracy",
                study.distribution(penalty, p -> p.train().accuracy()).mean());
        map.put(
                "validationAccuracy",
                study.distribution(penalty, p -> p.validation().accuracy()).mean());
        map.put("trainLoss", study.distribution(penalty, p -> p.train().loss()).mean());
        map.put(
                "validationLoss",
                study.distribution(penalty, p -> p.validation().loss()).mean());
        map.put("exactZeros", study.distribution(penalty, PathPoint::exactZeros).mean());
        map.put("largestViolation", study.largestViolation(penalty));
        map.put("lambdaAtEdge", first.atEdge());
        map.put("chosen", first.chosen().toMap());
        List<Map<String, Object>> splits = new ArrayList<>();
        for (int split = 0; split < study.settings().seeds(); split++) {
            PathPoint chosen = study.path(penalty, split).chosen();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("seed", study.path(penalty, split).seed());
            line.put("lambda", chosen.lambda());
            line.put("exactZeros", chosen.exactZeros());
            line.put("trainAccuracy", chosen.train().accuracy());
            line.put("validationAccuracy", chosen.validation().accuracy());
            line.put("trainLoss", chosen.train().loss());
            line.put("validationLoss", chosen.validation().loss());
            splits.add(line);
        }
        map.put("splits", splits);
        return map;
    }

    /** Returns the content of {@code history.csv}: a line for each λ of each path. */
    static String history(LinearStudy study) {
        return CsvText.of(csv -> {
            csv.writeRecord(
                    "model",
                    "seed",
                    "lambda",
                    "trainLoss",
                    "trainAccuracy",
                    "validationLoss",
                    "validationAccuracy",
                    "crossValidationLoss",
                    "crossValidationError",
                    "exactZeros",
                    "violation");
            for (PenaltyPath path : study.paths()) {
                for (PathPoint point : path.points()) {
                    csv.writeRecord(
                            path.penalty().title(),
                            Long.toString(path.seed()),
                            Double.toString(point.lambda()),
                            Double.toString(point.train().loss()),
                            Double.toString(point.train().accuracy()),
                            Double.toString(point.validation().loss()),
                            Double.toString(point.validation().accuracy()),
                            Double.toString(point.crossValidationLoss()),
                            Double.toString(point.crossValidationError()),
                            Integer.toString(point.exactZeros()),
                            Double.toString(point.violation()));
                }
            }
        });
    }

    /** Returns the content of {@code path.csv}: a line for each coefficient of each λ of the first split. */
    static String path(LinearStudy study) {
        return CsvText.of(csv -> {
            csv.writeRecord("model", "lambda", "class", "feature", "coefficient");
            for (LinearPenalty penalty : LinearPenalty.values()) {
                for (PathPoint point : study.path(penalty, 0).points()) {
                    String lambda = Double.toString(point.lambda());
                    for (int i = 0; i < point.coefficients().length; i++) {
                        csv.writeRecord(
                                penalty.title(),
                                lambda,
                                study.outputOf(i),
                                study.featureOf(i),
                                Double.toString(point.coefficients()[i]));
                    }
                    for (int k = 0; k < point.intercepts().length; k++) {
                        csv.writeRecord(
                                penalty.title(),
                                lambda,
                                study.outputs().get(k),
                                "(intercept)",
                                Double.toString(point.intercepts()[k]));
                    }
                }
            }
        });
    }
}
