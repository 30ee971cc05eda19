package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts the built jars as a user does: by any Java, from any folder. */
class JarsIT {
    private static final List<String> ONE_FORK =
            List.of("GemmBenchmark", "-p", "shape=8x8x8", "-f", "1", "-wi", "0", "-i", "1");

    @TempDir
    private static Path folder;

    private static Path ridgeline;
    private static Path benchmarks;

    @BeforeAll
    static void copyToAPathWithSpaces() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        ridgeline = Files.copy(target.resolve("ridgeline.jar"), folder.resolve("the command line.jar"));
        benchmarks = Files.copy(
                target.resolve("../../bench/target/benchmarks.jar").normalize(), folder.resolve("the benchmarks.jar"));
    }

    /** The Java that Maven runs on, which may be older, and the one the tests run on. */
    static List<String> javas() {
        return Stream.of(System.getProperty("maven.java"), java25()).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void startOnAnyJava(String java) throws Exception {
        Result version = run(List.of(java), ridgeline, "--version");
        assertEquals(0, version.exit, version::toString);
        assertTrue(version.out.contains("Ridgeline ") && version.out.contains("JDK "), version::toString);
        Result list = run(List.of(java), benchmarks, "-l");
        assertEquals(0, list.exit, list::toString);
        assertTrue(list.out.contains("GemmBenchmark"), list::toString);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void optionsOfTheVmAndArgumentsArrive(String java) throws Exception {
        Result version = run(List.of(java, "-Dridgeline.kernels=reference"), ridgeline, "--version");
        assertTrue(version.out.contains("Kernels: reference"), version::toString);
        Result unknown = run(List.of(java), ridgeline, "no such study", "");
        assertEquals(2, unknown.exit, unknown::toString);
        assertTrue(unknown.out.contains("'no such study', ''"), unknown::toString);
    }

    @Test
    void jmhWritesItsFilesAndRunsItsProfilers() throws Exception {
        Path json = folder.resolve("a result.json");
        Result result = run(
                List.of(java25()),
                benchmarks,
                oneFork("-r", "20ms", "-rf", "json", "-rff", json.toString(), "-prof", "gc"));
        assertEquals(0, result.exit, result::toString);
        assertTrue(Files.readString(json).contains("gc.alloc.rate.norm"));
    }

    @Test
    void aFailedBenchmarkFailsTheRun() throws Exception {
        String[] broken = oneFork("-jvmArgsAppend", "-XX:+NoSuchFlag");
        assertEquals(1, run(List.of(java25()), benchmarks, broken).exit);
        String[] forgiven = oneFork("-jvmArgsAppend", "-XX:+NoSuchFlag", "-foe", "false");
        assertEquals(0, run(List.of(java25()), benchmarks, forgiven).exit);
    }

    /** TERM as a service manager sends it, and KILL, which the launcher cannot answer. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void nothingOutlivesTheLauncher(String signal) throws Exception {
        Process launcher = start(List.of(java25()), benchmarks, oneFork("-r", "100s"));
        List<ProcessHandle> started = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (started.size() < 2 && System.nanoTime() < deadline) { // the child, and the fork it measures in
            Thread.sleep(50);
            started = launcher.descendants().toList();
        }
        assertEquals(2, started.size(), "the child and its fork");
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, "" + launcher.pid())
                        .start()
                        .waitFor());
        assertTrue(launcher.waitFor(15, TimeUnit.SECONDS), "the launcher ends");
        assertEquals(128 + (signal.equals("TERM") ? 15 : 9), launcher.exitValue());
        for (ProcessHandle process : started) {
            process.onExit().get(15, TimeUnit.SECONDS);
        }
    }

    private static String[] oneFork(String... options) {
        return Stream.concat(ONE_FORK.stream(), Stream.of(options)).toArray(String[]::new);
    }

    private static String java25() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Process start(List<String> java, Path jar, String... args) throws IOException {
        List<String> command = new ArrayList<>(java);
        // nothing is measured here, so another JMH on this machine does no harm
        command.addAll(List.of("-Djmh.ignoreLock=true", "-jar", jar.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private static Result run(List<String> java, Path jar, String... args) throws Exception {
        Process process = start(java, jar, args);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + List.of(args));
        return new Result(process.exitValue(), Files.readString(folder.resolve("output.txt")));
    }

    private record Result(int exit, String out) {}
}
