package dev.ridgeline.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden test can fail: a wrong number, a missing one and a typo each make it. */
class GoldenChecksTest {
    /** What the cases of a kind expect. */
    private static final Map<String, List<String>> EXPECTED = Map.of(
            "penalty", List.of("value", "gradient"),
            "constraint", List.of("result"),
            "optimizer", List.of("w"),
            "loss", List.of("value", "gradient"),
            "layer", List.of("y", "dx", "gradients", "after"),
            "training", List.of("dataAndTotalLoss", "final"),
            "earlystopping", List.of("stoppedAtEpoch", "restoredEpoch"),
            "logistic", List.of("coef", "intercept"),
            "tikhonov", List.of("value", "gradients"));

    /** How far off a number may be. */
    private static final Map<String, Double> TOLERANCE = Map.of(
            "penalty",
            1e-6,
            "constraint",
            1e-6,
            "optimizer",
            1e-5,
            "loss",
            1e-5,
            "layer",
            1e-5,
            "training",
            1e-3,
            "earlystopping",
            1e-6,
            "logistic",
            1e-4,
            "tikhonov",
            1e-5);

    /** Replaces the number of largest magnitude in some JSON. */
    private interface Change {
        double apply(double number);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aWrongNumberFails(GoldenCase golden) {
        double tolerance = TOLERANCE.get(golden.kind());
        for (String key : EXPECTED.get(golden.kind())) {
            if (largest(golden.fields().get(key)) > 1e-20) {
                double change = 2 * tolerance * scale(golden, key);
                fails(golden, key, number -> number * (1 + change));
                fails(golden, key, number -> number * (1 - change));
                fails(golden, key, number -> -number);
                fails(golden, key, number -> Double.NaN);
            }
        }
    }

    /** An intercept is compared on the scale of the coefficients. */
    private static double scale(GoldenCase golden, String key) {
        return key.equals("intercept")
                ? largest(golden.fields().get("coef")) / largest(golden.fields().get(key))
                : 1;
    }

    private static void fails(GoldenCase golden, String key, Change change) {
        double largest = largest(golden.fields().get(key));
        Map<String, Object> fields = new LinkedHashMap<>(golden.fields());
        fields.put(key, changed(fields.get(key), largest, change));
        GoldenCase wrong = new GoldenCase(golden.file(), golden.index(), golden.kind(), fields);
        assertThrows(AssertionError.class, () -> GoldenChecks.check(wrong), () -> golden.title() + ": " + key);
    }

    static Stream<Named<GoldenCase>> cases() throws IOException, URISyntaxException {
        return GoldenTest.resources().stream().map(golden -> Named.of(golden.title(), golden));
    }

    @Test
    void everyTypeIsAmongTheCases() throws IOException, URISyntaxException {
        List<String> titles = cases().map(Named::getName).toList();
        for (String type : List.of(
                "penalty none",
                "penalty L1",
                "penalty L2",
                "penalty ElasticNet",
                "penalty WeightElimination",
                "constraint MaxNorm",
                "constraint MaxWeight",
                "constraint NonNegative",
                "constraint UnitNorm",
                "optimizer Sgd",
                "optimizer Adam none",
                "optimizer AdamW",
                "optimizer RmsProp",
                "optimizer Sgd ProximalL1",
                "loss SoftmaxCrossEntropy",
                "loss BinaryCrossEntropy",
                "loss MeanSquaredError",
                "layer Dense",
                "layer Activation",
                "layer BatchNorm",
                "layer LayerNorm",
                "layer InstanceNorm",
                "layer GroupNorm",
                "layer Conv1D",
                "layer Conv2D",
                "layer Conv3D",
                "layer MaxPool2D",
                "layer AveragePool2D",
                "training Sgd",
                "training Adam",
                "earlystopping",
                "logistic l1",
                "logistic l2",
                "logistic elasticnet",
                "tikhonov")) {
            assertTrue(titles.stream().anyMatch(title -> title.contains(type)), () -> type + " in " + titles);
        }
    }

    @Test
    void labelSmoothingIsAmongTheCases() throws IOException, URISyntaxException {
        assertTrue(cases().map(named -> named.getPayload().fields().get("loss"))
                .anyMatch(loss -> loss instanceof Map<?, ?> part
                        && part.get("labelSmoothing") instanceof Number smoothing
                        && smoothing.doubleValue() > 0));
    }

    @Test
    void aTypoFails() {
        for (GoldenCase typo : List.of(
                new GoldenCase("x.json", 0, "penalties", Map.of()),
                new GoldenCase("x.json", 0, "layer", Map.of("layer", Map.of("type", "Dens"))),
                new GoldenCase("x.json", 0, "penalty", Map.of("penalty", Map.of("type", "L3"))),
                new GoldenCase("x.json", 0, "constraint", Map.of("constraint", Map.of("type", "Maxnorm"))),
                new GoldenCase("x.json", 0, "loss", Map.of("loss", Map.of("type", "Hinge"), "logits", array(1, 1))),
                new GoldenCase(
                        "x.json",
                        0,
                        "optimizer",
                        Map.of("penalty", Map.of("type", "none"), "optimizer", Map.of("type", "SGD"))))) {
            AssertionError error = assertThrows(AssertionError.class, () -> GoldenChecks.check(typo));
            assertTrue(error.getMessage().startsWith("unknown "), error::getMessage);
        }
    }

