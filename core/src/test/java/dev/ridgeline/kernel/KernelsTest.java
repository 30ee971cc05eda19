package dev.ridgeline.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgeline.train.Model;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the choice of kernels looks to an embedder: programs of their own, with and without the flag. */
class KernelsTest {
    private static final String FLAG = "--add-modules=jdk.incubator.vector";

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {
        List<String> linesWith(String text) {
            return err.lines().filter(line -> line.contains(text)).toList();
        }
    }

    @Test
    void withoutTheFlagItWorksWithOneWarningThatNamesIt() throws Exception {
        Run run = java();
        assertEquals(0, run.exit, run.err);
        assertEquals(1, run.linesWith(FLAG).size(), run.err);
        assertEquals(1, run.linesWith("WARNING").size(), run.err);
        assertTrue(run.out.startsWith("reference"), run.out);
        assertEquals(
                TinyTraining.digest(),
                run.out.substring(run.out.lastIndexOf(' ') + 1).strip());
    }

    @Test
    void withTheFlagTheVectorKernelsRun() throws Exception {
        Run run = java(FLAG);
        assertEquals(0, run.exit, run.err);
        if (Kernels.VECTOR) { // not on a processor that is unfit for them
            assertTrue(run.out.startsWith("vector "), run.out);
            assertTrue(run.linesWith("Ridgeline").isEmpty(), run.err);
        }
        assertEquals(
                TinyTraining.digest(),
                run.out.substring(run.out.lastIndexOf(' ') + 1).strip());
    }

    @Test
    void aColdMachineBeginsWithScalarKernelsUnlessMuchWorkIsAnnounced() throws Exception {
        Run run = java(ColdPhase.class, FLAG);
        assertEquals(0, run.exit, run.err);
        assertEquals(Kernels.VECTOR ? "false false true" : "false false false", run.out.strip());
        run = java(ColdPhase.class, FLAG, "-Dannounce=1e10");
        assertEquals(Kernels.VECTOR ? "true true true" : "false false false", run.out.strip(), run.err);
        run = java(ColdPhase.class, FLAG, "-Dannounce=1e8");
        assertEquals(Kernels.VECTOR ? "false false true" : "false false false", run.out.strip(), run.err);
    }

    /** Asks before, during and after the work of a cold machine. */
    public static final class ColdPhase {
        private ColdPhase() {}

        /** Prints three answers. */
        public static void main(String[] args) {
            Kernels.expect(Double.parseDouble(System.getProperty("announce", "0")));
            boolean before = Kernels.vectorAfter(0);
            boolean during = Kernels.vectorAfter(3_000_000_000L);
            IO.println(before + " " + during + " " + Kernels.vectorAfter(0));
        }
    }

    @Test
    void theReferenceKernelsCanBeForced() throws Exception {
        Run run = java(FLAG, "-Dridgeline.kernels=reference");
        assertEquals(0, run.exit, run.err);
        assertTrue(run.out.startsWith("reference"), run.out);
        assertTrue(run.linesWith("Ridgeline").isEmpty(), "who asks for them needs no warning: " + run.err);
        assertEquals(
                TinyTraining.digest(),
                run.out.substring(run.out.lastIndexOf(' ') + 1).strip());
    }

    @Test
    void theInterpreterIsUnfit() throws Exception {
        Run run = java(FLAG, "-Xint");
        assertEquals(0, run.exit, run.err);
        assertTrue(run.out.startsWith("reference"), run.out);
        assertEquals(1, run.linesWith("-Xint").size(), run.err);
        assertEquals(
                TinyTraining.digest(),
                run.out.substring(run.out.lastIndexOf(' ') + 1).strip());
    }

    @Test
    void vectorKernelsWithoutTheModuleAreAnErrorThatNamesTheFlag() throws Exception {
        Run run = java("-Dridgeline.kernels=vector");
        assertNotEquals(0, run.exit);
        assertTrue(run.err.contains("ridgeline.kernels=vector") && run.err.contains(FLAG), run.err);
        assertFalse(run.out.contains("reference"), run.out);
    }

    @Test
    void anUnknownChoiceIsAnError() throws Exception {
        Run run = java(FLAG, "-Dridgeline.kernels=nonsense");
        assertNotEquals(0, run.exit);
        assertTrue(
                run.err.contains("ridgeline.kernels=nonsense") && run.err.contains("use vector or reference"), run.err);
    }

    @Test
    void describesWhatRuns() {
        assertTrue(
                Kernels.describe()
                        .matches(Kernels.VECTOR ? "vector (128|256|512)-bit" : "reference( \\(emulated fma\\))?"),
                Kernels.describe());
    }

    private Run java(String... flags) throws IOException, InterruptedException, URISyntaxException {
        return java(TinyTraining.class, flags);
    }

    private Run java(Class<?> main, String... flags) throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(
                List.of("-cp", root(Model.class) + File.pathSeparator + root(TinyTraining.class), main.getName()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program did not end");
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The folder or jar that a class comes from, which a patched module does not tell otherwise. */
    private static Path root(Class<?> type) throws IOException, URISyntaxException {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        URL url = type.getResource(file);
        if (url.openConnection() instanceof JarURLConnection jar) {
            return Path.of(jar.getJarFileURL().toURI());
        }
        Path path = Path.of(URI.create(url.toString()));
        for (int i = 0; i <= type.getPackageName().chars().filter(c -> c == '.').count() + 1; i++) {
            path = path.getParent();
        }
        return path;
    }
}
