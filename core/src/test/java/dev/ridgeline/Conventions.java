package dev.ridgeline;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what breaks a convention in a compiled class or a text; each finding is a line that says what and where. */
final class Conventions {
    /** Which rooms of core a room may refer to, itself aside. */
    static final Map<String, Set<String>> BORDERS = Map.of(
            "kernel", Set.of(),
            "regularizer", Set.of("kernel"),
            "schedule", Set.of(),
            "layer", Set.of("kernel", "regularizer", "schedule"),
            "optimizer", Set.of("kernel", "layer", "regularizer", "schedule"),
            "data", Set.of("kernel"),
            "linear", Set.of("data", "regularizer"),
            "train", Set.of("kernel", "regularizer", "schedule", "layer", "optimizer", "data"),
            "prune", Set.of("kernel", "regularizer", "schedule", "layer", "optimizer", "data", "train"));

    static final int LONGEST_FILE = 600;

    private static final String ROOMS = "dev/ridgeline/";
    private static final String VECTOR_API = "jdk/incubator/vector/";
    private static final String NO_CONSTANT = "an operator that is no constant";

    /** The only reductions whose result does not depend on the order of the lanes. */
    private static final Set<String> ORDERLESS = Set.of("MIN", "MAX", "AND", "OR", "XOR", "UMIN", "UMAX");

    /** Functions that are approximated: the bits depend on the width, the machine or the compiler. */
    private static final Set<String> APPROXIMATED = Set.of(
            "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "ATAN2", "SINH", "COSH", "TANH", "EXP", "EXPM1", "LOG",
            "LOG10", "LOG1P", "POW", "CBRT", "HYPOT");

    private static final Set<String> BOXES = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double");

    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L((?:\\w+/)+[\\w$]+)[;<]");

    /** Spelled in halves, or this file would be found. */
    private static final Pattern MARKER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    private Conventions() {}

    /** Only the room of the kernels knows the Vector API. */
    static List<String> vectorOutsideKernels(ClassModel type) {
        return packageOf(name(type)).equals(ROOMS + "kernel/")
                ? List.of()
                : findings(type, "refers to", referred(type, name -> name.startsWith(VECTOR_API)));
    }

    /** Nobody needs the module's flag to compile against an exported class. */
    static List<String> vectorInSignature(ClassModel type) {
        if (!type.flags().has(AccessFlag.PUBLIC)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Stream<String> supertypes = Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(ClassEntry::asInternalName);
        Stream.concat(supertypes, signature(type.findAttribute(Attributes.signature())))
                .filter(text -> text.contains(VECTOR_API))
                .forEach(text -> found.add("declares " + text));
        type.fields().stream()
                .filter(field ->
                        field.flags().has(AccessFlag.PUBLIC) || field.flags().has(AccessFlag.PROTECTED))
                .filter(field -> Stream.concat(
                                Stream.of(field.fieldType().stringValue()),
                                signature(field.findAttribute(Attributes.signature())))
                        .anyMatch(text -> text.contains(VECTOR_API)))
                .forEach(field -> found.add("exports the field " + field.fieldName()));
        type.methods().stream()
                .filter(method ->
                        method.flags().has(AccessFlag.PUBLIC) || method.flags().has(AccessFlag.PROTECTED))
                .filter(method -> Stream.concat(
                                Stream.of(method.methodType().stringValue()),
                                signature(method.findAttribute(Attributes.signature())))
                        .anyMatch(text -> text.contains(VECTOR_API)))
                .forEach(method -> found.add("exports the method " + method.methodName()));
        return findings(type, "shows the Vector API:", found);
    }

    /** A sum or product over lanes has no defined order, and approximated functions no defined bits. */
    static List<String> undefinedBits(ClassModel type) {
        List<String> found = new ArrayList<>();
        type.methods()
                .forEach(method -> method.code()
                        .ifPresent(code -> undefinedOperators(code)
                                .forEach(call -> found.add(
                                        call + " in " + method.methodName().stringValue()))));
        memberReferences(type)
                .filter(member -> member.owner().asInternalName().equals("java/lang/Math")
                        && APPROXIMATED.contains(member.name().stringValue().toUpperCase(Locale.ROOT)))
                .forEach(member -> found.add("Math." + member.name().stringValue()));
        return findings(type, "has undefined bits:", found);
    }

    private static List<String> undefinedOperators(CodeModel code) {
        List<String> found = new ArrayList<>();
        String operator = NO_CONSTANT;
        for (var element : code) {
            if (element instanceof FieldInstruction field
                    && field.owner().asInternalName().equals(VECTOR_API + "VectorOperators")) {
                operator = field.name().stringValue();
            } else if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().startsWith(VECTOR_API)) {
                String name = call.name().stringValue();
                boolean undefined = switch (name) {
                    case "reduceLanes", "reduceLanesToLong" -> !ORDERLESS.contains(operator);
                    case "lanewise" -> operator.equals(NO_CONSTANT) || APPROXIMATED.contains(operator);
                    case "pow" -> true;
                    default -> false;
                };
                if (undefined) {
                    found.add(name + " with " + operator);
                }
                if (name.startsWith("reduceLanes") || name.equals("lanewise")) {
                    operator = NO_CONSTANT;
                }
            }
        }
        return found;
    }

