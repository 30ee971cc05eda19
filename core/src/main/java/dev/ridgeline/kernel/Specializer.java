package dev.ridgeline.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fusion by specialisation. A loop that calls an interface method per element is fast only while its call site has seen
 * one receiver class. So each combination of loop, penalty class and projection class gets a copy of the loop of its
 * own: the template's bytes, defined once more as a hidden class. Its call sites see one receiver for ever, and the JIT
 * inlines and vectorises them, a user's own class as well as a built-in one.
 */
final class Specializer {
    /** Hidden copies, dropped together with the penalty's class loader. */
    private static final ClassValue<Map<Key, Object>> COPIES = new ClassValue<>() {
        @Override
        protected Map<Key, Object> computeValue(Class<?> penalty) {
            return new ConcurrentHashMap<>();
        }
    };

    private Specializer() {}

    private record Key(Class<?> template, Class<?> projection) {}

    /**
     * Returns the instance of the copy of {@code template} that serves these classes alone.
     *
     * @param type the interface of the loop
     * @param template the loop, a top-level class of this package with a constructor without arguments
     * @param penalty the penalty the loop will be called with
     * @param projection the projection the loop will be called with
     */
    static <T> T specialize(
            Class<T> type, Class<? extends T> template, PenaltyGradient penalty, WeightProjection projection) {
        return type.cast(COPIES.get(penalty.getClass())
                .computeIfAbsent(new Key(template, projection.getClass()), key -> copy(template)));
    }

    private static Object copy(Class<?> template) {
        try (InputStream in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (in == null) {
                throw new IllegalStateException(template.getName()
                        + ": its class file cannot be read as a resource; keep the jar's class files as they are");
            }
            return MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), false)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot specialise " + template.getName(), e);
        }
    }
}
