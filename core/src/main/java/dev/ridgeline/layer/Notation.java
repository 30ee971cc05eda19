package dev.ridgeline.layer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settings as text, in the form in which records print themselves: {@code ElasticNet[l1=0.1, l2=0.01]}. Numbers are
 * written so that they are read back to the same bits. Only the kinds of record that the reader lists are made, by their
 * own constructors, which check the values.
 */
public final class Notation {
    private final Map<String, Class<? extends Record>> kinds;

    /**
     * Makes a notation.
     *
     * @param kinds the records that may be written and read
     */
    public Notation(List<Class<? extends Record>> kinds) {
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));
    }

    /**
     * Writes a record.
     *
     * @param settings a record of a listed kind whose components are numbers, booleans, enum constants or such records; or
     *     an object of another class, which will not be made again
     * @return one line; for another class its full name and, of a record, its text
     */
    public String write(Object settings) {
        Class<?> own = settings.getClass();
        if (kinds.get(own.getSimpleName()) != own) {
            return own.isHidden()
                    ? "a class of the user's own"
                    : own.getName() + (own.isRecord() ? " " + settings : "");
        }
        return Arrays.stream(settings.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + text(component, settings))
                .collect(Collectors.joining(", ", settings.getClass().getSimpleName() + "[", "]"));
    }

    private String text(RecordComponent component, Object settings) {
        try {
            Object value = component.getAccessor().invoke(settings);
            return component.getType().isPrimitive() || component.getType().isEnum()
                    ? value instanceof Enum<?> constant ? constant.name() : String.valueOf(value)
                    : write(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of the library are public", e);
        }
    }

    /**
     * Reads a record.
     *
     * @param <T> the type that is needed
     * @param role the type that is needed: a record, an interface of records, an enum, Double, Integer or Long
     * @param text what {@link #write} wrote, or the constant or number by itself
     * @return the value
     * @throws IllegalArgumentException if the text is not in this notation, its kind is not listed, or the record refuses
     *     its values
     */
    public <T> T read(Class<T> role, String text) {
        Reader reader = new Reader(text);
        Object value = reader.value(role);
        if (reader.at != text.length()) {
            throw reader.error("the end");
        }
        return role.cast(value);
    }

    /** Reads along one line. */
    private final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        IllegalArgumentException error(String expected) {
            return new IllegalArgumentException(
                    "\"" + text + "\" is no settings: expected " + expected + " at character " + at);
        }

        private void take(String sign) {
            if (!text.startsWith(sign, at)) {
                throw error("\"" + sign + "\"");
            }
            at += sign.length();
        }

        private String word() {
            int from = at;
            while (at < text.length() && ",[]=".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private Object value(Class<?> type) {
            String word = word();
            if (type.isPrimitive() || type.isEnum() || Number.class.isAssignableFrom(type)) {
                return constant(type, word);
            }
            Class<? extends Record> kind = kinds.get(word);
            if (kind == null || !type.isAssignableFrom(kind)) {
                throw new IllegalArgumentException("\"" + word + "\" is no " + type.getSimpleName()
                        + " of this release; there are: "
                        + kinds.values().stream()
                                .filter(type::isAssignableFrom)
                                .map(Class::getSimpleName)
                                .sorted()
                                .toList());
            }
            return record(kind);
        }

        private Object constant(Class<?> type, String word) {
            try {
                if (type.isEnum()) {
                    return Arrays.stream(type.getEnumConstants())
                            .filter(constant -> ((Enum<?>) constant).name().equals(word))
                            .findFirst()
                            .orElseThrow(() -> error("one of " + Arrays.toString(type.getEnumConstants())));
                }
                return switch (type.getName()) {
                    case "float" -> Float.valueOf(word);
                    case "double", "java.lang.Double" -> Double.valueOf(word);
                    case "int", "java.lang.Integer" -> Integer.valueOf(word);
                    case "long", "java.lang.Long" -> Long.valueOf(word);
                    case "boolean" -> Boolean.valueOf(word);
                    default -> throw new IllegalStateException("no notation for " + type);
                };
            } catch (NumberFormatException e) {
                throw error("a number before");
            }
        }

        private Object record(Class<? extends Record> kind) {
            RecordComponent[] components = kind.getRecordComponents();
            Object[] values = new Object[components.length];
            take("[");
            for (int i = 0; i < components.length; i++) {
                take((i == 0 ? "" : ", ") + components[i].getName() + "=");
                values[i] = value(components[i].getType());
            }
            take("]");
            try {
                return kind.getDeclaredConstructor(Arrays.stream(components)
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new))
                        .newInstance(values);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the records of the library are public", e);
            }
        }
    }
}
