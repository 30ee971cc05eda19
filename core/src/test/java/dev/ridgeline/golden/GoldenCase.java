package dev.ridgeline.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.jr.ob.JSON;

/**
 * One case of a golden file: numbers computed elsewhere in double.
 *
 * @param file the file's name
 * @param index the case's number in it, from 0
 * @param kind what the case is about
 * @param fields its content, as JSON gives it
 */
record GoldenCase(String file, int index, String kind, Map<String, Object> fields) {
    /** Python writes NaN, Infinity and -Infinity as they are. */
    private static final JSON PYTHON = JSON.builder(JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .build();

    /** Reads every *.json below a folder. */
    static List<GoldenCase> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder.toAbsolutePath() + " is no folder; set golden.dir to one with *.json files");
        }
        List<GoldenCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                cases.addAll(read(folder.relativize(file).toString(), Files.readString(file)));
            }
        }
        if (cases.isEmpty()) {
            throw new IOException(
                    folder.toAbsolutePath() + " holds no golden case; set golden.dir to a folder with some");
        }
        return cases;
    }

    private static List<GoldenCase> read(String name, String text) throws IOException {
        Map<String, Object> content = PYTHON.mapFrom(text);
        if (!(content.get("kind") instanceof String kind) || !(content.get("cases") instanceof List<?> list)) {
            throw new IOException(name + ": a golden file is an object with \"kind\" and \"cases\"");
        }
        List<GoldenCase> cases = new ArrayList<>();
        for (Object element : list) {
            cases.add(new GoldenCase(name, cases.size(), kind, object(element)));
        }
        return cases;
    }

    /** Returns file, number and types, for the name of the test. */
    String title() {
        StringBuilder title = new StringBuilder(file + "[" + index + "] " + kind);
        for (String key : List.of("constraint", "layer", "loss", "optimizer", "penalty", "kernelPenalty")) {
            if (fields.get(key) instanceof Map<?, ?> part) {
                title.append(' ').append(part.get("type"));
                if (part.containsKey("function")) {
                    title.append(' ').append(part.get("function"));
                }
            } else if (fields.get(key) instanceof String name) {
                title.append(' ').append(name);
            }
        }
        return title.toString();
    }

    /** Returns a part of the case, or null. */
    Map<String, Object> part(String name) {
        return fields.get(name) == null ? null : object(fields.get(name));
    }

    /** Returns the "type" of a part. */
    String type(String name) {
        return string(part(name), "type");
    }

    /** Returns an array of the case. */
    Values values(String name) {
        return Values.of(fields.get(name), name);
    }

    /** Returns a list of objects of the case. */
    List<Map<String, Object>> parts(String name) {
        return list(fields.get(name)).stream().map(GoldenCase::object).toList();
    }

    int[] labels() {
        return list(fields.get("labels")).stream()
                .mapToInt(label -> ((Number) label).intValue())
                .toArray();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object json) {
        return (List<Object>) json;
    }

    static double number(Map<String, Object> part, String name) {
        if (part.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError("the case has no number " + name + " in " + part.keySet());
    }

    static double number(Map<String, Object> part, String name, double otherwise) {
        return part.get(name) == null ? otherwise : number(part, name);
    }

    static String string(Map<String, Object> part, String name) {
        if (part != null && part.get(name) instanceof String string) {
            return string;
        }
        throw new AssertionError("the case has no text " + name + " in " + (part == null ? "nothing" : part.keySet()));
    }
}
