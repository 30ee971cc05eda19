package dev.ridgeline.bench;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** A class of the user's, by its name. */
final class OwnClass {
    private OwnClass() {}

    /**
     * Makes an object of a class.
     *
     * @param name the full name of the class
     * @return what its public constructor without arguments makes; nothing if the name has no dot and there is no such
     *     class, for then it may be meant as another name
     * @throws UnknownNameException if the name has a dot and there is no such class on the class path
     * @throws IllegalArgumentException if the class cannot be made
     */
    static Optional<Object> make(String name) {
        Class<?> type;
        try {
            type = Class.forName(name);
        } catch (ClassNotFoundException | LinkageError e) { // the latter where a file system does not tell L1 from l1
            if (name.contains(".")) {
                throw new UnknownNameException(
                        "Unknown regularizer \"" + name + "\": there is no such class on the class"
                                + " path; start with java -cp ridgeline.jar" + File.pathSeparator
                                + "FOLDER dev.ridgeline.launch.Launch, where FOLDER has it");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(type.getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "Regularizer \"" + name + "\": its constructor throws " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "Regularizer \"" + name
                            + "\": it cannot be made; give it a public constructor without arguments, and"
                            + " make the class public",
                    e);
        }
    }
}
