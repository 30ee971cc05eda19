package dev.ridgeline.report;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** JSON files: maps of strings, numbers, booleans, lists, arrays and maps. */
public final class Json {
    private static final JSON WRITER =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    /**
     * Writes a map, in its own order, indented.
     *
     * @param map the content; a number that is NaN or infinite, which JSON has not, becomes null
     * @return the text, with a line end
     * @throws IllegalArgumentException if a value is of another type than those named above
     */
    public static String write(Map<String, ?> map) {
        return WRITER.asString(plain(map)) + "\n";
    }

    /**
     * Reads a map.
     *
     * @param text what {@link #write} returned, or any other JSON object
     * @return its content, in its order
     * @throws IllegalArgumentException if the text is no whole JSON object
     */
    public static Map<String, Object> read(String text) {
        try {
            return JSON.std.mapFrom(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Json: not a whole JSON object: " + e.getOriginalMessage(), e);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Double d -> Double.isFinite(d) ? d : null;
            case Float f -> Float.isFinite(f) ? f : null;
            case Number n -> n;
            case Boolean b -> b;
            case CharSequence s -> s.toString();
            case Enum<?> e -> e.toString();
            case Map<?, ?> m -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                m.forEach((key, element) -> copy.put(String.valueOf(key), plain(element)));
                yield copy;
            }
            case Iterable<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(plain(element)));
                yield copy;
            }
            case Object array
            when array.getClass().isArray() -> {
                List<Object> copy = new ArrayList<>();
                for (int i = 0; i < Array.getLength(array); i++) {
                    copy.add(plain(Array.get(array, i)));
                }
                yield copy;
            }
            default ->
                throw new IllegalArgumentException(
                        "Json: cannot write a " + value.getClass().getName() + "; turn it into a map first");
        };
    }
}
