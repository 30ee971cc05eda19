package dev.ridgeline.report;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** JSON files: maps of strings, numbers, booleans, lists, arrays and maps. */
public final class Json {
    private static final JSON WRITER =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES);

    private static final JSON LINE_WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    /**
     * Writes a map, in its own order, indented.
     *
     * @param map the content; a number that is NaN or infinite, which JSON has not, becomes null
     * @return the text, with a line end
     * @throws IllegalArgumentException if a value is of another type than those named above
     */
    public static String write(Map<String, ?> map) {
        return WRITER.asString(plain(map, d -> null)) + "\n";
    }

    /**
     * Writes a map on one line, so that nothing is lost: numbers that are NaN or infinite, which JSON has not, become their
     * names as strings; {@link #number} reads both.
     *
     * @param map the content
     * @return the text, without a line end
     * @throws IllegalArgumentException if a value is of another type than those named above
     */
    public static String line(Map<String, ?> map) {
        return LINE_WRITER.asString(plain(map, Json::named));
    }

    /**
     * Reads a number.
     *
     * @param value a number or the name of one, as {@link #read} found it
     * @return the number
     * @throws ClassCastException if it is neither
     * @throws NumberFormatException if it is another string
     */
    public static double number(Object value) {
        return value instanceof String name ? Double.parseDouble(name) : ((Number) value).doubleValue();
    }

    /**
     * Reads a list of numbers.
     *
     * @param list numbers or the names of some, as {@link #read} found them
     * @return the numbers
     * @throws ClassCastException if it is no list, or holds anything else
     * @throws NumberFormatException if it holds another string
     */
    public static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(Json::number).toArray();
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

    /**
     * Reads an array.
     *
     * @param text a JSON array
     * @return its elements, each as {@link #read} would have found it in a map
     * @throws IllegalArgumentException if the text is no whole JSON array
     */
    public static List<Object> readList(String text) {
        try {
            return JSON.std.listFrom(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Json: not a whole JSON array: " + e.getOriginalMessage(), e);
        }
    }

    private static Object named(double notFinite) {
        return Double.toString(notFinite);
    }

    private static Object plain(Object value, DoubleFunction<Object> notFinite) {
        return switch (value) {
            case null -> null;
            case Double d -> Double.isFinite(d) ? d : notFinite.apply(d);
            case Float f -> Float.isFinite(f) ? f : notFinite.apply(f);
            case Number n -> n;
            case Boolean b -> b;
            case CharSequence s -> s.toString();
            case Enum<?> e -> e.toString();
            case Map<?, ?> m -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                m.forEach((key, element) -> copy.put(String.valueOf(key), plain(element, notFinite)));
                yield copy;
            }
            case Iterable<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(plain(element, notFinite)));
                yield copy;
            }
            case Object array
            when array.getClass().isArray() -> {
                List<Object> copy = new ArrayList<>();
                for (int i = 0; i < Array.getLength(array); i++) {
                    copy.add(plain(Array.get(array, i), notFinite));
                }
                yield copy;
            }
            default ->
                throw new IllegalArgumentException(
                        "Json: cannot write a " + value.getClass().getName() + "; turn it into a map first");
        };
    }
}
