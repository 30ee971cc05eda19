package dev.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The conventions that a machine can check, over the whole tree; and that each check finds what it is there for. */
class ConventionsTest {
    private static final Path ROOT = root();
    private static final List<String> MODULES = List.of("java.base", "jdk.incubator.vector");
    private static final Set<String> TEXTS = Set.of("java", "xml", "md", "py", "sh", "html", "css", "js", "properties");

    @Test
    void onlyTheKernelsKnowTheVectorApi() throws IOException {
        assertNone(Conventions::vectorOutsideKernels, classes());
    }

    @Test
    void noExportedSignatureShowsAVector() throws IOException {
        Set<String> exported = descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        List<ClassModel> visible = classes().stream()
                .filter(type -> exported.contains(type.thisClass().asSymbol().packageName()))
                .toList();
        assertNone(Conventions::vectorInSignature, visible);
    }

    @Test
    void kernelsHaveDefinedBits() throws IOException {
        assertNone(Conventions::undefinedBits, kernels());
    }

    @Test
    void kernelsNeitherStreamNorBox() throws IOException {
        assertNone(Conventions::streamsOrBoxes, kernels());
    }

    @Test
    void roomsKeepTheirBorders() throws IOException {
        assertNone(Conventions::crossedBorders, classes());
    }

    @Test
    void coreDependsOnNothing() throws IOException {
        assertEquals(
                Set.copyOf(MODULES),
                descriptor().requires().stream()
                        .map(ModuleDescriptor.Requires::name)
                        .collect(Collectors.toSet()));
        Set<String> packages = packages();
        assertNone(type -> Conventions.foreignModules(type, packages), classes());
        assertEquals(List.of(), shippedDependencies(Files.readString(ROOT.resolve("core/pom.xml"))));
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        List<Path> sources = files().stream()
                .filter(file -> file.toString().endsWith(".java")
                        && file.toString().replace('\\', '/').contains("src/main/java/dev/"))
                .toList();
        assertFalse(sources.isEmpty());
        assertEquals(Set.of(), withoutPackageInfo(sources));
    }

