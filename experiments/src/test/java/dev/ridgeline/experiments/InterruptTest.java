package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
    @TempDir
    private Path folder;

    /** Ctrl-C is the signal INT. A shell starts background jobs with it ignored, hence {@code env}. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ctrlCInTheMiddleExitsWith130AndLeavesTheOldFiles() throws Exception {
        Path out = folder.resolve("out");
        Files.createDirectories(out);
        Files.writeString(out.resolve("result.json"), "of an earlier run");
        Path fresh = folder.resolve("fresh");
        for (Path target : List.of(out, fresh)) {
            Process process = new ProcessBuilder(
                            "env",
                            "--default-signal=INT",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--add-modules=jdk.incubator.vector",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "iris",
                            "--epochs=100000000",
                            "--out=" + target)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
            try {
                awaitTraining(process);
                assertEquals(
                        0,
                        new ProcessBuilder("kill", "-INT", "" + process.pid())
                                .start()
                                .waitFor());
                assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
                assertEquals(130, process.exitValue());
            } finally {
                process.destroyForcibly();
            }
        }
        assertEquals(List.of(out.resolve("result.json")), files(out));
        assertEquals("of an earlier run", Files.readString(out.resolve("result.json")));
        assertEquals(List.of(), files(fresh));
    }

    /** The training takes processor time; before it begins there is little to do. */
    private static void awaitTraining(Process process) throws InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (process.info().totalCpuDuration().orElseThrow().toMillis() > 1500) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the study has not begun, or ended by itself");
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
