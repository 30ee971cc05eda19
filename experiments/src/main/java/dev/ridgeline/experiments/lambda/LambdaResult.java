package dev.ridgeline.experiments.lambda;

import dev.ridgeline.experiments.study.CsvText;
import dev.ridgeline.report.Environment;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.OutputFolder;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The study's files of numbers: {@value #FILE}, {@value #POINTS} and {@value #LOSSES}. */
final class LambdaResult {
    static final String FILE = "result.json";
    static final String POINTS = "lambda-by-rows.csv";
    static final String LOSSES = "validation-losses.csv";

    private LambdaResult() {}

    /** Returns the content of {@value #FILE}. */
    static Map<String, Object> toMap(LambdaStudy study, Environment environment) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", "lambda");
        result.put("seed", study.seed());
        result.put("digest", study.digest());
        result.put("environment", environment.toMap());
        result.put("configuration", configuration(study.seed(), study.plan()));
        result.put("networks", study.networks());
        result.put("seconds", study.seconds());
        result.put(
                "models",
                List.of(Family.values()).stream().map(f -> model(study, f)).toList());
        return result;
    }

    private static Map<String, Object> configuration(long seed, LambdaPlan plan) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("seed", seed);
        map.putAll(plan.toMap());
        return map;
    }

    private static Map<String, Object> model(LambdaStudy study, Family family) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", family.title());
        boolean network = family != Family.RIDGE;
        map.put(
                "parameters",
                network ? Perceptrons.parameters(GaussianClasses.FEATURES, LambdaRun.HIDDEN) : RidgeControl.INPUTS);
        map.put("epochs", network ? study.plan().epochs() : 0);
        map.put("published", family.published());
        map.put("law", study.law(family).map(LambdaResult::law).orElse(null));
        map.put("points", study.points(family).stream().map(LambdaResult::point).toList());
        return map;
    }

    private static Map<String, Object> law(PowerLaw law) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("slope", law.slope());
        map.put("low", law.slopeInterval().low());
        map.put("high", law.slopeInterval().high());
        map.put("points", law.points());
        map.put("centre", law.centre());
        map.put("spread", law.spread());
        map.put("height", law.height());
        map.put("deviation", law.deviation());
        map.put("least", law.least());
        map.put("most", law.most());
        return map;
    }

    private static Map<String, Object> point(LambdaStudy.Point point) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows", point.rows());
        map.put("lambda", point.lambda());
        map.put("errorOfLog", point.error());
        map.put("used", point.used());
        map.put("atEdge", point.atEdge());
        return map;
    }

    /**
     * Returns the laws that a finished study of the same configuration has left in a folder, or nothing if there is none.
     *
     * @param folder where it wrote
     * @param seed its first seed
     * @param plan what it varied
     */
    static Optional<Map<Family, PowerLaw>> laws(OutputFolder folder, long seed, LambdaPlan plan) {
        return folder.read(FILE).flatMap(text -> laws(text, seed, plan));
    }

    private static Optional<Map<Family, PowerLaw>> laws(String text, long seed, LambdaPlan plan) {
        try {
            Map<String, Object> result = Json.read(text);
            Object same = Json.read(Json.line(configuration(seed, plan)));
            if (!"lambda".equals(result.get("command")) || !same.equals(result.get("configuration"))) {
                return Optional.empty();
            }
            Map<Family, PowerLaw> laws = new EnumMap<>(Family.class);
            List<?> models = (List<?>) result.get("models");
            for (Family family : Family.values()) {
                if (((Map<?, ?>) models.get(family.ordinal())).get("law") instanceof Map<?, ?> law) {
                    laws.put(family, law(law));
                }
            }
            return Optional.of(laws);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            return Optional.empty(); // a file of another hand: the study will replace it
        }
    }

    private static PowerLaw law(Map<?, ?> map) {
        return new PowerLaw(
                ((Number) map.get("points")).intValue(),
                Json.number(map.get("centre")),
                Json.number(map.get("spread")),
                Json.number(map.get("height")),
                Json.number(map.get("slope")),
                Json.number(map.get("deviation")),
                Json.number(map.get("least")),
                Json.number(map.get("most")));
    }

    /** Returns the content of {@value #POINTS}. */
    static String points(LambdaStudy study) {
        return CsvText.of(csv -> {
            csv.writeRecord("models", "rows", "lambda", "errorOfLog", "trainingSets", "atEdge");
            for (Family family : Family.values()) {
                for (LambdaStudy.Point point : study.points(family)) {
                    csv.writeRecord(
                            family.title(),
                            Integer.toString(point.rows()),
                            number(point.lambda()),
                            number(point.error()),
                            Integer.toString(point.used()),
                            Integer.toString(point.atEdge()));
                }
            }
        });
    }

    /** Returns the content of {@value #LOSSES}. */
    static String losses(LambdaStudy study) {
        double[] grid = study.plan().grid().lambdas();
        return CsvText.of(csv -> {
            csv.writeRecord("models", "rows", "seed", "lambda", "validationLoss");
            for (Family family : Family.values()) {
                for (LambdaRun run : study.runs()) {
                    for (int i = 0; i < grid.length; i++) {
                        csv.writeRecord(
                                family.title(),
                                Integer.toString(run.rows()),
                                Long.toString(run.seed()),
                                Double.toString(grid[i]),
                                Double.toString(run.losses().get(family)[i]));
                    }
                }
            }
        });
    }

    /** What is not there is left empty. */
    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