    @Test
    void filesAreShortAndFinished() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            found.addAll(Conventions.text(file.toString(), Files.readAllLines(ROOT.resolve(file))));
        }
        assertEquals(List.of(), found);
    }

    /** Each check, given a breach. */
    @Nested
    class Finds {
        @Test
        void aVectorOutsideTheKernels() {
            assertFound(
                    Conventions.vectorOutsideKernels(compiled(Breaches.class)), "jdk/incubator/vector/VectorOperators");
            assertFound(
                    Conventions.vectorOutsideKernels(
                            field("dev.ridgeline.layer.Breach", "jdk.incubator.vector.FloatVector", 0)),
                    "jdk/incubator/vector/FloatVector");
            assertFound(
                    Conventions.vectorOutsideKernels(
                            field("dev.ridgeline.kernel.reference.Breach", "jdk.incubator.vector.FloatVector", 0)),
                    "jdk/incubator/vector/FloatVector");
            assertEquals(
                    List.of(),
                    Conventions.vectorOutsideKernels(
                            field("dev.ridgeline.kernel.Kernel", "jdk.incubator.vector.FloatVector", 0)));
        }

        @Test
        void aVectorInASignature() {
            List<String> found = Conventions.vectorInSignature(compiled(Breaches.class));
            for (String member : List.of("shown", "generic", "array", "returned", "argument", "bound")) {
                assertFound(found, member);
            }
            assertEquals(6, found.size(), found::toString);
            assertFound(Conventions.vectorInSignature(compiled(Bounded.class)), "declares <V:Ljdk/incubator");
            assertEquals(List.of(), Conventions.vectorInSignature(compiled(Hidden.class)));
        }

        @Test
        void undefinedBits() {
            List<String> found = Conventions.undefinedBits(compiled(Breaches.class));
            for (String call : List.of(
                    "reduceLanes with ADD in sum",
                    "reduceLanes with MUL in product",
                    "reduceLanes with an operator that is no constant in any",
                    "lanewise with EXP in exp",
                    "lanewise with TANH in tanh",
                    "pow with",
                    "Math.log")) {
                assertFound(found, call);
            }
            assertEquals(7, found.size(), found::toString);
            assertEquals(List.of(), Conventions.undefinedBits(compiled(Sound.class)));
        }

        @Test
        void aStreamOrABox() {
            List<String> found = Conventions.streamsOrBoxes(compiled(Slow.class));
            assertFound(found, "java/util/stream/IntStream");
            assertFound(found, "java/lang/Float.valueOf");
            assertFound(found, "java/lang/Integer.valueOf");
            assertEquals(List.of(), Conventions.streamsOrBoxes(compiled(Sound.class)));
        }

        @Test
        void aCrossedBorder() {
            for (String[] breach : new String[][] {
                {"kernel", "layer"},
                {"kernel", "data"},
                {"kernel.reference", "regularizer"},
                {"regularizer", "layer"},
                {"layer", "optimizer"},
                {"layer", "train"},
                {"optimizer", "train"},
                {"data", "train"},
                {"data", "layer"}
            }) {
                assertFound(
                        Conventions.crossedBorders(field(
                                "dev.ridgeline." + breach[0] + ".Breach", "dev.ridgeline." + breach[1] + ".X", 0)),
                        "may not refer to dev/ridgeline/" + breach[1] + "/X");
            }
            assertEquals(
                    List.of(),
                    Conventions.crossedBorders(
                            field("dev.ridgeline.kernel.Kernel", "dev.ridgeline.kernel.reference.X", 0)));
            assertEquals(
                    List.of(),
                    Conventions.crossedBorders(field("dev.ridgeline.train.Trainer", "dev.ridgeline.layer.X", 0)));
            assertFound(
                    Conventions.crossedBorders(field("dev.ridgeline.cellar.X", "dev.ridgeline.cellar.Y", 0)),
                    "room without borders");
        }

        @Test
        void anotherModule() {
            assertFound(
                    Conventions.foreignModules(field("dev.ridgeline.train.Breach", "java.sql.Date", 0), packages()),
                    "java/sql/Date");
            assertEquals(List.of("""
                            <dependency>
                              <artifactId>guava</artifactId>
                            </dependency>"""), shippedDependencies("""
                            <dependency>
                              <artifactId>guava</artifactId>
                            </dependency>
                            <dependency>
                              <scope>test</scope>
                            </dependency>
                            """));
        }

        @Test
        void aMissingPackageInfo() {
            assertEquals(
                    Set.of(Path.of("b")),
                    withoutPackageInfo(
                            List.of(Path.of("a/X.java"), Path.of("a/package-info.java"), Path.of("b/Y.java"))));
        }

        @Test
        void aLongFile() {
            assertEquals(List.of(), Conventions.text("X.java", Collections.nCopies(Conventions.LONGEST_FILE, "")));
            assertFound(
                    Conventions.text("X.java", Collections.nCopies(Conventions.LONGEST_FILE + 1, "")),
                    "X.java has 601 lines");
        }

        @Test
        void aMarker() {
            for (String marker : List.of("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) {
                assertFound(
                        Conventions.text("X.java", List.of("", "// " + marker + " later")), "X.java:2 says " + marker);
            }
            assertEquals(List.of(), Conventions.text("X.java", List.of("todo, fix me, XXXL, hacked")));
        }
    }

    /** What exported classes and kernels must not do. */
    @SuppressWarnings("unused")
    public abstract static class Breaches {
        public FloatVector shown;
        protected VectorSpecies<Float> generic;
        public FloatVector[] array;
        private FloatVector hidden;
        FloatVector packaged;

        public abstract FloatVector returned();

        protected abstract void argument(FloatVector vector);

        public abstract <V extends FloatVector> void bound(List<V> vectors);

        private float sum() {
            return shown.reduceLanes(VectorOperators.ADD);
        }

        private float product() {
            return shown.max(0).reduceLanes(VectorOperators.MUL, shown.lt(2));
        }

        private float any(VectorOperators.Associative operator) {
            return shown.reduceLanes(operator);
        }

        private float exp() {
            return shown.lanewise(VectorOperators.EXP).lane(0);
        }

        private float tanh() {
            return shown.lanewise(VectorOperators.NEG)
                    .lanewise(VectorOperators.TANH)
                    .lane(0);
        }

        private float pow() {
            return shown.pow(2).lane(0) + (float) Math.log(3);
        }
    }

    /** A bound that an embedder cannot name. */
    public interface Bounded<V extends FloatVector> {}

    /** Vectors that nobody else sees. */
    static final class Hidden {
        public FloatVector vector;
    }

    /** What kernels may do. */
    static final class Sound {
        FloatVector vector;

        float max() {
            return vector.lanewise(VectorOperators.SQRT).reduceLanes(VectorOperators.MAX) + Math.fma(1f, 2f, 3f);
        }

        String message(int size) {
            return "size " + size;
        }
    }

    /** What kernels must not do. */
    static final class Slow {
        int streamed(int[] values) {
            return IntStream.of(values).sum();
        }

        Float boxed(float value) {
            return value;
        }

        Function<Integer, Integer> referenced() {
            return Integer::valueOf;
        }
    }

    private static void assertNone(Function<ClassModel, List<String>> rule, List<ClassModel> types) {
        assertFalse(types.isEmpty(), "no classes found to check");
        assertEquals(List.of(), types.stream().map(rule).flatMap(List::stream).toList());
    }

    private static void assertFound(List<String> findings, String expected) {
        assertFalse(findings.stream().noneMatch(line -> line.contains(expected)), () -> expected + " in " + findings);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("core/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<ClassModel> classes() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("core/target/classes/dev/ridgeline"))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(ConventionsTest::parse)
                    .toList();
        }
    }

    private static List<ClassModel> kernels() throws IOException {
        return classes().stream()
                .filter(type -> type.thisClass().asInternalName().startsWith("dev/ridgeline/kernel/"))
                .toList();
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassModel compiled(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(
                type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class with one field. */
    private static ClassModel field(String name, String type, int flags) {
        return ClassFile.of()
                .parse(ClassFile.of()
                        .build(ClassDesc.of(name), builder -> builder.withField("field", ClassDesc.of(type), flags)));
    }

    private static ModuleDescriptor descriptor() throws IOException {
        try (InputStream in = Files.newInputStream(ROOT.resolve("core/target/classes/module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    private static Set<String> packages() {
        return MODULES.stream()
                .flatMap(name -> ModuleLayer.boot().findModule(name).orElseThrow().getPackages().stream())
                .collect(Collectors.toSet());
    }

    private static List<String> shippedDependencies(String pom) {
        return Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL)
                .matcher(pom)
                .results()
                .map(MatchResult::group)
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .toList();
    }

    private static Set<Path> withoutPackageInfo(List<Path> sources) {
        Set<Path> packages = new TreeSet<>();
        sources.forEach(source -> packages.add(source.getParent()));
        packages.removeAll(new HashSet<>(sources.stream()
                .filter(source -> source.endsWith("package-info.java"))
                .map(Path::getParent)
                .toList()));
        return packages;
    }

    /** The texts of the tree, without what builds and tools leave in it. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean ours =
                        folder.equals(ROOT) || Set.of(".ci", ".github", ".mvn").contains(name);
                return ours || !name.startsWith(".") && !name.equals("target")
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (TEXTS.contains(name.substring(name.lastIndexOf('.') + 1)) || file.endsWith(".ci/run")) {
                    files.add(ROOT.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