    @Test
    void aMissingNumberFails() {
        GoldenCase incomplete = new GoldenCase("x.json", 0, "penalty", Map.of("penalty", Map.of("type", "L1")));
        AssertionError error = assertThrows(AssertionError.class, () -> GoldenChecks.check(incomplete));
        assertTrue(error.getMessage().contains("lambda"), error::getMessage);
    }

    /** None and an epoch are not the same. */
    @Test
    void aWrongEpochFails() {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("mode", "max", "patience", 1, "minDelta", 0.5));
        fields.putAll(Map.of("startFromEpoch", 0, "restoreBestWeights", true, "values", List.of(1, 1.75, 2)));
        fields.putAll(Map.of("stoppedAtEpoch", 2, "restoredEpoch", 1));
        GoldenChecks.check(new GoldenCase("x.json", 0, "earlystopping", fields));
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(
                Map.entry("stoppedAtEpoch", 1),
                Map.entry("restoredEpoch", 0),
                Map.entry("mode", "min"),
                Map.entry("mode", "maximum"))) {
            Map<String, Object> changed = new LinkedHashMap<>(fields);
            changed.put(wrong.getKey(), wrong.getValue());
            GoldenCase golden = new GoldenCase("x.json", 0, "earlystopping", changed);
            assertThrows(AssertionError.class, () -> GoldenChecks.check(golden), wrong::toString);
        }
        for (String epoch : List.of("stoppedAtEpoch", "restoredEpoch")) {
            Map<String, Object> none = new LinkedHashMap<>(fields);
            none.put(epoch, null);
            GoldenCase golden = new GoldenCase("x.json", 0, "earlystopping", none);
            assertThrows(AssertionError.class, () -> GoldenChecks.check(golden), epoch);
            none.remove(epoch);
            assertThrows(AssertionError.class, () -> GoldenChecks.check(golden), epoch);
        }
    }

    @Test
    void aFolderIsReadToItsLeaves(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/more.json"), """
                {"kind": "penalty", "cases": [{"penalty": {"type": "L2", "lambda": 0.5},
                 "w": {"shape": [2], "data": [1, -2]}, "value": 1.25, "gradient": {"shape": [2], "data": [0.5, -1]}}]}
                """);
        Files.writeString(folder.resolve("a/notes.txt"), "no case");
        List<GoldenCase> cases = GoldenCase.below(folder);
        assertEquals(1, cases.size());
        assertEquals(
                Path.of("a/b/more.json") + "[0] penalty L2", cases.getFirst().title());
        GoldenChecks.check(cases.getFirst());
    }

    @Test
    void nanAndInfinityAreValues(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("stopping.json"), """
                {"kind": "earlystopping", "cases": [{"mode": "min", "patience": 2, "minDelta": 0, "startFromEpoch": 0,
                 "restoreBestWeights": true, "values": [Infinity, 1, NaN, Infinity, -Infinity],
                 "stoppedAtEpoch": 3, "restoredEpoch": 1}]}
                """);
        GoldenChecks.check(GoldenCase.below(folder).getFirst());
    }

    @Test
    void aFolderWithoutCasesFails(@TempDir Path folder) {
        assertTrue(assertThrows(IOException.class, () -> GoldenCase.below(folder))
                .getMessage()
                .contains("golden.dir"));
        assertTrue(assertThrows(IOException.class, () -> GoldenCase.below(folder.resolve("absent")))
                .getMessage()
                .contains("golden.dir"));
    }

    private static Map<String, Object> array(int rows, int columns) {
        return Map.of("shape", List.of(rows, columns), "data", new ArrayList<>(List.of(0.5)));
    }

    /** Returns the largest magnitude below a node; shapes are no numbers to change. */
    private static double largest(Object json) {
        if (json instanceof Number number) {
            return Math.abs(number.doubleValue());
        }
        double largest = 0;
        for (Object child : children(json)) {
            largest = Math.max(largest, largest(child));
        }
        return largest;
    }

    private static List<Object> children(Object json) {
        if (json instanceof Map<?, ?> map) {
            List<Object> children = new ArrayList<>();
            map.forEach((key, value) -> {
                if (!key.equals("shape")) {
                    children.add(value);
                }
            });
            return children;
        }
        return json instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    private static Object changed(Object json, double largest, Change change) {
        if (json instanceof Number number) {
            double value = number.doubleValue();
            return Math.abs(value) == largest ? change.apply(value) : value;
        }
        if (json instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.replaceAll((key, value) -> key.equals("shape") ? value : changed(value, largest, change));
            return copy;
        }
        if (json instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list);
            copy.replaceAll(value -> changed(value, largest, change));
            return copy;
        }
        return json;
    }
}
