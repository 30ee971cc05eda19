package dev.ridgeline.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            Process process = start("iris", "--epochs=100000000", "--out=" + target);
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

    /** Each study, killed when it has kept a job or more, and resumed. */
    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(
            strings = {
                "iris --epochs=700 --threads=1",
                "tikhonov --epochs=200 --seeds=4 --threads=1",
                "prune --only=iris --epochs=60 --seeds=3 --threads=1",
                "fashion-mnist --sample --hidden=16 --epochs=20 --threads=1",
                "iris --epochs=200 --seeds=2 --splits=2 --threads=1",
                "activity --epochs=150 --splits=2 --threads=1",
                "linear --seeds=6 --threads=1",
                "lambda --to=128 --steps=4 --seeds=8 --epochs=400 --threads=1",
                "select --data=src/main/resources/dev/ridgeline/experiments/iris/iris.csv --target=species --epochs=10"
                        + " --folds=2 --repeats=1 --threads=1"
            })
    void whatWasKilledAndResumedGivesTheSameDigest(String study) throws Exception {
        Path out = folder.resolve("out");
        Process process = start((study + " --out=" + out).split(" "));
        try {
            awaitKeptJob(process, out.resolve("unfinished.jsonl"));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(out.resolve("unfinished.jsonl")), "it was not finished");
        String whole = digest(study + " --out=" + folder.resolve("whole"));
        assertEquals(whole, digest(study + " --resume --out=" + out));
        assertFalse(Files.exists(out.resolve("unfinished.jsonl")));
        assertEquals(files(folder.resolve("whole")).size(), files(out).size());
    }

    private static void awaitKeptJob(Process process, Path journal) throws Exception {
        for (int i = 0; i < 6000 && process.isAlive(); i++) {
            if (Files.exists(journal) && Files.readString(journal).lines().count() > 1) {
                return;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("the study has kept no job, or ended by itself");
    }

    /** Runs a study in this VM and returns the digest that it prints. */
    private static String digest(String study) {
        return CommandRun.of(study.split(" ")).exits(0).digest();
    }

    private Process start(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
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
