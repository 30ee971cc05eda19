package dev.ridgeline.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks things up by name and, where there is none of that name, offers the nearest ones. */
public final class Names {
    private static final int OFFERED = 2;

    private Names() {}

    /** Returns the values by their names, in the order given. */
    @SafeVarargs
    static <V> SequencedMap<String, V> byName(Function<V, String> name, V... values) {
        SequencedMap<String, V> map = new LinkedHashMap<>();
        for (V value : values) {
            map.put(name.apply(value), value);
        }
        return map;
    }

    /**
     * Returns the value of a name.
     *
     * @param <V> what has names
     * @param kind what it is, for the message
     * @param name the name
     * @param values all that there is, by name
     * @return the value
     * @throws UnknownNameException if there is none of that name
     */
    public static <V> V find(String kind, String name, Map<String, V> values) {
        V value = values.get(name);
        if (value == null) {
            String offer = nearest(name, values.keySet()).stream()
                    .map(known -> "\"" + known + "\"")
                    .collect(Collectors.joining(" or "));
            throw new UnknownNameException("Unknown " + kind + " \"" + name + "\": did you mean " + offer
                    + "? There are: " + String.join(", ", values.keySet()));
        }
        return value;
    }

    /**
     * Returns the names that differ in the fewest letters, upper and lower case being the same.
     *
     * @param name a name that is not among them
     * @param names the names that there are
     * @return two of them, or the only one, nearest first
     */
    public static List<String> nearest(String name, Collection<String> names) {
        String lower = name.toLowerCase(Locale.ROOT);
        return names.stream()
                .sorted(Comparator.comparingInt(known -> distance(lower, known.toLowerCase(Locale.ROOT))))
                .limit(OFFERED)
                .toList();
    }

    /** The number of letters to insert, delete or replace (Levenshtein, 1966), one row of the table at a time. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