    /** Kernels are loops over arrays: nothing per element is allocated or called through an interface. */
    static List<String> streamsOrBoxes(ClassModel type) {
        Set<String> found = referred(type, name -> name.startsWith("java/util/stream/"));
        memberReferences(type)
                .filter(member -> BOXES.contains(member.owner().asInternalName())
                        && member.name().equalsString("valueOf")
                        && member.type().stringValue().matches("\\([A-Z]\\).*"))
                .forEach(member -> found.add(member.owner().asInternalName() + ".valueOf"));
        return findings(type, "streams or boxes:", found);
    }

    /** Rooms refer to each other in one direction. */
    static List<String> crossedBorders(ClassModel type) {
        String room = room(name(type));
        Set<String> allowed = BORDERS.get(room);
        if (allowed == null) {
            return findings(type, "lies in a room without borders; name in BORDERS what it may use:", Set.of(room));
        }
        Set<String> crossed = referred(
                type, name -> name.startsWith(ROOMS) && !room(name).equals(room) && !allowed.contains(room(name)));
        return findings(type, "of room " + room + " may not refer to", crossed);
    }

    /** Core uses two modules of the JDK and nothing else. */
    static List<String> foreignModules(ClassModel type, Set<String> packages) {
        Set<String> foreign = referred(
                type,
                name -> !name.startsWith(ROOMS)
                        && name.contains("/")
                        && !packages.contains(packageOf(name).replace('/', '.').replaceFirst("\\.$", "")));
        return findings(type, "refers to another module:", foreign);
    }

    /** A file can be read in one go, and nothing in it is left for later. */
    static List<String> text(String file, List<String> lines) {
        List<String> found = new ArrayList<>();
        if (lines.size() > LONGEST_FILE) {
            found.add(file + " has " + lines.size() + " lines, more than " + LONGEST_FILE + ": split it");
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher marker = MARKER.matcher(lines.get(i));
            if (marker.find()) {
                found.add(file + ":" + (i + 1) + " says " + marker.group() + ": do it now or leave it out");
            }
        }
        return found;
    }

    private static List<String> findings(ClassModel type, String what, Iterable<String> found) {
        List<String> lines = new ArrayList<>();
        found.forEach(finding -> lines.add(name(type) + " " + what + " " + finding));
        return lines;
    }

    private static Stream<String> signature(Optional<SignatureAttribute> attribute) {
        return attribute.stream().map(signature -> signature.signature().stringValue());
    }

    private static Stream<MemberRefEntry> memberReferences(ClassModel type) {
        Stream.Builder<MemberRefEntry> members = Stream.builder();
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                members.add(member);
            }
        }
        return members.build();
    }

    /** The classes a class names: in code, descriptors, generic signatures and annotations. */
    private static Set<String> referred(ClassModel type, Predicate<String> filter) {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof ClassEntry other && !other.asInternalName().startsWith("[")) {
                names.add(other.asInternalName());
            } else if (entry instanceof Utf8Entry text) {
                Matcher matcher = TYPE_IN_DESCRIPTOR.matcher(text.stringValue());
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        names.removeIf(filter.negate());
        return names;
    }

    private static String name(ClassModel type) {
        return type.thisClass().asInternalName();
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** The first folder below dev.ridgeline, so that a room includes what is nested in it. */
    private static String room(String name) {
        String below = name.substring(ROOMS.length());
        return below.contains("/") ? below.substring(0, below.indexOf('/')) : "";
    }
}
